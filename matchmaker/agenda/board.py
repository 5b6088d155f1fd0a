"""The agenda as organisers change it by hand: published meetings with the draft's steps on top."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.agenda.compactness import days_of
from matchmaker.agenda.drawn import Cell, Pair, laid_over
from matchmaker.agenda.free_times import point_kinds
from matchmaker.agenda.models import Meeting
from matchmaker.agenda.models_draft import Draft, DraftStep
from matchmaker.agenda.queries_away import EVERYWHERE
from matchmaker.agenda.queries_difference import in_force, places
from matchmaker.agenda.rest import in_a_row
from matchmaker.events.models import Event, MeetingPoint
from matchmaker.extensions import db
from matchmaker.matching.point_kinds import PointKinds
from matchmaker.registration.models import Participant

FREE, COSTLY, FORBIDDEN = "possible", "costly", "forbidden"


@dataclass(frozen=True, slots=True)
class Target:
    """What putting the picked meeting into a cell would be, and why."""

    level: str
    why: str
    swaps: bool = False


class Board:
    """Everything that moving a meeting by hand asks about, in a fixed number of queries."""

    def __init__(self, event: Event, reader: User) -> None:
        self.event, self.reader = event, reader
        self.against = in_force(event.id, keeping="begun")
        self.published, self.begun = self.against.published, self.against.settled
        self.bodies, self.refused = self.against.here, self.against.refused
        self.locked = places(event.id, Meeting.locked).keys()
        self.steps = db.session.scalars(
            select(DraftStep).where(DraftStep.event_id == event.id).order_by(DraftStep.id)
        ).all()
        draft = db.session.get(Draft, event.id, populate_existing=True)
        self.revision = draft.revision if draft else 0
        self._grades: dict[tuple[int, Pair, int], bool] = {}
        self._rests: dict[tuple[int, Pair, int], bool] = {}
        drawn = {(step.a_id, step.b_id): step.cell for step in self.steps}
        self.places, self.misfits = laid_over(
            self.published, drawn, self.against.claims, self._is_lost
        )
        people = db.session.execute(
            select(
                *(Participant.id, Participant.name, Participant.organisation_id),
                Participant.user_id,
            ).where(Participant.event_id == event.id)
        ).all()
        self.names = {row.id: row.name for row in people}
        self.organisations = {row.id: row.organisation_id for row in people}
        self.accounts = {row.id: row.user_id for row in people}

    @cached_property
    def changed(self) -> set[Pair]:
        both = self.published.keys() | self.places.keys()
        return {pair for pair in both if self.published.get(pair) != self.places.get(pair)}

    @cached_property
    def cells(self) -> dict[Cell, Pair]:
        return {cell: pair for pair, cell in self.places.items()}

    @cached_property
    def busy(self) -> dict[tuple[int, int], Pair]:
        """By human being and slot: the meeting they are in."""
        return {
            (self._body(person), cell[0]): pair
            for pair, cell in self.places.items()
            for person in pair
        }

    def people(self, pair: Pair) -> str:
        return str(_("%(one)s and %(other)s", one=self.names[pair[0]], other=self.names[pair[1]]))

    def targets(self, pair: Pair, points: Iterable[MeetingPoint]) -> dict[Cell, Target]:
        """Every cell of these points but the meeting's own: what it is to put the meeting there."""
        never = self.why_never(pair)
        return {
            (slot.id, point.id): Target(FORBIDDEN, never)
            if never
            else self._target(pair, (slot.id, point.id))
            for slot in self.event.slots
            for point in points
            if self.places.get(pair) != (slot.id, point.id)
        }

    def why_never(self, pair: Pair) -> str:
        """Why the two may not be put anywhere; empty where they may.

        Who takes part themselves could read a "no" out of the answer about a meeting of their own.
        """
        if pair in self.begun:
            return str(_("This meeting has begun or is over."))
        if any(self.accounts.get(person) == self.reader.id for person in pair):
            return str(_("Another organiser can place your own meetings."))
        if not set(pair) <= self.bodies.keys():
            return str(_("One of the two does not take part."))
        same = self.organisations[pair[0]] == self.organisations[pair[1]]
        if pair in self.refused or same or self._body(pair[0]) == self._body(pair[1]):
            return str(_("These two may not meet."))
        return ""

    def _target(self, pair: Pair, cell: Cell) -> Target:
        other, own = self.cells.get(cell), self.places.get(pair)
        blocker = self._in_the_way(pair, cell, besides={pair} | ({other} if other else set()))
        if blocker:
            return Target(FORBIDDEN, blocker)
        if other is None:
            return self._graded(pair, cell)
        if own is None:
            return Target(FORBIDDEN, str(_("Taken by %(people)s.", people=self.people(other))))
        back = self.why_never(other) or self._in_the_way(other, own, besides={pair, other})
        if back:
            return Target(FORBIDDEN, back)
        words = _("Swap with %(people)s.", people=self.people(other))
        return Target(self._graded(pair, cell).level, str(words), swaps=True)

    def _in_the_way(self, pair: Pair, cell: Cell, *, besides: set[Pair]) -> str:
        slot_id, point_id = cell
        if self._is_no_place(cell):
            return str(_("This time or place is not to be had."))
        if self._kinds.of_points[self._order[point_id]] != self._kinds.of_pair(*pair):
            return str(_("These two meet at another kind of meeting point."))
        for person in pair:
            if (person, slot_id) in self.against.away:
                return str(_("%(name)s is away then.", name=self.names[person]))
            if self.busy.get((self._body(person), slot_id), pair) not in besides:
                return str(_("%(name)s has another meeting then.", name=self.names[person]))
        return ""

    def _graded(self, pair: Pair, cell: Cell) -> Target:
        """Possible, unless it tears a further break into somebody's day, or leaves them no rest."""
        for person in pair:
            if self._is_too_long(person, pair, cell[0]):
                words = ngettext(
                    "%(name)s would have more than %(num)d meeting in a row.",
                    "%(name)s would have more than %(num)d meetings in a row.",
                    self.event.most_in_a_row or 0,
                    name=self.names[person],
                )
                return Target(COSTLY, str(words))
            if self._grade_of(person, pair, cell[0]):
                words = _("Another break for %(name)s.", name=self.names[person])
                return Target(COSTLY, str(words))
        return Target(FREE, str(_("Free.")))

    def _grade_of(self, person: int, pair: Pair, slot_id: int) -> bool:
        """Whether the slot would tear a further break; asked for every meeting point of it."""
        key = (person, pair, slot_id)
        if key not in self._grades:
            more = self._breaks(person, pair, slot_id) > self._breaks(person, pair, None)
            self._grades[key] = more
        return self._grades[key]

    def _is_too_long(self, person: int, pair: Pair, slot_id: int) -> bool:
        """Whether the meeting would stand in more of them in a row than the event plans."""
        most = self.event.most_in_a_row
        if most is None:
            return False
        key = (person, pair, slot_id)
        if key not in self._rests:
            self._rests[key] = self._row_around(person, pair, slot_id) > most
        return self._rests[key]

    def _row_around(self, person: int, pair: Pair, slot_id: int) -> int:
        """How many of the person's meetings follow one another there, this one included."""
        day = next(day for day in days_of(self.event) if slot_id in day)
        return in_a_row(day, self._taken(person, pair, slot_id), slot_id)

    def _breaks(self, person: int, pair: Pair, slot_id: int | None) -> int:
        """Breaks in the person's days with the meeting in this slot, or as it is now."""
        order = [slot.id for slot in self.event.slots]
        taken = self._taken(person, pair, slot_id)
        return sum(_gaps([n for n in day if order[n] in taken]) for day in self._days)

    def _taken(self, person: int, pair: Pair, slot_id: int | None) -> set[int]:
        now_at = self.places.get(pair)
        taken = self._slots_of.get(self._body(person), set())
        if slot_id is None:
            return taken
        return (taken - {now_at[0] if now_at else 0}) | {slot_id}

    @cached_property
    def _slots_of(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for body, slot_id in self.busy:
            found.setdefault(body, set()).add(slot_id)
        return found

    @cached_property
    def _days(self) -> list[list[int]]:
        days: dict[object, list[int]] = {}
        for number, slot in enumerate(self.event.slots):
            days.setdefault(slot.starts_at.astimezone(self.event.zone).date(), []).append(number)
        return list(days.values())

    @cached_property
    def _kinds(self) -> PointKinds[int]:
        return point_kinds(self.event)

    @cached_property
    def _order(self) -> dict[int, int]:
        return {point.id: place for place, point in enumerate(self.event.points)}

    def _is_lost(self, pair: Pair, cell: Cell | None) -> bool:
        """Whether what was drawn for the two can no longer be done, though it could once."""
        if pair in self.begun or cell is None:
            return pair in self.begun
        away = any((person, cell[0]) in self.against.away for person in pair)
        return away or self._is_no_place(cell)

    def _is_no_place(self, cell: Cell) -> bool:
        """Whether the time is over or gone, or the place is."""
        (slot_id, point_id), against = cell, self.against
        if (
            slot_id in against.over
            or slot_id not in against.slots
            or point_id not in against.points
        ):
            return True
        return bool({(EVERYWHERE, slot_id), (point_id, slot_id)} & against.lost)

    def _body(self, person: int) -> int:
        return self.bodies.get(person, -person)


def _gaps(numbers: list[int]) -> int:
    return sum(later - before > 1 for before, later in pairwise(numbers))
