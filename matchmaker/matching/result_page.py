"""A finished run as the organiser looks at it: days, grid, distribution, what did not fit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.formatting import clock_time, initials, percent
from matchmaker.matching import run_queries
from matchmaker.matching.codec import reasons_from_json
from matchmaker.matching.models import Run, RunMeeting, RunUnplaced
from matchmaker.matching.outcome import More, PairValue, Reason, Unplaced, WhyNot
from matchmaker.matching.spread_page import SpreadPage, spread_page
from matchmaker.matching.words import Names, Sentence, for_organiser, why_not
from matchmaker.matching.words_why import more_text
from matchmaker.paging import Page, page_of
from matchmaker.registration.models import Participant

People = dict[int, Participant]

POINTS_AT_ONCE = 40  # more are shown in pages of fewer
POINTS_A_PAGE = 15
MOST_UNPLACED = 50
FEW_ARE_GOOD = frozenset({"breaks", "point_changes"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One meeting in the grid."""

    text: str
    people: str
    strength: str
    locked: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    point: str
    cells: list[Cell | None]


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    times: list[str]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting in the table that says the same as the grid."""

    day: date
    time: str
    point: str
    people: str
    why: tuple[Sentence, ...]
    value: int


@dataclass(frozen=True, slots=True)
class NotFitted:
    """`asked` are the two, as the page that answers why is asked about them."""

    people: str
    why: tuple[Sentence, ...]
    value: int
    asked: dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of what a run aims at; `bound` is empty where none is known."""

    name: str
    value: int
    bound: int | None
    few_are_good: bool


@dataclass(frozen=True, slots=True)
class ResultPage:
    headline: str
    wishes_granted: float | None
    meetings_each: float
    day: Day | None
    dates: list[date]
    page: int
    pages: int
    lines: list[Line]
    spread: SpreadPage
    missed: int
    unplaced: list[NotFitted]
    obstacles: list[tuple[str, int]]
    parts: list[Part]
    more: list[str]
    scarce: list[tuple[str, int]]


def points_shown(event: Event, page: int) -> Page[MeetingPoint]:
    """Of the grid as many meeting points as a screen holds, or all where they are few."""
    are_few = len(event.points) <= POINTS_AT_ONCE
    return page_of(event.points, page, POINTS_AT_ONCE if are_few else POINTS_A_PAGE)


def result_page(event: Event, run: Run, day: str = "", page: int = 1) -> ResultPage:
    """Everything the page shows, in a fixed number of queries: of the grid a day, a page of points.

    Without a `day` that the event has, its first; what did not fit is the most valuable of it.
    """
    days = slots_by_day(event)
    chosen = next((one for one in days if one.isoformat() == day), min(days, default=None))
    shown, page, pages = points_shown(event, page)
    slots = days[chosen] if chosen else []
    points = {point.id: point.name for point in shown}
    meetings = run_queries.meetings_at(run, slots, list(points))
    unplaced = run_queries.unplaced_wishes(run, limit=MOST_UNPLACED)
    obstacles = run_queries.obstacles(run)
    people = run_queries.people_in(event, meetings, unplaced, (run.report or {}).get("scarce", ()))
    names = Names(
        people={person.ref: person.name for person in people.values()},
        topics={topic.key: topic.name for topic in event.topics},
    )
    report = run.report or {}
    return ResultPage(
        headline=headline(report["meetings"], report["gap"]),
        wishes_granted=_granted(run_queries.wished_meetings(run), sum(obstacles.values())),
        meetings_each=2 * report["meetings"] / max(1, report["participants"]),
        day=_day(event, chosen, slots, points, meetings, people) if chosen else None,
        dates=list(days),
        page=page,
        pages=pages,
        lines=_lines(event, points, meetings, people, names),
        spread=spread_page(event, run, shown),
        missed=sum(obstacles.values()),
        unplaced=[_not_fitted(row, people, names) for row in unplaced],
        obstacles=_obstacles(obstacles),
        parts=parts(report),
        more=[more_text(More(**more)) for more in report.get("more", ())],
        scarce=[(names.person(one["person"]), one["adds"]) for one in report.get("scarce", ())],
    )


def parts(report: dict[str, Any]) -> list[Part]:
    """The named parts of a report; none for a run of before they were written down."""
    labels = {
        "pair_value": _("Meetings' own value"),
        "sharing": _("Nobody without a meeting"),
        "promises": _("Promised minimum"),
        "breaks": _("Breaks in agendas"),
        "point_changes": _("Changes of meeting point"),
    }
    return [
        Part(
            name=labels[term["name"]],
            value=term["value"],
            bound=term["bound"],
            few_are_good=term["name"] in FEW_ARE_GOOD,
        )
        for term in report.get("terms", ())
    ]


def headline(meetings: int, gap: float) -> str:
    """The state of things in a sentence."""
    if not meetings:
        return str(_("No meeting could be made"))
    count = ngettext("%(num)d meeting", "%(num)d meetings", meetings)
    if gap <= 0:
        return str(_("%(count)s, proven best", count=count))
    digits = 2 if gap < 0.01 else 1
    return str(_("%(count)s, proven best within %(gap)s", count=count, gap=percent(gap, digits)))


def strength(reasons: Iterable[Reason]) -> str:
    """How much the two want it: the colour of the grid."""
    wished = Counter(reason.kind for reason in reasons if reason.is_wish)
    if wished["must"] == 2:
        return "both-must"
    return {0: "suggested", 1: "one-wants"}.get(wished.total(), "both-want")


def _granted(met: int, missed: int) -> float | None:
    """The share of wished-for pairs that meet; `None` where nobody wished."""
    return met / (met + missed) if met + missed else None


def slots_by_day(event: Event) -> dict[date, list[Slot]]:
    by_day: dict[date, list[Slot]] = {}
    for slot in event.slots:
        by_day.setdefault(slot.starts_at.astimezone(event.zone).date(), []).append(slot)
    return by_day


def _day(
    event: Event,
    day: date,
    slots: list[Slot],
    points: dict[int, str],
    meetings: Iterable[RunMeeting],
    people: People,
) -> Day:
    taken = {(row.point_id, row.slot_id): _cell(row, people) for row in meetings}
    return Day(
        date=day,
        times=[clock_time(slot.starts_at, event.zone) for slot in slots],
        rows=[
            Row(name, [taken.get((point_id, slot.id)) for slot in slots])
            for point_id, name in points.items()
        ],
    )


def _cell(row: RunMeeting, people: People) -> Cell:
    a, b = people[row.a_id], people[row.b_id]
    return Cell(
        text=f"{initials(a.name)}–{initials(b.name)}",
        people=_both(a, b),
        strength=strength(reasons_from_json(row.reasons)),
    )


def _lines(
    event: Event,
    points: dict[int, str],
    meetings: Iterable[RunMeeting],
    people: People,
    names: Names,
) -> list[Line]:
    starts = {slot.id: slot.starts_at.astimezone(event.zone) for slot in event.slots}
    ordered = sorted(meetings, key=lambda row: (starts[row.slot_id], row.point_id))
    translated = cache(_)  # every row asks for all that could be said of it
    return [
        Line(
            day=starts[row.slot_id].date(),
            time=clock_time(starts[row.slot_id], event.zone),
            point=points[row.point_id],
            people=_both(people[row.a_id], people[row.b_id]),
            why=for_organiser(pair_of(row, people), names, translated),
            value=row.value,
        )
        for row in ordered
    ]


def pair_of(row: RunMeeting, people: People) -> PairValue:
    """The stored meeting as the pair it was valued as."""
    a, b = sorted((people[row.a_id].ref, people[row.b_id].ref))
    return PairValue(a, b, reasons_from_json(row.reasons))


def _obstacles(counts: dict[str, int]) -> list[tuple[str, int]]:
    """What stood in the way, and of how many wishes, the most frequent first."""
    labels = {
        "person_full": _("An agenda is full"),
        "tables_full": _("No meeting point is free"),
        "never_free_together": _("Never free together"),
        "costs_more": _("Others are worth more"),
    }
    return [(labels[why], count) for why, count in Counter(counts).most_common()]


def _not_fitted(row: RunUnplaced, people: People, names: Names) -> NotFitted:
    a, b = people[row.a_id], people[row.b_id]
    unplaced = Unplaced(
        pair=PairValue(a.ref, b.ref, ()),
        why=cast("WhyNot", row.why),
        full=tuple(people[person].ref for person in row.full),
        cost=row.cost,
    )
    return NotFitted(
        people=_both(a, b),
        why=why_not(unplaced, names, _),
        value=row.value,
        asked={"a": a.ref, "b": b.ref},
    )


def _both(a: Participant, b: Participant) -> str:
    return str(_("%(one)s and %(other)s", one=a.name, other=b.name))
