"""What has happened since the agenda in force, and the ways to mend it, in words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Agenda
from matchmaker.agenda.queries import latest_agenda, people_named
from matchmaker.agenda.queries_difference import Difference, difference, in_force
from matchmaker.agenda.queries_hits import (
    Hit,
    agreed_since,
    called_off_since,
    disruptions_of,
    hits,
)
from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.events.queries import point_names, slot_starts
from matchmaker.extensions import db
from matchmaker.formatting import clock_time, day_short
from matchmaker.matching.models import Run, RunMeeting
from matchmaker.registration.models import Participant
from matchmaker.registration.models_disruptions import Disruption


@dataclass(frozen=True, slots=True)
class Told:
    """One thing an organiser said, which can be taken back."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class RepairPage:
    """`hits` are causes with the meetings each stands in the way of: `open_hits` in words."""

    agenda: Agenda | None
    open_hits: list[Hit]
    told: list[Told]
    hits: list[tuple[str, list[str]]]
    called_off: list[str]
    agreed: list[str]

    @property
    def things(self) -> int:
        return len(self.hits) + len(self.called_off) + len(self.agreed)

    @property
    def meetings_hit(self) -> int:
        return sum(len(meetings) for _cause, meetings in self.hits)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to mend it: its run, and what publishing it changes."""

    run: Run
    label: str
    changes: Difference

    @property
    def figures(self) -> dict[str, int]:
        return {
            "moved": len(self.changes.moved),
            "cancelled": len(self.changes.cancelled),
            "new": len(self.changes.new),
            "people": len(self.changes.people_affected),
        }


def repair_page(event: Event, user: User) -> RepairPage:
    """In a fixed number of queries."""
    words, agenda = _Words(event), latest_agenda(event)
    causes: dict[str, list[str]] = defaultdict(list)
    told, open_hits = disruptions_of(event), hits_told_to(event, user)
    by_id = {each.id: each for each in told}
    for hit in sorted(open_hits, key=words.when):
        causes[words.cause(hit, by_id)].append(words.meeting(hit))
    return RepairPage(
        agenda=agenda,
        open_hits=open_hits,
        told=[Told(each.id, words.disruption(each)) for each in told],
        hits=by_name(causes.items(), itemgetter(0)),
        called_off=[words.pair(pair) for pair in (called_off_since(agenda) if agenda else ())],
        agreed=[words.pair(pair) for pair in (agreed_since(agenda) if agenda else ())],
    )


def hits_told_to(event: Event, user: User) -> list[Hit]:
    """Who takes part themselves reads of no "no" of theirs."""
    own = set(
        db.session.scalars(select(Participant.id).filter_by(event_id=event.id, user_id=user.id))
    )
    return [hit for hit in hits(event.id) if hit.kind != "no" or own.isdisjoint(hit.pair)]


def outdated_by(
    event: Event, repair: Run, in_force: Agenda | None, open_hits: Sequence[Hit]
) -> str:
    """What the repair does not know of, since it came later; empty where it knows all."""
    begun = repair.created_at
    if in_force is not None and in_force.published_at > begun:
        return str(
            _(
                "Agenda %(number)s was published after this repair began, which would take some of"
                " it back. Work the repair out again.",
                number=in_force.number,
            )
        )
    told_since = any(each.created_at > begun for each in disruptions_of(event))
    if told_since or _leaves(repair, open_hits):
        return str(
            _(
                "Something happened after this repair began, so it does not know of it. Work the"
                " repair out again."
            )
        )
    return ""


def _leaves(repair: Run, open_hits: Sequence[Hit]) -> bool:
    """Whether it leaves a meeting where that can no longer be held."""
    rows = db.session.execute(
        select(RunMeeting.a_id, RunMeeting.b_id, RunMeeting.slot_id, RunMeeting.point_id).where(
            RunMeeting.run_id == repair.id,
            RunMeeting.a_id.in_({hit.pair[0] for hit in open_hits}),
        )
    )
    broken = {(*hit.pair, hit.slot_id, hit.point_id) for hit in open_hits}
    return any(tuple(row) in broken for row in rows)


def choices_of(runs: list[Run]) -> list[Choice]:
    """The ways a repair found, the fewest changes first and the most value last."""
    last = len(runs) - 1
    against = in_force(runs[0].event_id)
    return [
        Choice(run, _label(number, last), difference(run, against))
        for number, run in enumerate(runs)
    ]


def _label(number: int, last: int) -> str:
    if number == 0:
        return str(_("Fewest changes"))
    return str(_("Most value")) if number == last else str(_("In between"))


class _Words:
    def __init__(self, event: Event) -> None:
        self._zone = event.zone
        self._names = people_named(event)
        self._starts = slot_starts(event)
        self._points = point_names(event)

    def when(self, hit: Hit) -> tuple[datetime, int]:
        return self._starts[hit.slot_id], hit.meeting_id

    def pair(self, pair: tuple[int, int]) -> str:
        return str(_("%(one)s and %(other)s", one=self._names[pair[0]], other=self._names[pair[1]]))

    def meeting(self, hit: Hit) -> str:
        start = self._starts[hit.slot_id]
        return str(
            _(
                "%(people)s, %(day)s %(time)s, %(point)s",
                people=self.pair(hit.pair),
                day=day_short(start, self._zone),
                time=clock_time(start, self._zone),
                point=self._points[hit.point_id],
            )
        )

    def cause(self, hit: Hit, told: dict[int, Disruption]) -> str:
        if hit.kind in ("point", "time"):
            return self.disruption(told[hit.cause])
        if hit.kind == "point removed":
            return str(_("%(point)s is no longer there", point=self._points[hit.cause]))
        if hit.kind == "time removed":
            start = self._starts[hit.cause]
            time = f"{day_short(start, self._zone)} {clock_time(start, self._zone)}"
            return str(_("There are no meetings at %(time)s any more", time=time))
        name = self._names[hit.cause]
        texts = {
            "gone": _("%(name)s no longer takes part", name=name),
            "away": _("%(name)s is away then", name=name),
            "no": _("Two people no longer wish to meet"),
        }
        return str(texts[hit.kind])

    def disruption(self, each: Disruption) -> str:
        """What was said, with the times in the event's zone."""
        zone = self._zone
        given = {
            "name": self._names.get(each.participant_id or 0, ""),
            "point": self._points.get(each.point_id or 0, ""),
            "start": f"{day_short(each.starts_at, zone)} {clock_time(each.starts_at, zone)}",
            "end": f"{day_short(each.ends_at, zone)} {clock_time(each.ends_at, zone)}",
        }
        texts = {
            "gone": _("%(name)s does not come", **given),
            "away": _("%(name)s is away from %(start)s until %(end)s", **given),
            "point": _("%(point)s is lost from %(start)s until %(end)s", **given),
            "time": _("No meetings from %(start)s until %(end)s", **given),
        }
        return str(texts[each.kind])
