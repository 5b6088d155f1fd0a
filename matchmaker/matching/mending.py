"""Repair: what was published, mended for what has happened since, in two or three ways."""

import time
from collections.abc import Callable
from dataclasses import replace

from matchmaker.matching.arrange import BrokenScheduleError, Listener
from matchmaker.matching.figures import report_of
from matchmaker.matching.outcome import Outcome
from matchmaker.matching.snapshot import Snapshot
from matchmaker.matching.translate import (
    Translation,
    meetings_of,
    params_of,
    previous_of,
    translate,
)
from matchmaker.matching.value import pair_values
from matchmaker.solver import (
    Never,
    Progress,
    Repaired,
    Schedule,
    Stop,
    WhenAsked,
    repair_choices,
)


def mend(
    snapshot: Snapshot,
    *,
    seed: int = 0,
    progress: Listener | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The way with the fewest changes; `others` change more and are worth more, best last."""
    started = time.perf_counter()
    translation = translate(snapshot, pair_values(snapshot))
    previous = previous_of(snapshot.published, translation)
    stop: Stop = WhenAsked(should_stop) if should_stop else Never()
    choices = repair_choices(
        translation.problem,
        previous,
        stop=stop,
        seed=seed,
        params=params_of(snapshot.settings.goals),
        progress=_listener(progress),
    )
    first, *others = (_outcome(snapshot, translation, previous, c, started) for c in choices)
    return replace(first, others=tuple(others))


def _listener(progress: Listener | None) -> Callable[[Progress], None] | None:
    if progress is None:
        return None
    return lambda now: progress(now.stage, now.value, now.bound, now.fraction)


def _outcome(
    snapshot: Snapshot,
    translation: Translation,
    previous: Schedule,
    repaired: Repaired,
    started: float,
) -> Outcome:
    """Meetings whose people, time or place are gone altogether change in every way there is."""
    if repaired.result.violations:
        texts = "; ".join(violation.text for violation in repaired.result.violations)
        raise BrokenScheduleError(f"The schedule breaks its own rules: {texts}.")
    gone = len(snapshot.published) - len(previous)
    report = report_of(
        snapshot, translation, repaired.result, previous, started=started, hurry=lambda: True
    )
    report = replace(report, changes=repaired.changes + gone, fewest=repaired.fewest + gone)
    return Outcome(meetings_of(translation, repaired.result), (), report)
