"""Questions about what is published, and what publishing a run would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.agenda.queries_hits import begun_ids, hits
from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.shelf import titles_of as titles_elsewhere
from matchmaker.matching import snapshot as plain
from matchmaker.matching.models import Run, RunMeeting
from matchmaker.registration.models import Participant, Status
from matchmaker.wishes.models import Wish

Pair = tuple[int, int]
Claim = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A meeting as it shall be, by ids; `locked` where an organiser put it there by hand."""

    a_id: int
    b_id: int
    slot_id: int
    point_id: int
    value: int
    reasons: str
    locked: bool = False


Proposed = RunMeeting | Placed
Keeping = Literal["settled", "begun"]


@dataclass(frozen=True)
class Difference:
    """What publishing a run would change, by pair of participants' ids.

    `left_out` are proposals that may no longer be published: since the run took its snapshot one
    of the two has left the event, no longer wishes to meet, or no longer wants to be shown; its
    time or place is gone; or people settled a meeting themselves that stands in the way, and stays.
    """

    before: dict[Pair, Meeting]
    after: Mapping[Pair, Proposed | Meeting]
    left_out: tuple[Proposed, ...]

    @cached_property
    def new(self) -> list[Pair]:
        return sorted(self.after.keys() - self.before.keys())

    @cached_property
    def cancelled(self) -> list[Pair]:
        return sorted(self.before.keys() - self.after.keys())

    @cached_property
    def moved(self) -> list[Pair]:
        return [pair for pair in self._kept if not self._same_place(pair)]

    @cached_property
    def unchanged(self) -> list[Pair]:
        return [pair for pair in self._kept if self._same_place(pair)]

    @cached_property
    def people_affected(self) -> set[int]:
        """Everyone with a meeting that is new, moved or cancelled."""
        return {person for pair in (*self.new, *self.moved, *self.cancelled) for person in pair}

    @cached_property
    def _kept(self) -> list[Pair]:
        return sorted(self.before.keys() & self.after.keys())

    def _same_place(self, pair: Pair) -> bool:
        before, after = self.before[pair], self.after[pair]
        return (before.slot_id, before.point_id) == (after.slot_id, after.point_id)


def difference(run: Run) -> Difference:
    """What publishing `run` would change against what is published now."""
    proposed = db.session.scalars(select(RunMeeting).where(RunMeeting.run_id == run.id)).all()
    return difference_to(run.event_id, proposed)


def difference_to(
    event_id: int, proposed: Sequence[Proposed], *, keeping: Keeping = "settled"
) -> Difference:
    """What publishing these meetings would change.

    What has begun stays in any case; what people settled and organisers locked, unless it can no
    longer be held or only what has `begun` is to be kept.
    """
    published = db.session.scalars(
        select(Meeting).where(Meeting.event_id == event_id, Meeting.state == "confirmed")
    ).all()
    here, refused, begun = listed_ids(event_id), refused_pairs(event_id), begun_ids(event_id)
    lost = {hit.meeting_id for hit in hits(event_id)} if keeping == "settled" else set()
    settled = [
        row
        for row in published
        if row.id in begun
        or (keeping == "settled" and _is_fixed(row, lost) and _may_meet(row, here, refused))
    ]
    taken = {claim for row in settled for claim in _claims(row, here)}
    slots, points = _open_places(event_id)
    possible = [
        row
        for row in proposed
        if row.slot_id in slots and row.point_id in points and _may_meet(row, here, refused)
    ]
    fit = [row for row in possible if not taken & _claims(row, here)]
    after: dict[Pair, Proposed | Meeting] = {_pair(row): row for row in fit}
    after |= {_pair(row): row for row in settled}
    return Difference(
        before={_pair(row): row for row in published},
        after=after,
        left_out=tuple(row for row in proposed if _pair(row) not in after),
    )


def _open_places(event_id: int) -> tuple[set[int], set[int]]:
    """The slots and meeting points that the event still has."""
    slots = select(Slot.id).where(Slot.event_id == event_id)
    points = select(MeetingPoint.id).where(MeetingPoint.event_id == event_id)
    return set(db.session.scalars(slots)), set(db.session.scalars(points))


def latest_agenda(event: Event) -> Agenda | None:
    """The version in force."""
    return db.session.scalar(
        select(Agenda).where(Agenda.event_id == event.id).order_by(Agenda.number.desc()).limit(1)
    )


def versions_of(event: Event) -> Sequence[Agenda]:
    """Every version, the latest first."""
    return db.session.scalars(
        select(Agenda).where(Agenda.event_id == event.id).order_by(Agenda.number.desc())
    ).all()


def version_numbered(event: Event, number: int) -> Agenda | None:
    return db.session.scalar(
        select(Agenda).where(Agenda.event_id == event.id, Agenda.number == number)
    )


def agenda_of_run(run: Run) -> Agenda | None:
    """The version this run was published as."""
    return db.session.scalar(select(Agenda).where(Agenda.run_id == run.id))


def next_number(event: Event) -> int:
    last = db.session.scalar(select(func.max(Agenda.number)).where(Agenda.event_id == event.id))
    return (last or 0) + 1


def meetings_of(people: Iterable[Participant]) -> list[Meeting]:
    """Everybody's meetings, cancelled ones too, in order of time."""
    ids = [person.id for person in people]
    return _in_order(or_(Meeting.a_id.in_(ids), Meeting.b_id.in_(ids)))


def meetings_by_id(ids: Iterable[int]) -> list[Meeting]:
    """These meetings as they are now, in order of time."""
    return _in_order(Meeting.id.in_(list(ids)))


def _in_order(which: ColumnElement[bool]) -> list[Meeting]:
    found = db.session.scalars(
        select(Meeting)
        .where(which)
        .options(joinedload(Meeting.slot), joinedload(Meeting.point))
        .execution_options(populate_existing=True)
    ).all()
    return sorted(found, key=lambda meeting: (meeting.slot.starts_at, meeting.id))


def people_in(meetings: Iterable[Meeting]) -> dict[int, Participant]:
    """Both sides of each meeting by id, with organisation, type and account."""
    ids = {person_id for meeting in meetings for person_id in (meeting.a_id, meeting.b_id)}
    found = db.session.scalars(
        select(Participant)
        .where(Participant.id.in_(ids))
        .options(
            joinedload(Participant.organisation),
            joinedload(Participant.type),
            joinedload(Participant.user),
        )
    )
    return {person.id: person for person in found}


def people_met(me: Participant) -> list[Participant]:
    """With whom `me` has a meeting that stands, by name."""
    meetings = [meeting for meeting in meetings_of([me]) if meeting.state == "confirmed"]
    people = people_in(meetings)
    return sorted(
        (person for person in people.values() if person.id != me.id),
        key=lambda person: (person.name.casefold(), person.id),
    )


def titles_of(people: Iterable[Participant]) -> dict[int, tuple[plain.Item, ...]]:
    """Everybody's offers and needs without their texts, by participant id."""
    ids = {person.id for person in people}
    rows = db.session.execute(
        select(Item.participant_id, Item.kind, Item.title, Item.language, Item.texts)
        .where(Item.participant_id.in_(ids))
        .order_by(Item.position, Item.id)
    )
    found: dict[int, tuple[plain.Item, ...]] = dict.fromkeys(ids, ())
    for owner, kind, title, language, texts in rows:
        titles = titles_elsewhere(language, texts)
        found[owner] += (
            plain.Item(cast("plain.ItemKind", kind), "", title, language=language, texts=titles),
        )
    return found


def participant_by_feed_token(token: str) -> Participant | None:
    """Whose feed it is; nobody's while they are not in, or the event is a draft that none sees."""
    return db.session.scalar(
        select(Participant)
        .join(Participant.event)
        .where(
            Participant.feed_token == token,
            Participant.status == Status.APPROVED,
            Event.phase != Phase.DRAFT,
        )
        .options(joinedload(Participant.event))
    )


def people_named(event: Event) -> dict[int, str]:
    """Everybody's name by id, for the organiser."""
    rows = db.session.execute(
        select(Participant.id, Participant.name).where(Participant.event_id == event.id)
    )
    return {participant_id: name for participant_id, name in rows}


def _is_fixed(row: Meeting, lost: set[int]) -> bool:
    return (row.kept or row.locked) and row.id not in lost


def _pair(row: Proposed | Meeting) -> Pair:
    return row.a_id, row.b_id


def _may_meet(row: Proposed | Meeting, here: Mapping[int, int], refused: set[Pair]) -> bool:
    return {row.a_id, row.b_id} <= here.keys() and _pair(row) not in refused


def _claims(row: Proposed | Meeting, here: Mapping[int, int]) -> set[Claim]:
    """What a meeting takes: the pair, both people's time, and the meeting point's."""
    people: set[Claim] = {
        ("person", here.get(side, -side), row.slot_id) for side in (row.a_id, row.b_id)
    }
    return people | {("point", row.point_id, row.slot_id), ("pair", row.a_id, row.b_id)}


def listed_ids(event_id: int) -> dict[int, int]:
    """Who is in and shown; and a number for each that those share who are one person."""
    rows = db.session.execute(
        select(Participant.id, Participant.user_id, Participant.in_person).where(
            Participant.event_id == event_id,
            Participant.status == Status.APPROVED,
            Participant.listed_at.is_not(None),
        )
    )
    return {row.id: row.user_id if row.in_person else -row.id for row in rows}


def refused_pairs(event_id: int) -> set[Pair]:
    rows = db.session.execute(
        select(Wish.person_id, Wish.other_id).where(Wish.event_id == event_id, Wish.level == "no")
    )
    return {(min(one, other), max(one, other)) for one, other in rows}
