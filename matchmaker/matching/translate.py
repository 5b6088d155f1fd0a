"""The only bridge to the solver: an event becomes numbers, and its schedule an event's again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.candidates import body_key, in_order, numbered, places
from matchmaker.matching.outcome import Meeting, PairValue, Unplaced, WhyNot
from matchmaker.matching.point_kinds import PointKinds
from matchmaker.matching.settled import keep_settled, rest_kept
from matchmaker.matching.snapshot import Closed, Goals, Interval, Person, Settled, Snapshot
from matchmaker.solver import Explanation, Params, Problem, Result, Schedule, explain_unplaced

WHY_NOT: dict[str, WhyNot] = {
    "never_free_together": "never_free_together",
    "person_full": "person_full",
    "points_full": "tables_full",
    "one_of_a_group": "costs_more",
    "no_interpreter": "costs_more",
    "costs_more": "costs_more",
}


@dataclass(frozen=True, eq=False)
class Translation:
    """A problem, and what its numbers stand for: the places in the tuples beside it."""

    problem: Problem
    people: tuple[Person, ...]
    slots: tuple[Interval, ...]
    points: tuple[str, ...]
    pairs: tuple[PairValue, ...]


def translate(snapshot: Snapshot, pairs: tuple[PairValue, ...]) -> Translation:
    """Sessions of the programme block those who attend them, with the way there and back."""
    people, slots = in_order(snapshot.people), _slots(snapshot)
    place = places(people)
    limit = snapshot.settings.max_meetings
    problem = Problem(
        available=availability(snapshot, people, slots) & _to_come(snapshot, slots),
        point_open=_open(snapshot, slots),
        pairs=np.array([(place[pair.a], place[pair.b]) for pair in pairs], dtype=np.int64),
        values=np.array([max(1, pair.value) for pair in pairs], dtype=np.int64),
        max_meetings=np.array([_most(person, limit) for person in people], dtype=np.int64),
        min_meetings=np.array([person.min_meetings for person in people], dtype=np.int64),
        most_in_a_row=np.full(len(people), snapshot.settings.most_in_a_row or max(1, len(slots))),
        slot_day=_days(slots, ZoneInfo(snapshot.timezone)),
        body=numbered([body_key(person) for person in people]),
        **_kinds(snapshot, pairs),
    )
    kept = keep_settled(
        snapshot,
        pairs,
        slots,
        numbers=problem.pairs,
        available=problem.available,
        most=problem.max_meetings,
    )
    problem = _keeping(problem, kept) if kept else problem
    names = tuple(point.name for point in snapshot.points)
    return Translation(problem, people, slots, names, pairs)


def params_of(goals: Goals) -> Params:
    """The solver's settings; of the usual ones, as much as the goals say."""
    usual = Params()
    return replace(
        usual,
        first_meeting=usual.first_meeting * goals.everybody / 100,
        later_meetings=usual.later_meetings * goals.even / 100,
        promise=usual.promise * goals.promised / 100,
    )


def previous_of(meetings: Iterable[Settled], translation: Translation) -> Schedule:
    """Meetings by name as a schedule, without what is no longer there: a pair, slot or point."""
    pairs = {(pair.a, pair.b): number for number, pair in enumerate(translation.pairs)}
    slots = {slot.start: number for number, slot in enumerate(translation.slots)}
    points = {name: number for number, name in enumerate(translation.points)}
    rows = (
        (pairs.get((min(m.a, m.b), max(m.a, m.b))), slots.get(m.start), points.get(m.point))
        for m in meetings
    )
    return Schedule.of([row for row in rows if None not in row])  # type: ignore[misc]


def meetings_of(translation: Translation, result: Result) -> tuple[Meeting, ...]:
    """In order of time, then of the meeting points as the event lists them."""
    return tuple(
        Meeting(translation.pairs[pair], translation.slots[slot], translation.points[point])
        for pair, slot, point in result.schedule.meetings()
    )


def unplaced_of(
    translation: Translation, result: Result, hurry: Callable[[], bool]
) -> tuple[Unplaced, ...]:
    """Every pair somebody wished for that is not in the schedule, in order of ids.

    From when `hurry()` says so, without what it would cost.
    """
    wished = [number for number, pair in enumerate(translation.pairs) if is_wished(pair)]
    found = explain_unplaced(translation.problem, result, wished, hurry=hurry)
    return tuple(unplaced(translation, pair, found[pair]) for pair in sorted(found))


def is_wished(pair: PairValue) -> bool:
    return any(reason.is_wish for reason in pair.reasons)


def _slots(snapshot: Snapshot) -> tuple[Interval, ...]:
    slots = snapshot.slots()
    for before, after in pairwise(slots):
        if before.overlaps(after):
            raise ValueError(f"Two meeting blocks overlap at {after.start:%Y-%m-%d %H:%M} UTC.")
    return slots


def _open(snapshot: Snapshot, slots: Sequence[Interval]) -> NDArray[np.bool_]:
    """Which meeting points are to be had in which slot: all but what was lost."""
    rows = [
        [not any(_is_lost(point.name, slot, each) for each in snapshot.closed) for slot in slots]
        for point in snapshot.points
    ]
    return np.array(rows, dtype=bool).reshape(len(snapshot.points), len(slots))


def _kinds(snapshot: Snapshot, pairs: Sequence[PairValue]) -> dict[str, Any]:
    """Of which kind each meeting point is, and of which kind each pair needs one."""
    online = {person.id for person in snapshot.people if person.online}
    kinds = PointKinds([(point.kind, point.kept_for or None) for point in snapshot.points], online)
    return {
        "point_kind": np.array(kinds.of_points, dtype=np.int64),
        "pair_kind": np.array([kinds.of_pair(pair.a, pair.b) for pair in pairs], dtype=np.int64),
    }


def _keeping(problem: Problem, kept: dict[str, Any]) -> Problem:
    """A meeting that is kept stays also where one of the two has got a booth or left for home.

    Whose kept meetings are more in a row than the event plans may have as many as these are.
    """
    kinds = problem.pair_kind.copy()
    for pair, _slot, point in kept["locked"]:
        kinds[pair] = problem.point_kind[point]
    row = rest_kept(
        kept["locked"], bodies=problem.body, met=problem.pair_bodies, slot_day=problem.slot_day
    )
    rest = np.maximum(problem.most_in_a_row, row)
    return problem.replace(**kept, pair_kind=kinds, most_in_a_row=rest)


def _is_lost(point: str, slot: Interval, closed: Closed) -> bool:
    return closed.point in ("", point) and slot.overlaps(Interval(closed.start, closed.end))


def availability(
    snapshot: Snapshot, people: Sequence[Person], slots: Sequence[Interval]
) -> NDArray[np.bool_]:
    away = snapshot.away()
    free = [
        not any(absence.overlaps(slot) for absence in away[person.id])
        for person in people
        for slot in slots
    ]
    return np.array(free, dtype=bool).reshape(len(people), len(slots))


def _to_come(snapshot: Snapshot, slots: Sequence[Interval]) -> NDArray[np.bool_]:
    limit = snapshot.not_before
    return np.array([limit is None or slot.start >= limit for slot in slots], dtype=bool)


def _most(person: Person, limit: int) -> int:
    return limit if person.max_meetings is None else person.max_meetings


def _days(slots: Sequence[Interval], zone: ZoneInfo) -> NDArray[np.int64]:
    """The local day of each slot: a night between two meetings is no break."""
    return np.array([slot.start.astimezone(zone).toordinal() for slot in slots], dtype=np.int64)


def unplaced(translation: Translation, pair: int, found: Explanation) -> Unplaced:
    why = WHY_NOT[found.kind]
    if why == "never_free_together" and _free_together(translation.problem, pair):
        why = "tables_full"  # free at one time, but the event has no meeting point then
    full = tuple(translation.people[person].id for person in found.people)
    return Unplaced(translation.pairs[pair], why, full, found.cost)


def _free_together(problem: Problem, pair: int) -> bool:
    one, other = problem.available[problem.pairs[pair]]
    return bool((one & other).any())
