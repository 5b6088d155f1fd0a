"""The whole act: what meetings are worth, which are held when and where, and how good that is."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from matchmaker.matching.figures import report_of
from matchmaker.matching.outcome import Outcome
from matchmaker.matching.snapshot import Snapshot, Stay
from matchmaker.matching.translate import (
    Translation,
    meetings_of,
    params_of,
    previous_of,
    translate,
    unplaced_of,
)
from matchmaker.matching.value import pair_values
from matchmaker.solver import (
    AfterSeconds,
    FirstOf,
    Progress,
    Result,
    Schedule,
    Stop,
    WhenAsked,
    bound_on_value,
    repair,
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
    previous = previous_of(snapshot.published, translation)
    left = None if seconds is None else seconds - (time.perf_counter() - started)
    result = _solved(
        translation,
        previous,
        snapshot.stay,
        stop=_stop(left, should_stop),
        seed=seed,
        params=params_of(snapshot.settings.goals),
        progress=lambda now: tell(now.stage, now.value, now.bound, SOLVED * now.fraction),
    )
    _insist(result)
    tell("explain", result.value, result.bound, SOLVED)
    hurry = _hurry(started, seconds, should_stop)
    meetings, unplaced = meetings_of(translation, result), unplaced_of(translation, result, hurry)
    report = report_of(snapshot, translation, result, previous, started=started, hurry=hurry)
    tell("done", result.value, result.bound, 1.0)
    return Outcome(meetings, unplaced, report)


def _nobody(stage: str, value: int, bound: int | None, fraction: float) -> None:
    pass


def _solved(
    translation: Translation,
    previous: Schedule,
    stay: Stay,
    *,
    progress: Callable[[Progress], None],
    **how: Any,
) -> Result:
    """Of what was published is kept: nothing, what costs no value, or all that can be kept."""
    problem = translation.problem
    if stay == "most" and len(previous):
        repaired = repair(problem, previous, progress=progress, **how).result
        return replace(repaired, bound=bound_on_value(problem, how["params"]))
    kept = previous if stay == "free" and len(previous) else None
    return solve(problem, progress=progress, previous=kept, **how)


def _stop(seconds: float | None, should_stop: Callable[[], bool] | None) -> Stop:
    stops: list[Stop] = []
    if seconds is not None:
        stops.append(AfterSeconds(seconds))
    if should_stop is not None:
        stops.append(WhenAsked(should_stop))
    return FirstOf(tuple(stops))


def _hurry(
    started: float, seconds: float | None, should_stop: Callable[[], bool] | None
) -> Callable[[], bool]:
    """Whether the time is over, so that what can be left out is left out."""

    def over() -> bool:
        late = seconds is not None and time.perf_counter() - started > seconds
        return late or (should_stop is not None and should_stop())

    return over


def _insist(result: Result) -> None:
    if result.violations:
        texts = "; ".join(violation.text for violation in result.violations)
        raise BrokenScheduleError(f"The schedule breaks its own rules: {texts}.")
