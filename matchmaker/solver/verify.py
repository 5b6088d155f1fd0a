"""The independent check: every rule a schedule breaks, found without the search's own code."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from matchmaker.solver.problem import Problem
from matchmaker.solver.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Violation:
    """`rule` is one of the names below; `text` says where it is broken."""

    rule: str
    text: str


def verify(problem: Problem, schedule: Schedule) -> list[Violation]:
    """Every broken rule; none for a schedule that may be used."""
    strangers = list(_unknown(problem, schedule))
    if strangers:
        return strangers
    return [
        *_twice(problem, schedule),
        *_absent(problem, schedule),
        *_closed(problem, schedule),
        *_too_many(problem, schedule),
        *_unlocked(problem, schedule),
        *_of_another_kind(problem, schedule),
        *_twice_in_a_group(problem, schedule),
        *_untranslated(problem, schedule),
        *_out_of_order(problem, schedule),
        *_without_rest(problem, schedule),
    ]


def _unknown(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    for pair, slot, point in schedule.meetings():
        for name, number, count in (
            ("pair", pair, len(problem.values)),
            ("slot", slot, problem.available.shape[1]),
            ("point", point, problem.point_open.shape[0]),
        ):
            if not 0 <= number < count:
                yield Violation("unknown", f"{name} {number} does not exist")


def _twice(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    seen: Counter[tuple[str, str]] = Counter()
    for pair, slot, point in schedule.meetings():
        seen["meets_once", f"pair {pair}"] += 1
        seen["one_at_a_point", f"point {point} in slot {slot}"] += 1
        for person in problem.pairs[pair]:
            seen["one_at_a_time", f"body {problem.body[person]} in slot {slot}"] += 1
    for (rule, where), times in seen.items():
        if times > 1:
            yield Violation(rule, f"{where} has {times} meetings")


def _absent(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    for pair, slot, _ in schedule.meetings():
        for person in problem.pairs[pair]:
            if not problem.available[person, slot]:
                yield Violation("available", f"person {person} is not available in slot {slot}")
        if not problem.pair_slots[pair, slot]:
            yield Violation("pair_slots", f"pair {pair} may not use slot {slot}")


def _closed(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    for _, slot, point in schedule.meetings():
        if not problem.point_open[point, slot]:
            yield Violation("point_open", f"point {point} is closed in slot {slot}")


def _too_many(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    counts = Counter(int(p) for pair in schedule.pair for p in problem.pairs[pair])
    for person, count in counts.items():
        if count > problem.max_meetings[person]:
            limit = problem.max_meetings[person]
            yield Violation("max_meetings", f"person {person} has {count} meetings, not {limit}")


def _unlocked(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    held = set(schedule.meetings())
    for locked in problem.locked:
        if tuple(locked) not in held:
            yield Violation("locked", f"pair {locked.pair} is not kept as locked")


def _of_another_kind(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    for pair, _, point in schedule.meetings():
        if problem.pair_kind[pair] != problem.point_kind[point]:
            yield Violation("point_kind", f"point {point} is not of pair {pair}'s kind")


def _twice_in_a_group(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    groups = Counter(int(problem.pair_group[pair]) for pair in schedule.pair)
    for group, count in groups.items():
        if group >= 0 and count > 1:
            yield Violation("one_of_a_group", f"{count} pairs of group {group} meet")


def _untranslated(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    spoken = Counter(
        (int(problem.pair_language[pair]), slot) for pair, slot, _ in schedule.meetings()
    )
    for (language, slot), count in spoken.items():
        if language >= 0 and count > problem.interpreters[language, slot]:
            text = f"{count} meetings need an interpreter of language {language} in slot {slot}"
            yield Violation("interpreters", text)


def _out_of_order(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    slot_of = {pair: slot for pair, slot, _ in schedule.meetings()}
    for first, later in problem.precedences:
        if first in slot_of and later in slot_of and slot_of[first] >= slot_of[later]:
            yield Violation("precedence", f"pair {first} does not meet before pair {later}")


def _without_rest(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    busy: dict[int, set[int]] = defaultdict(set)
    for pair, slot, _ in schedule.meetings():
        for person in problem.pairs[pair]:
            busy[int(problem.body[person])].add(slot)
    for person, most in enumerate(problem.most_in_a_row.tolist()):
        slots, in_a_row = busy[int(problem.body[person])], 0
        for slot, day in enumerate(problem.slot_day.tolist()):
            another_day = slot > 0 and day != problem.slot_day[slot - 1]
            in_a_row = 0 if slot not in slots else 1 if another_day else in_a_row + 1
            if in_a_row == most + 1:
                yield Violation("rest", f"person {person} has no rest before slot {slot}")
