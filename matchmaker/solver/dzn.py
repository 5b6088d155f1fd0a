"""The published instances of the B2B scheduling problem, read as they are."""

import re
from dataclasses import dataclass

import numpy as np

from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.instance_error import InstanceError
from matchmaker.solver.problem import BoolArray

COUNTS = ("nBusiness", "nMeetings", "nTables", "nTotalSlots", "nMorningSlots")
MORNING, AFTERNOON = 1, 2


@dataclass(frozen=True)
class _Rows:
    """What the file says, with its own numbers from 1."""

    requested: list[list[int]]
    forbidden: list[list[int]]
    fixed: list[int]
    precedences: list[list[int]]


def read_dzn(text: str) -> GivenMeetings:
    """The meetings an instance gives; numbers start from 0. Raises `InstanceError`."""
    items = _items(text)
    people, meetings, tables, slots, morning = (_count(items, name) for name in COUNTS)
    rows = _Rows(
        requested=_triples(items, meetings),
        forbidden=_sets(items, "forbidden", people, slots),
        fixed=_fixed(items, meetings, slots),
        precedences=_sets(items, "precedences", meetings, meetings),
    )
    pairs = np.array([row[:2] for row in rows.requested], dtype=np.int64).reshape(-1, 2) - 1
    if np.any(pairs < 0) or np.any(pairs >= people):
        raise InstanceError(f"requested names a person outside 1..{people}.")
    if np.any(pairs[:, 0] == pairs[:, 1]):
        raise InstanceError("requested has somebody meet themselves.")
    return GivenMeetings(
        people=people,
        pairs=pairs,
        usable=_usable(rows, slots, morning),
        capacity=np.full(slots, tables, dtype=np.int64),
        slot_day=np.zeros(slots, dtype=np.int64),
        precedences=tuple(
            (first - 1, later)
            for later, earlier in enumerate(rows.precedences)
            for first in earlier
        ),
    )


def _items(text: str) -> dict[str, str]:
    """Each `name = value;` of the file, comments left out."""
    statements = re.sub(r"%[^\n]*", "", text).split(";")
    items: dict[str, str] = {}
    for statement in filter(str.strip, statements):
        name, equals, value = statement.partition("=")
        if not equals or not name.split():
            raise InstanceError(f"“{statement.strip()[:40]}” is not written name = value;")
        items[name.split()[-1]] = value.strip()
    return items


def _value(items: dict[str, str], name: str) -> str:
    if name not in items:
        raise InstanceError(f"{name} is missing.")
    return items[name]


def _count(items: dict[str, str], name: str) -> int:
    value = _value(items, name)
    if not re.fullmatch(r"\d+", value):
        raise InstanceError(f"{name} is “{value[:40]}”; it needs a number from 0 up.")
    return int(value)


def _numbers(text: str, name: str) -> list[int]:
    words = re.sub(r"[\[\]|{},]", " ", text).split()
    if not all(re.fullmatch(r"-?\d+", word) for word in words):
        raise InstanceError(f"{name} holds something that is not a number.")
    return [int(word) for word in words]


def _triples(items: dict[str, str], meetings: int) -> list[list[int]]:
    numbers = _numbers(_value(items, "requested"), "requested")
    if len(numbers) != 3 * meetings:
        raise InstanceError(f"requested holds {len(numbers)} numbers; it needs {3 * meetings}.")
    rows = [numbers[i : i + 3] for i in range(0, len(numbers), 3)]
    if any(part not in (MORNING, AFTERNOON, 3) for _, _, part in rows):
        raise InstanceError("requested has a part of the day that is not 1, 2 or 3.")
    return rows


def _sets(items: dict[str, str], name: str, length: int, most: int) -> list[list[int]]:
    """A list of sets; 0 is a placeholder and means nothing."""
    if name not in items:
        return [[] for _ in range(length)]
    found = re.findall(r"\{([^}]*)\}", items[name])
    if len(found) != length:
        raise InstanceError(f"{name} holds {len(found)} sets; it needs {length}.")
    rows = [[n for n in _numbers(text, name) if n != 0] for text in found]
    if any(not 1 <= n <= most for row in rows for n in row):
        raise InstanceError(f"{name} names a number outside 1..{most}.")
    return rows


def _fixed(items: dict[str, str], meetings: int, slots: int) -> list[int]:
    if "fixed" not in items:
        return [0] * meetings
    numbers = _numbers(items["fixed"], "fixed")
    if len(numbers) != meetings or any(not 0 <= n <= slots for n in numbers):
        raise InstanceError(f"fixed needs {meetings} numbers from 0 to {slots}.")
    return numbers


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
