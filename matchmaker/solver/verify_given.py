"""The independent check of a timetable for given meetings, without the search's own code."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.verify import Violation

Row = tuple[int, int, int]  # meeting, slot, point


def verify_given(
    given: GivenMeetings, rows: Sequence[Row], *, most_each: int | None
) -> list[Violation]:
    """Every broken rule, `most_each` breaks a person included; none if it may be used."""
    strangers = list(_unknown(given, rows))
    if strangers:
        return strangers
    return [
        *_not_once(given, rows),
        *_twice(given, rows),
        *_unusable(given, rows),
        *_out_of_order(given, rows),
        *_unfair(given, rows, most_each),
    ]


def breaks_of_people(given: GivenMeetings, rows: Sequence[Row]) -> list[int]:
    """Each person's runs of idle slots between two meetings of one day."""
    slots: list[set[int]] = [set() for _ in range(given.people)]
    for meeting, slot, _ in rows:
        for person in given.pairs[meeting]:
            slots[person].add(slot)
    return [_breaks(sorted(busy), given.slot_day.tolist()) for busy in slots]


def _breaks(busy: list[int], day: list[int]) -> int:
    return sum(day[now] == day[then] and then > now + 1 for now, then in pairwise(busy))


def _unknown(given: GivenMeetings, rows: Sequence[Row]) -> Iterator[Violation]:
    for meeting, slot, point in rows:
        if not 0 <= meeting < len(given.pairs):
            yield Violation("unknown", f"meeting {meeting + 1} does not exist")
        if not 0 <= slot < len(given.capacity):
            yield Violation("unknown", f"slot {slot + 1} does not exist")
        elif not 0 <= point < given.capacity[slot]:
            yield Violation("unknown", f"point {point + 1} does not exist in slot {slot + 1}")


def _not_once(given: GivenMeetings, rows: Sequence[Row]) -> Iterator[Violation]:
    times = Counter(meeting for meeting, _, _ in rows)
    for meeting in range(len(given.pairs)):
        if times[meeting] != 1:
            yield Violation("meets_once", f"meeting {meeting + 1} is held {times[meeting]} times")


def _twice(given: GivenMeetings, rows: Sequence[Row]) -> Iterator[Violation]:
    seen: Counter[tuple[str, str]] = Counter()
    for meeting, slot, point in rows:
        seen["one_at_a_point", f"point {point + 1} in slot {slot + 1}"] += 1
        for person in given.pairs[meeting]:
            seen["one_at_a_time", f"person {person + 1} in slot {slot + 1}"] += 1
    for (rule, where), times in seen.items():
        if times > 1:
            yield Violation(rule, f"{where} has {times} meetings")


def _unusable(given: GivenMeetings, rows: Sequence[Row]) -> Iterator[Violation]:
    for meeting, slot, _ in rows:
        if not given.usable[meeting, slot]:
            yield Violation("available", f"meeting {meeting + 1} may not use slot {slot + 1}")


def _out_of_order(given: GivenMeetings, rows: Sequence[Row]) -> Iterator[Violation]:
    slot_of = {meeting: slot for meeting, slot, _ in rows}
    for first, second in given.precedences:
        if first in slot_of and second in slot_of and slot_of[first] >= slot_of[second]:
            text = f"meeting {first + 1} does not come before meeting {second + 1}"
            yield Violation("precedence", text)


def _unfair(
    given: GivenMeetings, rows: Sequence[Row], most_each: int | None
) -> Iterator[Violation]:
    if most_each is None:
        return
    for person, breaks in enumerate(breaks_of_people(given, rows)):
        if breaks > most_each:
            text = f"person {person + 1} has {breaks} breaks, not {most_each}"
            yield Violation("fairness", text)
