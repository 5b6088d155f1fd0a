"""The published instances of the B2B scheduling problem, read as they are."""

from dataclasses import dataclass

import numpy as np

from matchmaker.solver.dzn_items import MOST, Words, items, number, numbers, sets
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.instance_error import InstanceError
from matchmaker.solver.problem import BoolArray

COUNTS = ("nBusiness", "nMeetings", "nTables", "nTotalSlots")
MORNING_SLOTS = "nMorningSlots"
MORNING, AFTERNOON, WHENEVER = 1, 2, 3


@dataclass(frozen=True)
class _Rows:
    """What the file says, with its own numbers from 1."""

    requested: list[list[int]]
    forbidden: list[list[int]]
    fixed: list[int]
    precedences: list[list[int]]


def read_dzn(text: str) -> GivenMeetings:
    """The meetings an instance gives; numbers start from 0. Raises `InstanceError`."""
    given = items(text)
    people, meetings, tables, slots = (_count(given, name) for name in COUNTS)
    rows = _Rows(
        requested=_triples(given, meetings),
        forbidden=_sets(given, "forbidden", people, slots),
        fixed=_fixed(given, meetings, slots),
        precedences=_sets(given, "precedences", meetings, meetings),
    )
    pairs = np.array([row[:2] for row in rows.requested], dtype=np.int64).reshape(-1, 2) - 1
    if np.any(pairs < 0) or np.any(pairs >= people):
        raise InstanceError(f"requested names a person outside 1..{people}.")
    if np.any(pairs[:, 0] == pairs[:, 1]):
        raise InstanceError("requested has somebody meet themselves.")
    return GivenMeetings(
        people=people,
        pairs=pairs,
        usable=_usable(rows, slots, _morning(given, rows)),
        capacity=np.full(slots, tables, dtype=np.int64),
        slot_day=np.zeros(slots, dtype=np.int64),
        precedences=tuple(
            (first - 1, later)
            for later, earlier in enumerate(rows.precedences)
            for first in sorted(set(earlier))
        ),
    )


def _words(given: dict[str, Words], name: str) -> Words:
    if name not in given:
        raise InstanceError(f"{name} is missing.")
    return given[name]


def _count(given: dict[str, Words], name: str) -> int:
    words = _words(given, name)
    found = number(words)
    if found is None or found < 0:
        raise InstanceError(f"{name} is “{' '.join(words)[:40]}”; it needs a number from 0 up.")
    if found > MOST:
        raise InstanceError(f"{name} is {found}; this reads up to {MOST}.")
    return found


def _morning(given: dict[str, Words], rows: _Rows) -> int:
    """How many slots the morning has; may be left out where no meeting asks for a part."""
    if MORNING_SLOTS not in given and all(part == WHENEVER for _, _, part in rows.requested):
        return 0
    return _count(given, MORNING_SLOTS)


def _triples(given: dict[str, Words], meetings: int) -> list[list[int]]:
    found = numbers(_words(given, "requested"), "requested")
    if len(found) != 3 * meetings:
        raise InstanceError(f"requested holds {len(found)} numbers; it needs {3 * meetings}.")
    rows = [found[i : i + 3] for i in range(0, len(found), 3)]
    if any(part not in (MORNING, AFTERNOON, WHENEVER) for _, _, part in rows):
        raise InstanceError("requested has a part of the day that is not 1, 2 or 3.")
    return rows


def _sets(given: dict[str, Words], name: str, length: int, most: int) -> list[list[int]]:
    """A list of sets; 0 is a placeholder and means nothing."""
    if name not in given:
        return [[] for _ in range(length)]
    found = sets(given[name], name)
    if len(found) != length:
        raise InstanceError(f"{name} holds {len(found)} sets; it needs {length}.")
    rows = [[n for n in row if n != 0] for row in found]
    if any(not 1 <= n <= most for row in rows for n in row):
        raise InstanceError(f"{name} names a number outside 1..{most}.")
    return rows


def _fixed(given: dict[str, Words], meetings: int, slots: int) -> list[int]:
    if "fixed" not in given:
        return [0] * meetings
    found = numbers(given["fixed"], "fixed")
    if len(found) != meetings or any(not 0 <= n <= slots for n in found):
        raise InstanceError(f"fixed needs {meetings} numbers from 0 to {slots}.")
    return found


def _usable(rows: _Rows, slots: int, morning: int) -> BoolArray:
    usable = np.ones((len(rows.requested), slots), dtype=np.bool_)
    for meeting, (a, b, part) in enumerate(rows.requested):
        if part == MORNING:
            usable[meeting, morning:] = False
        if part == AFTERNOON:
            usable[meeting, :morning] = False
        usable[meeting, [t - 1 for t in rows.forbidden[a - 1] + rows.forbidden[b - 1]]] = False
        if fixed := rows.fixed[meeting]:
            usable[meeting] &= np.arange(slots) == fixed - 1
    return usable
