"""Writing a change of the set-up row by row, and asking whether its rows are still as they were."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Table, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from matchmaker.agenda.models import Meeting, MeetingMove
from matchmaker.database import Base, UtcDateTime
from matchmaker.errors import Conflict
from matchmaker.events.models import (
    Event,
    MeetingBlock,
    MeetingPoint,
    ParticipantType,
    Slot,
    Topic,
    TypePermission,
)
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.programme.models import Session
from matchmaker.registration.models import Absence, Participant
from matchmaker.registration.models_disruptions import Disruption
from matchmaker.setup.rows import NAMED_BY_TWO, RowChange, Values
from matchmaker.wishes.models import Request, RequestSlot

# In the order in which new rows are written: what others name comes first.
TABLES: dict[str, type[Base]] = {
    "event": Event,
    "type": ParticipantType,
    "cell": TypePermission,
    "topic": Topic,
    "block": MeetingBlock,
    "slot": Slot,
    "point": MeetingPoint,
    "session": Session,
    "person": Participant,
    "item": Item,
    "absence": Absence,
    "disruption": Disruption,
    "meeting": Meeting,
    "request": Request,
    "offer": RequestSlot,
    "proposal": MeetingMove,
}
# Columns that name another row that may be as new.
NAMING = ("block_id", "parent_id", "topic_id", "type_id", "other_id")
UNIQUE = {"type": "name", "point": "name", "block": "starts_at", "slot": "starts_at"}


def write_rows(rows: Sequence[RowChange]) -> list[RowChange]:
    """Write them, and say them again with the ids that new rows got.

    What goes makes room for what comes.

    Raises:
        Conflict: something else has taken the same name or time.
    """
    try:
        with db.session.begin_nested():
            written = _write(rows)
    except IntegrityError as error:
        raise Conflict(
            _("Something else has the same name or time now. Look at the page again.")
        ) from error
    db.session.expire_all()
    return written


def is_still_so(rows: Sequence[RowChange]) -> bool:
    """Whether every row is as the change says it is before it."""
    tables = {row.table for row in rows}
    now = {table: _rows_now(table, [row for row in rows if row.table == table]) for table in tables}
    return all(_is_as_said(row, now[row.table].get(row.key)) for row in rows)


def _write(rows: Sequence[RowChange]) -> list[RowChange]:
    for row in (row for row in rows if _goes(row)):
        _change(row, row.after)
    _stand_aside(rows)
    ids: dict[int, int] = {}
    written = [row for row in rows if _goes(row)]
    for table in TABLES:
        stay = [row for row in rows if row.table == table and not _goes(row)]
        written += [_enter(row, ids) if row.before is None else _renew(row, ids) for row in stay]
    return written


def _goes(row: RowChange) -> bool:
    return row.after is None or row.is_taken_out


def _enter(row: RowChange, ids: dict[int, int]) -> RowChange:
    values = _named(row.after or {}, ids)
    table = _table(row.table)
    result = db.session.execute(insert(table).values(**_typed(table, values)))
    key = tuple(int(each) for each in result.inserted_primary_key)  # type: ignore[attr-defined]
    if row.table not in NAMED_BY_TWO:
        ids[row.key[0]] = key[0]
    return RowChange(row.table, key, None, values)


def _renew(row: RowChange, ids: dict[int, int]) -> RowChange:
    after = _named(row.after or {}, ids)
    _change(row, after)
    return RowChange(row.table, row.key, row.before, after)


def _change(row: RowChange, after: Values | None) -> None:
    table = _table(row.table)
    if after is None:
        db.session.execute(delete(table).where(_is(table, row.key)))
    else:
        db.session.execute(update(table).where(_is(table, row.key)).values(**_typed(table, after)))


def _stand_aside(rows: Sequence[RowChange]) -> None:
    """Two rows may take each other's name or time: first all of them leave it."""
    for row in (row for row in rows if row.before is not None and not _goes(row)):
        name = UNIQUE.get(row.table, "")
        if name in (row.after or {}):
            table = _table(row.table)
            aside = {name: _aside(table, name, row)}
            db.session.execute(update(table).where(_is(table, row.key)).values(aside))


def _aside(table: Table, name: str, row: RowChange) -> object:
    if name == "name":
        return f"~{row.key[0]}"
    start = _typed(table, row.before or {})[name]
    return start.replace(year=1000 + row.key[0] % 900, microsecond=row.key[0] % 1_000_000)


def _rows_now(
    table_name: str, rows: Sequence[RowChange]
) -> dict[tuple[int, ...], Mapping[str, Any]]:
    table = _table(table_name)
    keys = list(table.primary_key.columns)
    by_two = table_name in NAMED_BY_TWO
    first = {row.key[0] for row in rows if row.before is not None or by_two}
    found = db.session.execute(select(table).where(keys[0].in_(first))).mappings()
    return {tuple(each[column] for column in keys): dict(each) for each in found}


def _is_as_said(row: RowChange, now: Mapping[str, Any] | None) -> bool:
    if row.before is None or now is None:
        return row.before is None and now is None
    said = _typed(_table(row.table), row.before)
    return all(now[name] == value for name, value in said.items())


def _table(name: str) -> Table:
    return cast("Table", TABLES[name].__table__)


def _is(table: Table, key: tuple[int, ...]) -> ColumnElement[bool]:
    columns = table.primary_key.columns
    return and_(*(column == one for column, one in zip(columns, key, strict=True)))


def _named(values: Values, ids: Mapping[int, int]) -> Values:
    """With the ids that new rows got in place of those below zero."""
    return {
        name: ids.get(value, value) if name in NAMING and isinstance(value, int) else value
        for name, value in values.items()
    }


def _typed(table: Table, values: Values) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value).astimezone(UTC)
        if isinstance(table.c[name].type, UtcDateTime) and value is not None
        else value
        for name, value in values.items()
    }
