"""All that is held about one person, table by table, in words and moments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.privacy.holdings import ACCOUNT, BY_TABLE, HOLDINGS, PARTICIPANT, Holding
from matchmaker.registration.models import Participant, Status
from matchmaker.tables import metadata

NAMES = {
    PARTICIPANT: "name",
    "event": "name",
    "organisation": "name",
    "participant_type": "name",
    "topic": "name",
    "slot": "starts_at",
    "meeting_point": "name",
    "mailing": "occasion",
    "question": "key",
    "question_wording": "label",
    "programme_session": "title",
}
Value = str | int | bool | datetime | None | list[Any] | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """What one table holds about the person; every row has the same columns."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: list[dict[str, Value]]


def held_about(user: User) -> list[Part]:
    """Everything about the person; tables with nothing are left out."""
    me = _Person.of(user)
    found = [_part(holding, me) for holding in HOLDINGS]
    return [part for part in found if part.rows]


@dataclass(frozen=True, slots=True)
class _Person:
    user_id: int
    participant_ids: frozenset[int]

    @classmethod
    def of(cls, user: User) -> "_Person":
        own = select(Participant.id).where(Participant.user_id == user.id)
        return cls(user.id, frozenset(db.session.scalars(own)))

    def owns(self, column: Column[Any]) -> ColumnElement[bool]:
        """Whether a row is the person's, by a column that names its owner or its owner's row."""
        target = column if column.primary_key and not column.foreign_keys else _target(column)
        if target.table.name == ACCOUNT:
            return column == self.user_id
        if target.table.name == PARTICIPANT:
            return column.in_(self.participant_ids)
        return column.in_(select(target).where(self.owns_rows(target.table)))

    def owns_rows(self, table: Any) -> ColumnElement[bool]:
        holding = BY_TABLE[table.name]
        return or_(*(self.owns(table.c[name]) for name in holding.owner))


def _part(holding: Holding, me: _Person) -> Part:
    table = metadata.tables[holding.table]
    chosen = [table.c[name] for name in holding.shown]
    key = list(table.primary_key.columns)
    query = select(*chosen).where(me.owns_rows(table)).order_by(*key)
    rows = [dict(zip(holding.shown, row, strict=True)) for row in db.session.execute(query)]
    _say_names(table, rows, me)
    if holding.table == "mail":
        _keep_links_secret(rows)
    columns = tuple(_plain(name) for name in holding.shown)
    return Part(
        holding.table,
        holding.title,
        columns,
        [{_plain(name): value for name, value in row.items()} for row in rows],
    )


def _say_names(table: Table, rows: Sequence[dict[str, Any]], me: _Person) -> None:
    """Put names in place of numbers; of others only where they agreed to be shown."""
    for column in table.columns:
        if not column.foreign_keys or not rows or column.name not in rows[0]:
            continue
        names = _names(_target(column).table, {row[column.name] for row in rows}, me)
        for row in rows:
            row[column.name] = names.get(row[column.name])


def _names(table: Any, ids: Iterable[int], me: _Person) -> dict[int, Any]:
    query = select(table.c.id, table.c[NAMES[table.name]]).where(table.c.id.in_(set(ids)))
    if table.name == PARTICIPANT:
        listed = table.c.listed_at.is_not(None) & (table.c.status == Status.APPROVED)
        query = query.where(listed | table.c.id.in_(me.participant_ids))
    return {number: value for number, value in db.session.execute(query)}


def _keep_links_secret(rows: Iterable[dict[str, Any]]) -> None:
    """A mail of no event holds a link that signs in, until it is sent."""
    for row in rows:
        if row["event_id"] is None:
            row["text"] = ""


def _target(column: Column[Any]) -> Column[Any]:
    return next(iter(column.foreign_keys)).column


def _plain(name: str) -> str:
    return name.removesuffix("_id")


def taking_part(user: User) -> list[Participant]:
    """Everywhere the person takes part, the latest event first."""
    own = select(Participant).join(Participant.event).where(Participant.user_id == user.id)
    shown = own.options(joinedload(Participant.event), joinedload(Participant.organisation))
    return list(db.session.scalars(shown.order_by(Event.starts_on.desc(), Participant.number)))
