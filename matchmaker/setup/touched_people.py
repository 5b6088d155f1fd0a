"""Whom a change of types and of the two matrices touches: people, wishes, requests, meetings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from matchmaker.agenda.models import Meeting
from matchmaker.events.models import Event, ParticipantType, Slot, TypePermission
from matchmaker.events.queries import has_begun
from matchmaker.extensions import db
from matchmaker.paging import MOST_NAMED
from matchmaker.registration.models import Participant, Status
from matchmaker.setup.plan import UNPERMITTED, Touched
from matchmaker.setup.rows import RowChange
from matchmaker.setup.touched_words import Rows, Words, ids_of, names_of
from matchmaker.wishes.models import Request, RequestState, Wish

TypePair = tuple[int, int]


class Cell(NamedTuple):
    asks: bool
    sees: bool


Matrix = Mapping[TypePair, Cell]


def of_people(event: Event, rows: Sequence[RowChange]) -> list[Touched]:
    """Who changes type, whose type is renamed, and what two matrices no longer let them."""
    if not any(row.table in ("person", "type", "cell") for row in rows):
        return []
    becomes = dict(_moves(rows))
    before = matrix_of(event)
    after = matrix_after(before, rows)
    return [
        _movers(event, becomes),
        _renamed(event, rows),
        *_parted(event, _lost(before, after, becomes)),
        *_hidden(event, before, after, becomes),
    ]


def matrix_of(event: Event) -> dict[TypePair, Cell]:
    cell = TypePermission
    rows = db.session.execute(
        select(cell.type_id, cell.other_id, cell.asks, cell.sees)
        .join(ParticipantType, ParticipantType.id == cell.type_id)
        .where(ParticipantType.event_id == event.id)
    )
    return {(row.type_id, row.other_id): Cell(row.asks, row.sees) for row in rows}


def matrix_after(before: Matrix, rows: Iterable[RowChange]) -> dict[TypePair, Cell]:
    after = dict(before)
    for row in (row for row in rows if row.table == "cell"):
        one, other = row.key
        if row.after is None:
            after.pop((one, other), None)
            continue
        known = after.get((one, other), Cell(asks=True, sees=True))
        after[one, other] = Cell(
            row.after.get("asks", known.asks), row.after.get("sees", known.sees)
        )
    return after


def _moves(rows: Iterable[RowChange]) -> Iterator[TypePair]:
    for row in rows:
        if row.table == "person" and row.before and row.after:
            yield row.before["type_id"], row.after["type_id"]


def _lost(before: Matrix, after: Matrix, becomes: Mapping[int, int]) -> set[TypePair]:
    """Pairs of types that might meet and then may not; who changes type brings the new one."""

    def may_meet(matrix: Matrix, one: int, other: int) -> bool:
        cells = (matrix.get((one, other)), matrix.get((other, one)))
        return any(cell is not None and cell.asks for cell in cells)

    types = {kind for pair in before for kind in pair}
    return {
        (one, other)
        for one in types
        for other in types
        if may_meet(before, one, other)
        and not may_meet(after, becomes.get(one, one), becomes.get(other, other))
    }


def _movers(event: Event, becomes: Mapping[int, int]) -> Touched:
    people = _people(event, list(becomes))
    names = {kind.id: kind.name for kind in db.session.scalars(_named(set(becomes.values())))}
    more = {"type": names.get(next(iter(becomes.values()), 0), "")}
    return Touched("people", ids_of(people), names_of(people), more=more)


def _renamed(event: Event, rows: Iterable[RowChange]) -> Touched:
    of = [row for row in rows if row.table == "type" and "name" in (row.after or {}) and row.before]
    people = _people(event, [row.key[0] for row in of])
    more = {"type": str((of[0].after or {})["name"])} if of else {}
    return Touched("renamed", ids_of(people), names_of(people), more=more)


def _named(ids: set[int]) -> Any:
    return select(ParticipantType).where(ParticipantType.id.in_(ids))


def _people(event: Event, types: Sequence[int]) -> Rows:
    return db.session.execute(
        select(Participant.id, Participant.name)
        .where(Participant.event_id == event.id, Participant.type_id.in_(types))
        .order_by(Participant.name, Participant.id)
    ).all()


def _parted(event: Event, lost: set[TypePair]) -> list[Touched]:
    """What stands between people who might meet and then may not."""
    if not lost:
        return []
    words = Words(event)
    wishes = _between(event, Wish.id, Wish.person_id, Wish.other_id, Wish.level != "no", lost)
    open_ = Request.state.in_((RequestState.PENDING, RequestState.ACCEPTED))
    requests = _between(event, Request.id, Request.asker_id, Request.answerer_id, open_, lost)
    to_come = select(Slot.id).join(Event, Event.id == event.id).where(~has_begun())
    held = and_(Meeting.state == "confirmed", Meeting.slot_id.in_(to_come))
    met = _between(event, Meeting.id, Meeting.a_id, Meeting.b_id, held, lost)
    return [
        Touched(UNPERMITTED, ids_of(met), words.pairs(met), endpoint="grid.show"),
        Touched("wishes", ids_of(wishes), words.pairs(wishes)),
        Touched("requests", ids_of(requests), words.pairs(requests)),
    ]


def _between(
    event: Event,
    row_id: Any,
    one_id: Any,
    other_id: Any,
    which: ColumnElement[bool],
    lost: set[TypePair],
) -> Rows:
    one, other = aliased(Participant), aliased(Participant)
    parted = or_(*(and_(one.type_id == a, other.type_id == b) for a, b in sorted(lost)))
    return db.session.execute(
        select(row_id, one_id, other_id)
        .join(one, one.id == one_id)
        .join(other, other.id == other_id)
        .where(one.event_id == event.id, which, parted)
        .order_by(row_id)
    ).all()


def _hidden(
    event: Event, before: Matrix, after: Matrix, becomes: Mapping[int, int]
) -> list[Touched]:
    """Who loses sight of others, by type; only types count that somebody is of."""
    held = db.session.execute(
        select(ParticipantType.id, ParticipantType.name)
        .join(Participant, Participant.type_id == ParticipantType.id)
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
        .distinct()
    ).all()
    names = {row.id: row.name for row in held}
    lost = [
        (one, other)
        for one, other in product(sorted(names), repeat=2)
        if _sees(before, one, other)
        and not _sees(after, becomes.get(one, one), becomes.get(other, other))
    ]
    if not lost:
        return []
    looking = db.session.execute(
        select(Participant.id).where(
            Participant.event_id == event.id,
            Participant.status == Status.APPROVED,
            Participant.type_id.in_({one for one, _other in lost}),
        )
    ).all()
    lines = tuple(f"{names[one]} → {names[other]}" for one, other in lost[:MOST_NAMED])
    return [Touched("hidden", ids_of(looking), lines)]


def _sees(matrix: Matrix, one: int, other: int) -> bool:
    mine, theirs = matrix.get((one, other)), matrix.get((other, one))
    return (mine is not None and any(mine)) or (theirs is not None and theirs.asks)
