"""Rest: where the event plans it, a person has a free time after so many meetings in a row."""

from collections.abc import Collection, Sequence
from itertools import takewhile

from matchmaker.agenda.compactness import days_of
from matchmaker.events.models import Event


def tiring(event: Event, busy: Collection[int]) -> set[int]:
    """The free slots, by id, in which one more meeting would make too many in a row."""
    most = event.most_in_a_row
    if most is None:
        return set()
    return {
        slot
        for day in days_of(event)
        for slot in day
        if slot not in busy and in_a_row(day, busy, slot) > most
    }


def in_a_row(day: Sequence[int], busy: Collection[int], slot: int) -> int:
    """How many meetings follow one another around this slot of the day, with one in it."""
    place = day.index(slot)
    after = takewhile(busy.__contains__, day[place + 1 :])
    before = takewhile(busy.__contains__, reversed(day[:place]))
    return 1 + len([*before, *after])
