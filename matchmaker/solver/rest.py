"""Rest: no more meetings in a row on one day than a person wants."""

from collections.abc import Iterable

import numpy as np

from matchmaker.solver.arrays import BoolArray, IntArray


def followed(slot_day: IntArray) -> int:
    """The slots, as bits, that another slot of the same day follows at once."""
    return sum(1 << t for t, same in enumerate((np.diff(slot_day) == 0).tolist()) if same)


def too_long(busy: int, most: int, followed: int) -> int:
    """The slots of `busy`, as bits, that begin more than `most` in a row; none is 0."""
    begin = busy
    for _ in range(most):
        begin &= begin >> 1 & followed
    return begin


def windows(slot_day: IntArray, most: int) -> Iterable[range]:
    """Every `most` + 1 slots in a row of one day: one of them must be idle."""
    for start in range(len(slot_day) - most):
        if slot_day[start] == slot_day[start + most]:
            yield range(start, start + most + 1)


def most_with_rest(free: BoolArray, slot_day: IntArray, most: int) -> int:
    """How many of the free slots can be used: of each run, all but every `most` + 1st."""
    used = in_a_row = 0
    for slot, is_free in enumerate(free.tolist()):
        if slot and slot_day[slot] != slot_day[slot - 1]:
            in_a_row = 0
        in_a_row = in_a_row + 1 if is_free else 0
        if is_free and in_a_row <= most:
            used += 1
        else:
            in_a_row = 0
    return used
