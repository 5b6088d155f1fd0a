"""How the meetings of a run are spread: over people, kinds of people, slots and meeting points."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import and_, func, select

from matchmaker.events.models import Event, MeetingPoint
from matchmaker.extensions import db
from matchmaker.formatting import clock_time, country_name, day_short
from matchmaker.matching.models import Run, RunMeeting
from matchmaker.matching.run_queries import meetings_by_person
from matchmaker.organisations.labels import KIND_LABELS, SIZE_LABELS
from matchmaker.organisations.models import Organisation
from matchmaker.registration.models import Participant, Status

MOST_GROUPS = 12


class Attendee(NamedTuple):
    type_id: int | None
    country: str
    kind: str
    size: str
    user_id: int
    meetings: int


@dataclass(frozen=True, slots=True)
class Group:
    """People who share something: how many, their meetings on average, how many have none."""

    name: str
    people: int
    meetings_each: float
    without: int


@dataclass(frozen=True, slots=True)
class Use:
    """Meetings in a slot or at a point, of so many there is room for."""

    name: str
    taken: int
    room: int

    @property
    def share(self) -> float:
        return self.taken / self.room if self.room else 0.0


@dataclass(frozen=True, slots=True)
class SpreadPage:
    distribution: list[tuple[str, int]]
    groups: list[tuple[str, list[Group]]]
    slots: list[Use]
    points: list[Use]


def spread_page(event: Event, run: Run, points: Sequence[MeetingPoint]) -> SpreadPage:
    """In six queries, whatever the number of meetings; the use of these points."""
    people = _attendees(event, run)
    return SpreadPage(
        distribution=distribution([p.meetings for p in people], (run.report or {})["participants"]),
        groups=_groups(event, people),
        slots=_slots(event, run),
        points=_points(event, run, points),
    )


def _attendees(event: Event, run: Run) -> Sequence[Attendee]:
    """Everybody a run would schedule now, and whoever meets in this one."""
    held = meetings_by_person(run)
    rows = db.session.execute(
        select(
            Participant.id,
            and_(Participant.status == Status.APPROVED, Participant.listed_at.is_not(None)),
            Participant.type_id,
            func.coalesce(Participant.country, Organisation.country, ""),
            func.coalesce(Organisation.kind, ""),
            func.coalesce(Organisation.size, ""),
            Participant.user_id,
        )
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .where(Participant.event_id == event.id)
    )
    return [
        Attendee(type_id, country, kind, size, user_id, held[person])
        for person, listed, type_id, country, kind, size, user_id in rows
        if listed or person in held
    ]


def distribution(meetings: Iterable[int], participants: int) -> list[tuple[str, int]]:
    """How many people have no meeting, one, two and so on; as many people as the run had."""
    people_with = Counter(count for count in meetings if count)
    people_with[0] = max(0, participants - people_with.total())
    return [(str(count), people_with[count]) for count in range(max(people_with) + 1)]


def breaks_by_person(event: Event, run: Run) -> Counter[int]:
    """How many stretches without a meeting each has between two of one day, by participant."""
    order = [(slot.starts_at.astimezone(event.zone).date(), slot.id) for slot in event.slots]
    busy: dict[int, set[int]] = defaultdict(set)
    rows = select(RunMeeting.a_id, RunMeeting.b_id, RunMeeting.slot_id)
    for a, b, slot in db.session.execute(rows.where(RunMeeting.run_id == run.id)):
        busy[a].add(slot)
        busy[b].add(slot)
    days = [[slot for _day, slot in day] for _date, day in groupby(order, key=lambda one: one[0])]
    return Counter(
        {
            person: sum(_breaks_of_day([slot in slots for slot in day]) for day in days)
            for person, slots in busy.items()
        }
    )


def _breaks_of_day(busy: Sequence[bool]) -> int:
    stretches = sum(1 for meets, _run in groupby(busy) if meets)
    return max(0, stretches - 1)


def _groups(event: Event, people: Sequence[Attendee]) -> list[tuple[str, list[Group]]]:
    types = {each.id: each.name for each in event.types}
    known = _came_before(event)
    nobody = str(_("not said"))
    countries = {
        code: country_name(code) if code else nobody for code in {p.country for p in people}
    }
    kinds = {kind: str(label) for kind, label in KIND_LABELS.items()}
    sizes = {size: str(label) for size, label in SIZE_LABELS.items()}
    came, new = str(_("came to an earlier event")), str(_("first time"))
    by: dict[str, Callable[[Attendee], str]] = {
        str(_("Participant type")): lambda one: types.get(one.type_id or 0, nobody),
        str(_("Country")): lambda one: countries[one.country],
        str(_("Kind of organisation")): lambda one: kinds.get(one.kind, nobody),
        str(_("Size of organisation")): lambda one: sizes.get(one.size, nobody),
    }
    if known:
        by[str(_("New or known"))] = lambda one: came if one.user_id in known else new
    return [(title, _grouped(people, name)) for title, name in by.items()]


def _grouped(people: Sequence[Attendee], name: Callable[[Attendee], str]) -> list[Group]:
    """The largest groups; the others together."""
    found: dict[str, list[int]] = defaultdict(list)
    for one in people:
        found[name(one)].append(one.meetings)
    largest = sorted(found, key=lambda group: (-len(found[group]), group))
    rest = [count for group in largest[MOST_GROUPS:] for count in found[group]]
    shown = [_group(group, found[group]) for group in largest[:MOST_GROUPS]]
    return [*shown, _group(str(_("others")), rest)] if rest else shown


def _group(name: str, meetings: list[int]) -> Group:
    return Group(name, len(meetings), sum(meetings) / len(meetings), meetings.count(0))


def _came_before(event: Event) -> set[int]:
    """Accounts that took part in an event before this one."""
    return set(
        db.session.scalars(
            select(Participant.user_id)
            .join(Event, Event.id == Participant.event_id)
            .where(Event.starts_on < event.starts_on, Participant.status == Status.APPROVED)
            .distinct()
        )
    )


def _slots(event: Event, run: Run) -> list[Use]:
    taken = _counted(run, RunMeeting.slot_id)
    room, zone = len(event.points), event.zone
    return [
        Use(
            f"{day_short(slot.starts_at, zone)} {clock_time(slot.starts_at, zone)}",
            taken.get(slot.id, 0),
            room,
        )
        for slot in event.slots
    ]


def _points(event: Event, run: Run, points: Sequence[MeetingPoint]) -> list[Use]:
    taken, room = _counted(run, RunMeeting.point_id), len(event.slots)
    return [Use(point.name, taken.get(point.id, 0), room) for point in points]


def _counted(run: Run, column: object) -> dict[int, int]:
    rows = db.session.execute(
        select(column, func.count()).where(RunMeeting.run_id == run.id).group_by(column)  # type: ignore[call-overload]
    )
    return {key: count for key, count in rows}
