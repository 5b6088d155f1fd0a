"""The history of runs: each with what was set and what had changed in the event before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.events.labels import WEIGHT_LABELS
from matchmaker.events.models import Event
from matchmaker.matching.models import Run
from matchmaker.matching.run_queries import runs_of
from matchmaker.matching.services_history import in_force, published_as
from matchmaker.paging import page_of

RUNS_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class PastRun:
    """One run; `agenda` is the number of the agenda made of it, `differs` from the run before."""

    run: Run
    agenda: int | None
    is_in_force: bool
    differs: list[str]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    runs: list[PastRun]
    page: int
    pages: int


def history_page(event: Event, page: int) -> HistoryPage:
    """One page of the runs, the latest first, in a fixed number of queries."""
    runs, agendas, holds = runs_of(event), published_as(event), in_force(event)
    found, page, pages = page_of(runs, page, RUNS_A_PAGE)
    start = (page - 1) * RUNS_A_PAGE
    shown = [
        PastRun(
            run, agendas.get(run.id), run.id == holds, _differs(run, _before(runs, start + place))
        )
        for place, run in enumerate(found)
    ]
    return HistoryPage(shown, page, pages)


def _before(runs: Sequence[Run], place: int) -> Run | None:
    return runs[place + 1] if place + 1 < len(runs) else None


def _differs(run: Run, before: Run | None) -> list[str]:
    settings = list(differing_settings(run, before)) if before is not None else []
    return settings + list(_changed(run.changes))


def differing_settings(run: Run, other: Run) -> Iterator[str]:
    """What was set otherwise than in the other run, in words."""
    for label, mine, theirs in _settings(run, other):
        if mine != theirs:
            yield str(
                _("%(setting)s: %(now)s, was %(before)s", setting=label, now=mine, before=theirs)
            )


def _settings(run: Run, other: Run) -> Iterator[tuple[Any, Any, Any]]:
    yield _("Seed"), run.seed, other.seed
    yield _("Seconds allowed"), _or_free(run.seconds_allowed), _or_free(other.seconds_allowed)
    mine, theirs = run.settings or {}, other.settings or {}
    if not mine or not theirs:
        return
    yield _("Published meetings"), _stays(mine["stay"]), _stays(theirs["stay"])
    yield _("Most meetings for each person"), mine["max_meetings"], theirs["max_meetings"]
    in_a_row = [side.get("most_in_a_row") or _("no limit") for side in (mine, theirs)]
    yield _("Most meetings in a row"), *in_a_row
    yield _("Locked and settled meetings"), mine["settled"], theirs["settled"]
    for name, label in _goal_labels().items():
        one, two = mine["goals"][name], theirs["goals"][name]
        yield label, _goal(one), _goal(two)
    for name, label in WEIGHT_LABELS.items():
        yield label, mine["weights"].get(name), theirs["weights"].get(name)


def _or_free(seconds: float | None) -> str:
    return str(_("no limit")) if seconds is None else f"{seconds:g}"


def _goal(per_cent: int) -> str:
    return f"{per_cent} %"


def _goal_labels() -> dict[str, str]:
    return {
        "everybody": str(_("Nobody without a meeting")),
        "even": str(_("Further meetings to those who have few")),
        "promised": str(_("The number of meetings promised to somebody")),
    }


def _stays(stay: str) -> str:
    words = {
        "free": _("keep times where that is free"),
        "most": _("keep all that can be kept"),
        "fresh": _("start fresh"),
    }
    return str(words[stay])


def _changed(changes: dict[str, Any]) -> Iterator[str]:
    labels = {
        "people": _("People"),
        "wishes": _("Wishes"),
        "accepted": _("Accepted requests"),
        "slots": _("Slots"),
        "points": _("Meeting points"),
    }
    for name, (new, gone, other) in (changes or {}).get("changed", {}).items():
        yield str(
            _(
                "%(what)s: %(new)s new, %(gone)s gone, %(changed)s changed",
                what=labels[name],
                new=new,
                gone=gone,
                changed=other,
            )
        )
