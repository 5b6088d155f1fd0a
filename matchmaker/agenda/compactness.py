"""Which free slot keeps the agendas of two people compact, without moving anybody."""

from collections.abc import Collection, Sequence
from itertools import groupby

from matchmaker.events.models import Event, Slot


def most_compact(
    event: Event, free: Sequence[Slot], one: Collection[int], other: Collection[int]
) -> Slot | None:
    """Of the `free` slots the one that adds the fewest breaks to both days, then the earliest.

    `one` and `other` hold the ids of the slots in which each has a meeting already.
    """
    days = days_of(event)

    def cost(slot: Slot) -> tuple[int, object]:
        added = sum(
            _breaks(days, {*busy, slot.id}) - _breaks(days, busy) for busy in (set(one), set(other))
        )
        return added, slot.starts_at

    return min(free, key=cost, default=None)


def days_of(event: Event) -> list[list[int]]:
    """The ids of the slots of each day, in order of time: a night is no break."""
    slots = sorted(event.slots, key=lambda slot: slot.starts_at)
    by_day = groupby(slots, key=lambda slot: slot.starts_at.astimezone(event.zone).date())
    return [[slot.id for slot in day] for _, day in by_day]


def _breaks(days: list[list[int]], busy: set[int]) -> int:
    """How many stretches of idle slots lie between two meetings of one day."""
    return sum(_breaks_of_day([slot in busy for slot in day]) for day in days)


def _breaks_of_day(busy: list[bool]) -> int:
    stretches = sum(1 for meets, _ in groupby(busy) if meets)
    return max(0, stretches - 1)
