"""Slots and meeting points as a snapshot named them, though they moved or were renamed since."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import or_, select

from matchmaker.events.models import MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Snapshot

Name = TypeVar("Name")


def slots_then(event_id: int, snapshot: Snapshot) -> dict[int, datetime]:
    """When each slot began then, by its id."""
    return _matched(_ever(event_id, Slot, Slot.starts_at), [s.start for s in snapshot.slots()])


def points_then(event_id: int, snapshot: Snapshot) -> dict[int, str]:
    """What each meeting point was called then, by its id."""
    now = _ever(event_id, MeetingPoint, MeetingPoint.name)
    return _matched(now, [point.name for point in snapshot.points])


def by_name(then: dict[int, Name]) -> dict[Name, int]:
    """The ids by what they were called; those of the event count before those taken out."""
    return {name: id_ for id_, name in reversed(then.items())}


def _ever(event_id: int, part: type[Slot] | type[MeetingPoint], column: Any) -> dict[int, Any]:
    """Those of the event first, then those taken out of it."""
    once = or_(part.event_id == event_id, part.removed_from_id == event_id)
    order = Slot.starts_at if part is Slot else MeetingPoint.position
    rows = select(part.id, column).where(once).order_by(part.event_id.is_(None), order, part.id)
    return dict(db.session.execute(rows).all())


def _matched(now: dict[int, Name], then: Sequence[Name]) -> dict[int, Name]:
    """Who is called the same is the same; the others in their order."""
    same = {id_: name for id_, name in now.items() if name in set(then)}
    renamed = (id_ for id_ in now if id_ not in same)
    unknown = (name for name in then if name not in set(same.values()))
    return same | dict(zip(renamed, unknown, strict=False))
