"""How a part of an event is taken out of it: kept, so that nothing that names it is lost.

Slots, meeting points, types, topics and sessions are named by meetings, earlier agendas, runs and
people. Who takes one out empties its `event_id` and says in `removed_from_id` where it stood: then
nothing that asks for the parts of an event finds it, and whatever names it still does.
"""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import MappedColumn, mapped_column


def removed_from() -> MappedColumn[int | None]:
    return mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)


def belongs_once() -> CheckConstraint:
    return CheckConstraint("(event_id IS NULL) <> (removed_from_id IS NULL)", name="belongs_once")
