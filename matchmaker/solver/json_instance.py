"""The project's own instance format: a problem as JSON, with names for people and points.

Slots count from 1 in the order of time, as in the published instances.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from matchmaker.solver.instance_error import InstanceError, NoScheduleError
from matchmaker.solver.locked_checks import LockedConflictError
from matchmaker.solver.problem import NONE, BoolArray, IntArray, Locked, Problem
from matchmaker.solver.schedule import Schedule

Plain = dict[str, Any]


@dataclass(frozen=True, eq=False)
class NamedProblem:
    """A problem and what the file calls its people and points."""

    problem: Problem
    people: list[str]
    points: list[str]

    def meetings(self, schedule: Schedule) -> list[Plain]:
        """A schedule in the names of the file."""
        pairs = self.problem.pairs.tolist()
        return [
            {
                "a": self.people[pairs[pair][0]],
                "b": self.people[pairs[pair][1]],
                "slot": slot + 1,
                "point": self.points[point],
            }
            for pair, slot, point in schedule.meetings()
        ]

    def schedule(self, meetings: list[Plain]) -> Schedule:
        """A schedule from the names of the file. Raises `InstanceError`."""
        person, point = _numbered(self.people), _numbered(self.points)
        pair = {(a, b): number for number, (a, b) in enumerate(self.problem.pairs.tolist())}
        rows = []
        for meeting in meetings:
            found = _look_up(pair, _people_of(person, meeting), "pair")
            rows.append((found, meeting["slot"] - 1, _look_up(point, meeting["point"], "point")))
        return Schedule.of(rows)


def read_json(text: str) -> NamedProblem:
    """An instance of the format that docs/solver.md describes.

    Raises `InstanceError`, or `NoScheduleError` where its locked meetings contradict each other.
    """
    try:
        return _read(json.loads(text))
    except (json.JSONDecodeError, ValueError, TypeError) as error:
        raise InstanceError(str(error)) from error
    except KeyError as error:
        raise InstanceError(f"{error} is missing.") from error


def _read(plain: Plain) -> NamedProblem:
    person = _numbered([p["id"] for p in plain["people"]])
    point = _numbered([p["name"] for p in plain["points"]])
    pair = {_people_of(person, p): number for number, p in enumerate(plain["pairs"])}
    locked = [
        Locked(
            _look_up(pair, _people_of(person, meeting), "pair"),
            meeting["slot"] - 1,
            _look_up(point, meeting["point"], "point"),
        )
        for meeting in plain.get("locked", [])
    ]
    try:
        problem = _problem(plain, locked, person, pair)
    except LockedConflictError as conflict:
        held = (_locked(plain["locked"][number]) for number in conflict.meetings)
        raise NoScheduleError((conflict.rule, *held)) from conflict
    return NamedProblem(problem, list(person), list(point))


def _locked(meeting: Plain) -> str:
    return "{a} and {b} are locked in slot {slot} at {point}".format(**meeting)


def _problem(
    plain: Plain, locked: list[Locked], person: dict[Any, int], pair: dict[tuple[int, int], int]
) -> Problem:
    slots, people, points = int(plain["slots"]), plain["people"], plain["points"]
    return Problem(
        available=_open(slots, [p.get("absent", []) for p in people]),
        point_open=_open(slots, [p.get("closed", []) for p in points]),
        pairs=np.array([_people_of(person, p) for p in plain["pairs"]], dtype=np.int64),
        values=np.array([p["value"] for p in plain["pairs"]]),
        max_meetings=np.array([p.get("max_meetings", slots) for p in people]),
        min_meetings=np.array([p.get("min_meetings", 0) for p in people]),
        slot_day=np.array(plain.get("slot_day", [0] * slots)),
        pair_slots=_open(slots, [_not_among(slots, p.get("slots")) for p in plain["pairs"]]),
        locked=tuple(locked),
        body=_bodies(people),
        most_in_a_row=np.array([p.get("most_in_a_row", max(slots, 1)) for p in people]),
        **_further_rules(plain, slots, person, pair),
    )


def _further_rules(
    plain: Plain, slots: int, person: dict[Any, int], pair: dict[tuple[int, int], int]
) -> Plain:
    """Kinds, groups and languages are called as the file likes; pairs without one name none."""
    kinds = _names(plain["points"] + plain["pairs"], "kind")
    groups, languages = _names(plain["pairs"], "group"), list(plain.get("interpreters", {}))
    return {
        "point_kind": np.array([kinds.get(p.get("kind"), 0) for p in plain["points"]]),
        "pair_kind": np.array([kinds.get(p.get("kind"), 0) for p in plain["pairs"]]),
        "pair_group": np.array([groups.get(p.get("group"), NONE) for p in plain["pairs"]]),
        "pair_language": np.array([_language(languages, p) for p in plain["pairs"]]),
        "interpreters": np.array(
            [plain["interpreters"][name] for name in languages], dtype=np.int64
        ).reshape(-1, slots),
        "precedences": tuple(
            (
                _look_up(pair, _people_of(person, order["first"]), "pair"),
                _look_up(pair, _people_of(person, order["later"]), "pair"),
            )
            for order in plain.get("precedences", [])
        ),
    }


def _names(rows: list[Plain], key: str) -> dict[Any, int]:
    """The names in use, numbered from 1: 0 is for those that name none."""
    found = dict.fromkeys(row[key] for row in rows if key in row)
    return {name: number for number, name in enumerate(found, start=1)}


def _language(languages: list[str], pair: Plain) -> int:
    if "language" not in pair:
        return NONE
    if pair["language"] not in languages:
        raise InstanceError(f"there is no interpreter of {pair['language']!r}.")
    return languages.index(pair["language"])


def _bodies(people: list[Plain]) -> IntArray:
    """People who name the same body share one; whoever names none has their own."""
    names = [("of", p["body"]) if "body" in p else ("own", p["id"]) for p in people]
    number = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return np.array([number[name] for name in names], dtype=np.int64)


def _people_of(person: dict[Any, int], meeting: Plain) -> tuple[int, int]:
    a, b = (_look_up(person, meeting[side], "person") for side in "ab")
    return min(a, b), max(a, b)


def _open(slots: int, closed: Iterable[Iterable[int]]) -> BoolArray:
    """bool[N, T]: all slots but the closed ones of each row."""
    rows = [list(row) for row in closed]
    table = np.ones((len(rows), slots), dtype=np.bool_)
    for number, row in enumerate(rows):
        if any(not 1 <= slot <= slots for slot in row):
            raise InstanceError(f"a slot is outside 1..{slots}.")
        table[number, [slot - 1 for slot in row]] = False
    return table


def _not_among(slots: int, allowed: list[int] | None) -> list[int]:
    if allowed is None:
        return []
    return sorted(set(range(1, slots + 1)) - set(allowed))


def _numbered(names: list[Any]) -> dict[Any, int]:
    numbers = {name: number for number, name in enumerate(names)}
    if len(numbers) != len(names):
        raise InstanceError("two people or two points share a name.")
    return numbers


def _look_up(numbers: dict[Any, int], name: Any, kind: str) -> int:
    if name not in numbers:
        raise InstanceError(f"there is no {kind} {name!r}.")
    return numbers[name]
