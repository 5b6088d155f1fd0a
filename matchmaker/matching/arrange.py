"""The whole act: what meetings are worth, which are held when and where, and how good that is."""

import time
from collections.abc import Callable

import numpy as np

from matchmaker.matching.candidates import candidates
from matchmaker.matching.outcome import Outcome, Report
from matchmaker.matching.snapshot import Snapshot
from matchmaker.matching.translate import Translation, meetings_of, translate, unplaced_of
from matchmaker.matching.value import pair_values
from matchmaker.solver import (
    AfterSeconds,
    FirstOf,
    Params,
    Result,
    Stop,
    WhenAsked,
    solve,
)

Listener = Callable[[str, int, int | None, float], None]

SOLVED = 0.9  # the share of the work that is done when only the explanations are left


class BrokenScheduleError(RuntimeError):
    """The verifier found a rule broken, so the schedule must not be used: a fault of ours."""


def arrange(
    snapshot: Snapshot,
    *,
    seed: int = 0,
    seconds: float | None = None,
    progress: Listener | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The best meetings found; without `seconds`, the same on every machine.

    `progress` is told the stage, the value and bound so far, and how much of the work is done.
    Stopped by `seconds` or `should_stop`, it returns the best so far. Raises
    `BrokenScheduleError` rather than return a schedule that breaks a rule.
    """
    started = time.perf_counter()
    tell = progress or _nobody
    tell("value", 0, None, 0.0)
    translation = translate(snapshot, pair_values(snapshot))
    left = None if seconds is None else seconds - (time.perf_counter() - started)
    result = solve(
        translation.problem,
        stop=_stop(left, should_stop),
        seed=seed,
        params=Params(),
        progress=lambda now: tell(now.stage, now.value, now.bound, SOLVED * now.fraction),
    )
    _insist(result)
    tell("explain", result.value, result.bound, SOLVED)
    meetings, unplaced = meetings_of(translation, result), unplaced_of(translation, result)
    tell("done", result.value, result.bound, 1.0)
    return Outcome(meetings, unplaced, _report(snapshot, translation, result, started))


def _nobody(stage: str, value: int, bound: int | None, fraction: float) -> None:
    pass


def _stop(seconds: float | None, should_stop: Callable[[], bool] | None) -> Stop:
    stops: list[Stop] = []
    if seconds is not None:
        stops.append(AfterSeconds(seconds))
    if should_stop is not None:
        stops.append(WhenAsked(should_stop))
    return FirstOf(tuple(stops))


def _insist(result: Result) -> None:
    if result.violations:
        texts = "; ".join(violation.text for violation in result.violations)
        raise BrokenScheduleError(f"The schedule breaks its own rules: {texts}.")


def _report(snapshot: Snapshot, translation: Translation, result: Result, started: float) -> Report:
    met = np.unique(translation.problem.pairs[result.schedule.pair])
    return Report(
        participants=len(snapshot.people),
        pairs=int(candidates(snapshot).sum()),
        meetings=len(result.schedule),
        pair_value=result.terms.pair_value,
        value=result.value,
        bound=result.bound,
        gap=result.gap,
        breaks=result.breaks,
        without_meeting=len(snapshot.people) - len(met),
        seconds=round(time.perf_counter() - started, 3),
    )
