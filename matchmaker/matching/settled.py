"""What two people settled among themselves, as the solver takes it: meetings and times to keep."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.outcome import PairValue
from matchmaker.matching.snapshot import Interval, Settled, Snapshot

Bools = NDArray[np.bool_]
Numbers = NDArray[np.int64]


class _Place(NamedTuple):
    """By number: which pair, when, and where; `point` is empty where that is left open."""

    pair: int
    slot: int
    point: int | None


def keep_settled(
    snapshot: Snapshot,
    pairs: Sequence[PairValue],
    slots: Sequence[Interval],
    *,
    numbers: Numbers,
    available: Bools,
    most: Numbers,
) -> dict[str, Any]:
    """What of a problem changes, by field, so that settled meetings and times are kept.

    `numbers` are the two people of each pair. A settled meeting stays also where one of the two
    has since taken the time off or wants fewer: to change it is theirs. A time alone holds only
    while both are free then.
    """
    places = list(_places(snapshot, pairs, slots))
    if not places:
        return {}
    locked = [place for place in places if place.point is not None]
    times = [place for place in places if place.point is None]
    return {
        "available": _available(available, numbers, locked),
        "max_meetings": np.maximum(most, _counts(numbers, locked, len(available))),
        "pair_slots": _pair_slots(available, numbers, times),
        "locked": tuple(locked),
    }


def _places(
    snapshot: Snapshot, pairs: Sequence[PairValue], slots: Sequence[Interval]
) -> Iterator[_Place]:
    """Left out is what no longer can be: a pair, a slot or a meeting point that is gone."""
    pair_number = {(pair.a, pair.b): number for number, pair in enumerate(pairs)}
    slot_number = {slot.start: number for number, slot in enumerate(slots)}
    points = {point.name: number for number, point in enumerate(snapshot.points)}
    for each in snapshot.settled:
        pair = pair_number.get(_in_order(each))
        slot, point = slot_number.get(each.start), points.get(each.point)
        if pair is not None and slot is not None and (point is not None or not each.point):
            yield _Place(pair, slot, point)


def _in_order(each: Settled) -> tuple[str, str]:
    return min(each.a, each.b), max(each.a, each.b)


def _available(available: Bools, numbers: Numbers, locked: Sequence[_Place]) -> Bools:
    also = available.copy()
    for place in locked:
        also[numbers[place.pair], place.slot] = True
    return also


def _counts(numbers: Numbers, locked: Sequence[_Place], people: int) -> Numbers:
    met = numbers[[place.pair for place in locked]].ravel() if locked else np.array([], np.int64)
    return np.bincount(met, minlength=people)


def _pair_slots(available: Bools, numbers: Numbers, times: Sequence[_Place]) -> Bools:
    allowed = np.ones((len(numbers), available.shape[1]), dtype=bool)
    for place in times:
        if available[numbers[place.pair], place.slot].all():
            allowed[place.pair] = np.arange(available.shape[1]) == place.slot
    return allowed


def rest_kept(
    locked: Sequence[tuple[int, int, int]], *, bodies: Numbers, met: Numbers, slot_day: Numbers
) -> Numbers:
    """How many kept meetings in a row each person has; `met` are the two bodies of each pair."""
    slots: dict[int, list[int]] = {}
    for pair, slot, _point in locked:
        for body in met[pair].tolist():
            slots.setdefault(body, []).append(slot)
    longest = {body: _longest(sorted(own), slot_day) for body, own in slots.items()}
    return np.array([longest.get(body, 0) for body in bodies.tolist()], dtype=np.int64)


def _longest(slots: Sequence[int], slot_day: Numbers) -> int:
    """The most of these slots that follow one another on one day."""
    best = in_a_row = 0
    for place, slot in enumerate(slots):
        before = slots[place - 1] if place else -2
        follows = slot == before + 1 and slot_day[slot] == slot_day[before]
        in_a_row = in_a_row + 1 if follows else 1
        best = max(best, in_a_row)
    return best
