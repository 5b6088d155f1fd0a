"""What publishing meetings would change against what is published now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import select

from matchmaker.agenda.drawn import Cell, Pair
from matchmaker.agenda.models import Meeting
from matchmaker.agenda.queries_away import EVERYWHERE, away_in, lost_in
from matchmaker.agenda.queries_hits import FIXED, begun_meetings, hits
from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.events.queries import has_begun
from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunMeeting
from matchmaker.registration.models import Participant, Status
from matchmaker.wishes.models import Wish

Places = dict[Pair, Cell]
Claim = tuple[str, int, int]
Keeping = Literal["settled", "begun"]


@dataclass(frozen=True)
class Difference:
    """What publishing a run would change: where pairs of participants meet, all by their ids.

    `placed` are those of `after` who do not meet there now.
    `left_out` are proposals that may no longer be published: since the run took its snapshot one
    of the two has left the event, is away then, no longer wishes to meet, or no longer wants to be
    shown; its time is over; its time or place is gone; or people settled a meeting themselves that
    stands in the way, and stays. Where the two meet already, that stays too if it can.
    """

    before: Places
    after: Places
    placed: tuple[Pair, ...]
    left_out: tuple[Pair, ...]

    @cached_property
    def new(self) -> list[Pair]:
        return sorted(pair for pair in self.placed if pair not in self.before)

    @cached_property
    def moved(self) -> list[Pair]:
        return sorted(pair for pair in self.placed if pair in self.before)

    @cached_property
    def cancelled(self) -> list[Pair]:
        return sorted(self.before.keys() - self.after.keys())

    @property
    def unchanged(self) -> int:
        """How many stay where they are."""
        return len(self.before) - len(self.cancelled) - len(self.moved)

    @cached_property
    def people_affected(self) -> set[int]:
        """Everyone with a meeting that is new, moved or cancelled."""
        return {person for pair in (*self.new, *self.moved, *self.cancelled) for person in pair}


@dataclass(frozen=True)
class InForce:
    """What a proposal is compared with: what is published, and what may be.

    `settled` is what stays in any case; `taken` all it takes. `over` are slots that have begun.
    """

    event_id: int
    published: Places
    settled: Places
    taken: set[Claim]
    here: dict[int, int]
    refused: set[Pair]
    slots: set[int]
    over: set[int]
    points: set[int]

    def difference_to(self, proposed: Places, *, by_hand: bool = False) -> Difference:
        """Where it is changed `by_hand`, what stays in its place is nobody's proposal."""
        elsewhere = _elsewhere(proposed, self.published)
        misfits = self._unfit(elsewhere if by_hand else proposed) | self._out_of_reach(elsewhere)
        after = {pair: cell for pair, cell in proposed.items() if pair not in misfits}
        after |= self.settled
        left_out = tuple(sorted(misfits - after.keys()))
        after |= self._staying(after, left_out)
        placed = tuple(pair for pair in elsewhere if pair not in misfits)
        return Difference(self.published, after, placed, left_out)

    # Of these two every word counts: there are tens of thousands to look at.
    def _unfit(self, proposed: Places) -> set[Pair]:
        """What may not be published any more, wherever it was before."""
        here, refused, slots, points = self.here, self.refused, self.slots, self.points
        unfit = {
            pair
            for pair, (slot, point) in proposed.items()
            if pair[0] not in here
            or pair[1] not in here
            or pair in refused
            or slot not in slots
            or point not in points
        }
        taken = self.taken
        return unfit | {
            pair
            for pair, cell in (proposed.items() if taken else ())
            if not taken.isdisjoint(_claims(pair, cell, here))
        }

    def _out_of_reach(self, placed: Places) -> set[Pair]:
        """Where the time is over, one of the two is away then, or the place lost.

        What stands there already waits for the repair.
        """
        away, lost, over = self.away, self.lost, self.over
        return {
            pair
            for pair, (slot, point) in placed.items()
            if slot in over
            or (pair[0], slot) in away
            or (pair[1], slot) in away
            or (point, slot) in lost
            or (EVERYWHERE, slot) in lost
        }

    def _staying(self, after: Places, left_out: Iterable[Pair]) -> Places:
        """Of those left out, the published meetings that can stand on: nothing else is there."""
        known = [
            pair
            for pair in left_out
            if pair in self.published and may_meet(pair, self.here, self.refused)
        ]
        slots, found = {self.published[pair][0] for pair in known}, Places()
        there = ((pair, cell) for pair, cell in after.items() if cell[0] in slots)
        taken = {claim for pair, cell in there for claim in self.claims(pair, cell)}
        for pair in known:
            own = self.claims(pair, self.published[pair])
            if not own & taken:
                found[pair] = self.published[pair]
                taken |= own
        return found

    def claims(self, pair: Pair, cell: Cell) -> set[Claim]:
        return _claims(pair, cell, self.here)

    @cached_property
    def away(self) -> set[tuple[int, int]]:
        return away_in(self.event_id)

    @cached_property
    def lost(self) -> set[tuple[int, int]]:
        return lost_in(self.event_id)


def _elsewhere(places: Places, others: Places) -> Places:
    """Those that are not in the same place there."""
    return {pair: cell for pair, cell in places.items() if others.get(pair) != cell}


def in_force(event_id: int, keeping: Keeping = "settled") -> InForce:
    """What has begun stays in any case; what people settled and organisers locked, unless it can no
    longer be held or only what has `begun` is to be kept.
    """
    db.session.flush()  # what is read below is read beside the session
    here, refused = listed_ids(event_id), refused_pairs(event_id)
    settled = places(event_id, Meeting.id.in_(begun_meetings(event_id)))
    if keeping == "settled" and (fixed := places(event_id, FIXED)):
        lost = {hit.pair for hit in hits(event_id, FIXED)}
        settled |= {
            pair: cell
            for pair, cell in fixed.items()
            if pair not in lost and may_meet(pair, here, refused)
        }
    slots = _slots(event_id)
    return InForce(
        event_id=event_id,
        published=places(event_id),
        settled=settled,
        taken={claim for row in settled.items() for claim in _claims(*row, here)},
        here=here,
        refused=refused,
        slots=set(slots),
        over={slot for slot, begun in slots.items() if begun},
        points=set(
            db.session.scalars(select(MeetingPoint.id).where(MeetingPoint.event_id == event_id))
        ),
    )


def _slots(event_id: int) -> dict[int, bool]:
    """The event's slots, and of each whether it has begun."""
    rows = db.session.execute(
        select(Slot.id, has_begun())
        .join(Event, Event.id == Slot.event_id)
        .where(Slot.event_id == event_id)
    )
    return {slot_id: begun for slot_id, begun in rows}


def difference(run: Run, against: InForce | None = None) -> Difference:
    """What publishing `run` would change against what is published now."""
    proposed = _places(RunMeeting, RunMeeting.run_id == run.id)
    return (against or in_force(run.event_id)).difference_to(proposed)


def difference_to(event_id: int, proposed: Places, *, keeping: Keeping = "settled") -> Difference:
    """What publishing these meetings would change."""
    return in_force(event_id, keeping).difference_to(proposed)


def places(event_id: int, *more: Any) -> Places:
    """Where the meetings that stand are, or those of them of which `more` holds."""
    return _places(Meeting, Meeting.event_id == event_id, Meeting.state == "confirmed", *more)


def _places(table: type[Meeting] | type[RunMeeting], *where: Any) -> Places:
    """Read beside the session: there are tens of thousands."""
    columns = (table.a_id, table.b_id, table.slot_id, table.point_id)
    rows = db.session.connection().execute(select(*columns).where(*where)).all()
    return {(a, b): (slot, point) for a, b, slot, point in rows}


def may_meet(pair: Pair, here: Mapping[int, int], refused: set[Pair]) -> bool:
    return pair[0] in here and pair[1] in here and pair not in refused


def _claims(pair: Pair, cell: Cell, here: Mapping[int, int]) -> set[Claim]:
    """What a meeting takes: the pair, both people's time, and the meeting point's."""
    people: set[Claim] = {("person", here.get(side, -side), cell[0]) for side in pair}
    return people | {("point", cell[1], cell[0]), ("pair", *pair)}


def listed_ids(event_id: int) -> dict[int, int]:
    """Who is in and shown; and a number for each that those share who are one person."""
    rows = db.session.execute(
        select(Participant.id, Participant.user_id, Participant.in_person).where(
            Participant.event_id == event_id,
            Participant.status == Status.APPROVED,
            Participant.listed_at.is_not(None),
        )
    ).all()
    return {id_: user_id if in_person else -id_ for id_, user_id, in_person in rows}


def refused_pairs(event_id: int) -> set[Pair]:
    rows = (
        db.session.connection()
        .execute(
            select(Wish.person_id, Wish.other_id).where(
                Wish.event_id == event_id, Wish.level == "no"
            )
        )
        .all()
    )
    return {(one, other) if one < other else (other, one) for one, other in rows}
