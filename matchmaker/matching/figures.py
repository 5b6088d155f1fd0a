"""The figures of a run: how good it is, part by part, and what more of something would add."""

import math
import time
from collections.abc import Callable

import numpy as np

from matchmaker.matching.candidates import candidates
from matchmaker.matching.outcome import More, Report, Scarce, Term
from matchmaker.matching.snapshot import Snapshot
from matchmaker.matching.translate import Translation
from matchmaker.solver import Result, Schedule, scarcest, term_bounds, what_more_would_add

NO_LIMIT = math.inf  # but that of nodes: a report is the same on every machine
MOST_PAIRS = 12_000  # beyond, what more would add takes longer than it is worth
MOST_NAMED = 5


def report_of(
    snapshot: Snapshot,
    translation: Translation,
    result: Result,
    previous: Schedule,
    *,
    started: float,
    hurry: Callable[[], bool],
) -> Report:
    problem = translation.problem
    met = np.unique(problem.pairs[result.schedule.pair])
    slow = hurry() or len(problem.pairs) > MOST_PAIRS
    return Report(
        participants=len(snapshot.people),
        pairs=len(candidates(snapshot)),
        meetings=len(result.schedule),
        pair_value=result.terms.pair_value,
        value=result.value,
        bound=result.bound,
        gap=result.gap,
        breaks=result.breaks,
        without_meeting=len(snapshot.people) - len(met),
        published=len(snapshot.published),
        kept=_kept(result.schedule, previous),
        terms=_terms(translation, result, slow=slow),
        more=() if slow else _more(translation, result),
        scarce=() if slow else _scarce(translation, result),
        seconds=round(time.perf_counter() - started, 3),
    )


def _kept(schedule: Schedule, previous: Schedule) -> int:
    return len({m[:2] for m in schedule.meetings()} & {m[:2] for m in previous.meetings()})


def _terms(translation: Translation, result: Result, *, slow: bool) -> tuple[Term, ...]:
    terms = result.terms
    bounds: dict[str, int] = {}
    if not slow:
        found = term_bounds(translation.problem, result, seconds=NO_LIMIT)
        bounds = {term.name: term.bound for term in found}
    changes = _point_changes(translation, result.schedule)
    return (
        Term("pair_value", terms.pair_value, bounds.get("pair_value")),
        Term("sharing", terms.sharing, bounds.get("sharing")),
        Term("promises", terms.promises, bounds.get("promises")),
        Term("breaks", result.breaks, result.breaks_bound),
        Term("point_changes", changes, None),
    )


def _point_changes(translation: Translation, schedule: Schedule) -> int:
    """How often somebody goes from one meeting point to another within a day."""
    problem, last, changes = translation.problem, dict[int, tuple[int, int]](), 0
    for pair, slot, point in schedule.meetings():
        day = int(problem.slot_day[slot])
        for body in problem.pair_bodies[pair].tolist():
            before = last.get(body, (day, point))
            changes += before[0] == day and before[1] != point
            last[body] = (day, point)
    return changes


def _more(translation: Translation, result: Result) -> tuple[More, ...]:
    found = what_more_would_add(translation.problem, result, seconds=NO_LIMIT)
    return tuple(More(each.resource, each.found, each.proved) for each in found)


def _scarce(translation: Translation, result: Result) -> tuple[Scarce, ...]:
    found = scarcest(translation.problem, result.params, MOST_NAMED)
    return tuple(Scarce(translation.people[person].id, adds) for person, adds in found)
