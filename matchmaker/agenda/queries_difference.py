"""What publishing meetings would change against what is published now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from sqlalchemy import null, select

from matchmaker.agenda.models import Meeting
from matchmaker.agenda.queries_away import EVERYWHERE, away_in, lost_in
from matchmaker.agenda.queries_hits import begun_ids, hits
from matchmaker.events.models import MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunMeeting
from matchmaker.registration.models import Participant, Status
from matchmaker.wishes.models import Wish

Pair = tuple[int, int]
Claim = tuple[str, int, int]
Keeping = Literal["settled", "begun"]


class Placed(NamedTuple):
    """A meeting as it shall be, by ids; `locked` only where an organiser put it there by hand.

    Where nothing is said of the lock, it stays as it is.
    """

    a_id: int
    b_id: int
    slot_id: int
    point_id: int
    value: int
    reasons: str
    locked: bool | None = None

    @property
    def pair(self) -> Pair:
        return self[:2]

    @property
    def place(self) -> tuple[int, int]:
        return self[2:4]


class Standing(NamedTuple):
    """A row of `meeting`, read without the session: there are tens of thousands."""

    id: int
    a_id: int
    b_id: int
    slot_id: int
    point_id: int
    state: str
    kept: bool
    locked: bool
    value: int
    reasons: str

    @property
    def pair(self) -> Pair:
        return self[1:3]

    @property
    def place(self) -> tuple[int, int]:
        return self[3:5]


@dataclass(frozen=True)
class Difference:
    """What publishing a run would change, by pair of participants' ids.

    `left_out` are proposals that may no longer be published: since the run took its snapshot one
    of the two has left the event, is away then, no longer wishes to meet, or no longer wants to be
    shown; its time or place is gone; or people settled a meeting themselves that stands in the way,
    and stays. Where the two meet already, that stays too if it can.
    """

    before: dict[Pair, Standing]
    after: Mapping[Pair, Placed | Standing]
    left_out: tuple[Placed, ...]

    @cached_property
    def new(self) -> list[Pair]:
        return sorted(self.after.keys() - self.before.keys())

    @cached_property
    def cancelled(self) -> list[Pair]:
        return sorted(self.before.keys() - self.after.keys())

    @cached_property
    def moved(self) -> list[Pair]:
        after = self.after
        return sorted(
            pair
            for pair, row in self.before.items()
            if pair in after and row.place != after[pair].place
        )

    @property
    def unchanged(self) -> int:
        """How many stay where they are."""
        return len(self.before) - len(self.cancelled) - len(self.moved)

    @cached_property
    def people_affected(self) -> set[int]:
        """Everyone with a meeting that is new, moved or cancelled."""
        return {person for pair in (*self.new, *self.moved, *self.cancelled) for person in pair}


def standing(event_id: int, *more: Any) -> list[Standing]:
    """Every meeting the event ever had, or those of them of which `more` holds."""
    columns = [getattr(Meeting, name) for name in Standing._fields]
    rows = db.session.connection().execute(
        select(*columns).where(Meeting.event_id == event_id, *more)
    )
    return [Standing._make(row) for row in rows]


@dataclass(frozen=True)
class InForce:
    """What a proposal is compared with: what is published, and what may be.

    `settled` is what stays in any case; `taken` all it takes.
    """

    event_id: int
    published: list[Standing]
    settled: list[Standing]
    taken: set[Claim]
    here: dict[int, int]
    refused: set[Pair]
    slots: set[int]
    points: set[int]

    @cached_property
    def before(self) -> dict[Pair, Standing]:
        return {row.pair: row for row in self.published}

    def fits(self, row: Placed) -> bool:
        """Whether it may be published still."""
        if row.slot_id not in self.slots or row.point_id not in self.points:
            return False
        if not _may_meet(row.pair, self.here, self.refused) or self._is_lost(row):
            return False
        return not (self.taken and self.taken & _claims(row, self.here))

    def _is_lost(self, row: Placed) -> bool:
        """Whether one of the two is away then, or the place lost.

        What stands there already waits for the repair.
        """
        known, slot = self.before.get(row.pair), row.slot_id
        if known is not None and known.place == row.place:
            return False
        away = (row.a_id, slot) in self.away or (row.b_id, slot) in self.away
        return away or (EVERYWHERE, slot) in self.lost or (row.point_id, slot) in self.lost

    @cached_property
    def away(self) -> set[tuple[int, int]]:
        return away_in(self.event_id)

    @cached_property
    def lost(self) -> set[tuple[int, int]]:
        return lost_in(self.event_id)


def in_force(event_id: int, keeping: Keeping = "settled") -> InForce:
    """What has begun stays in any case; what people settled and organisers locked, unless it can no
    longer be held or only what has `begun` is to be kept.
    """
    db.session.flush()  # what is read below is read beside the session
    published = standing(event_id, Meeting.state == "confirmed")
    here, refused, begun = listed_ids(event_id), refused_pairs(event_id), begun_ids(event_id)
    lost = {hit.meeting_id for hit in hits(event_id)} if keeping == "settled" else set()
    settled = [
        row
        for row in published
        if row.id in begun
        or (keeping == "settled" and _is_fixed(row, lost) and _may_meet(row.pair, here, refused))
    ]
    taken = {claim for row in settled for claim in _claims(row, here)}
    slots, points = _open_places(event_id)
    return InForce(event_id, published, settled, taken, here, refused, slots, points)


def difference(run: Run, against: InForce | None = None) -> Difference:
    """What publishing `run` would change against what is published now."""
    columns = [getattr(RunMeeting, name) for name in Placed._fields[:-1]]
    rows = db.session.connection().execute(
        select(*columns, null()).where(RunMeeting.run_id == run.id)
    )
    return _difference(against or in_force(run.event_id), [Placed._make(row) for row in rows])


def difference_to(
    event_id: int, proposed: Sequence[Placed], *, keeping: Keeping = "settled"
) -> Difference:
    """What publishing these meetings would change."""
    return _difference(in_force(event_id, keeping), proposed)


def _difference(against: InForce, proposed: Sequence[Placed]) -> Difference:
    fitting = {row.pair: row for row in proposed if against.fits(row)}
    after: dict[Pair, Placed | Standing] = {**fitting, **{row.pair: row for row in against.settled}}
    left_out = tuple(row for row in proposed if row.pair not in after)
    return Difference(against.before, after | _staying(against, after, left_out), left_out)


def _staying(
    against: InForce, after: Mapping[Pair, Placed | Standing], left_out: Sequence[Placed]
) -> dict[Pair, Standing]:
    """Of those left out, the published meetings that can stand on: nothing else is put there."""
    here, found = against.here, dict[Pair, Standing]()
    known = [against.before[row.pair] for row in left_out if row.pair in against.before]
    taken = {claim for row in after.values() if known for claim in _claims(row, here)}
    for row in known:
        own = _claims(row, here)
        if _may_meet(row.pair, here, against.refused) and not own & taken:
            found[row.pair] = row
            taken |= own
    return found


def _open_places(event_id: int) -> tuple[set[int], set[int]]:
    """The slots and meeting points that the event still has."""
    slots = select(Slot.id).where(Slot.event_id == event_id)
    points = select(MeetingPoint.id).where(MeetingPoint.event_id == event_id)
    return set(db.session.scalars(slots)), set(db.session.scalars(points))


def _is_fixed(row: Standing, lost: set[int]) -> bool:
    return (row.kept or row.locked) and row.id not in lost


def _may_meet(pair: Pair, here: Mapping[int, int], refused: set[Pair]) -> bool:
    return pair[0] in here and pair[1] in here and pair not in refused


def _claims(row: Placed | Standing, here: Mapping[int, int]) -> set[Claim]:
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
    return {id_: user_id if in_person else -id_ for id_, user_id, in_person in rows}


def refused_pairs(event_id: int) -> set[Pair]:
    rows = db.session.connection().execute(
        select(Wish.person_id, Wish.other_id).where(Wish.event_id == event_id, Wish.level == "no")
    )
    return {(min(one, other), max(one, other)) for one, other in rows}
