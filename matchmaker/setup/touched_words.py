"""Pairs, meetings and names of what a change touches, in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from matchmaker.agenda.models import Meeting
from matchmaker.agenda.queries import people_named
from matchmaker.events.models import Event, Slot
from matchmaker.events.queries import has_begun, point_names, slot_starts
from matchmaker.extensions import db
from matchmaker.formatting import clock_time, day_short
from matchmaker.paging import MOST_NAMED

Rows = Sequence[Any]


class Words:
    """Pairs and meetings of an event in words, as many as a page can hold."""

    def __init__(self, event: Event) -> None:
        self._zone = event.zone
        self._names = people_named(event)
        self._starts, self._points = slot_starts(event), point_names(event)

    def pairs(self, rows: Iterable[Any]) -> tuple[str, ...]:
        return tuple(
            f"{self._names[a]} – {self._names[b]}" for _id, a, b in list(rows)[:MOST_NAMED]
        )

    def meetings(self, rows: Rows) -> tuple[str, ...]:
        return tuple(self._meeting(row) for row in rows[:MOST_NAMED])

    def _meeting(self, row: Any) -> str:
        start = self._starts[row.slot_id]
        time = f"{day_short(start, self._zone)} {clock_time(start, self._zone)}"
        people = f"{self._names[row.a_id]} – {self._names[row.b_id]}"
        return f"{people} · {time} · {self._points[row.point_id]}"


def meetings(event: Event, which: ColumnElement[bool]) -> Rows:
    """Published meetings to come, in order of time."""
    return db.session.execute(
        select(
            *(Meeting.id, Meeting.a_id, Meeting.b_id, Meeting.slot_id, Meeting.point_id),
            *(Meeting.kept, Meeting.locked),
        )
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Event, Event.id == Meeting.event_id)
        .where(Meeting.event_id == event.id, Meeting.state == "confirmed", which, ~has_begun())
        .order_by(Slot.starts_at, Meeting.point_id)
    ).all()


def ids_of(rows: Iterable[Any]) -> tuple[int, ...]:
    return tuple(row.id for row in rows)


def names_of(rows: Rows) -> tuple[str, ...]:
    return tuple(row.name for row in rows[:MOST_NAMED])
