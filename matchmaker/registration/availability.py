"""When a participant can meet: slots taken off, and the absences that say so. Pure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol


class Span(Protocol):
    """Anything that begins and ends: a slot, an absence."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


def blocked(slots: Iterable[Span], absences: Collection[Span]) -> set[datetime]:
    """The starts of the slots that some absence overlaps."""
    return {
        slot.starts_at
        for slot in slots
        if any(away.starts_at < slot.ends_at and slot.starts_at < away.ends_at for away in absences)
    }


def stretches(
    slots: Sequence[Span], starts: Collection[datetime]
) -> list[tuple[datetime, datetime]]:
    """The slots that begin at `starts` as (start, end), neighbours joined to one stretch."""
    joined: list[tuple[datetime, datetime]] = []
    for slot in sorted(slots, key=lambda slot: slot.starts_at):
        if slot.starts_at not in starts:
            continue
        if joined and joined[-1][1] == slot.starts_at:
            joined[-1] = (joined[-1][0], slot.ends_at)
        else:
            joined.append((slot.starts_at, slot.ends_at))
    return joined
