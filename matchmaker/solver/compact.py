"""Compact: the slots for given meetings that leave the fewest breaks, with the proof."""

import json
import math
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace

import numpy as np

from matchmaker.solver.breaks_bound import forced_breaks
from matchmaker.solver.conflict import Conflict, conflict_of_one
from matchmaker.solver.first import first_timetable
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.polish import Finding, timetable
from matchmaker.solver.problem import IntArray
from matchmaker.solver.progress import Run

CONFLICT_SECONDS = 5.0  # for naming the rules that leave no timetable
HEARTBEAT = 0.05  # seconds between two looks at the stop criterion
HEAD_START = 3.0  # seconds before the search from above joins; most instances end earlier


@dataclass(frozen=True, eq=False)
class Compacted:
    """`slots` int[M] with `breaks` of them, `None` where none was found; no timetable has fewer
    breaks than `bound`. Where there is none at all, `conflict` says which rules leave none."""

    slots: IntArray | None
    breaks: int | None
    bound: int
    infeasible: bool = False
    conflict: Conflict | None = None

    @property
    def optimal(self) -> bool:
        return self.breaks == self.bound

    def after(self, finding: Finding) -> "Compacted":
        """With what a search has learnt."""
        if "infeasible" in finding:
            return replace(self, infeasible=True)
        if "conflict" in finding:
            conflict = Conflict(tuple(finding["conflict"]), finding["minimal"])
            return replace(self, conflict=conflict)
        if "bound" in finding:
            return replace(self, bound=max(self.bound, finding["bound"]))
        if self.breaks is not None and finding["breaks"] > self.breaks:
            return self
        slots = np.array(finding["slots"], dtype=np.int64)
        return replace(self, slots=slots, breaks=finding["breaks"])


def compact(given: GivenMeetings, run: Run, *, most_each: int | None = None) -> Compacted:
    """The fewest breaks, at most `most_each` a person, or the best found before the stop.

    What placing finds at once is there to show first. Then two searches run side by side. The one
    from below ends with the optimum and, as nothing but the instance steers it, always with the
    same timetable; the one from above has ever better ones. Only a run that is stopped early
    depends on the second.
    """
    best = Compacted(slots=None, breaks=None, bound=forced_breaks(given) or 0)
    placed = None if run.over() else first_timetable(given, run)
    if placed is None and (conflict := conflict_of_one(given)) is not None:
        return replace(best, infeasible=True, conflict=conflict)
    if placed is not None and (first := timetable(given, placed, most_each)) is not None:
        best = best.after(first)
    if best.optimal or run.over():
        return best
    start, known = None if placed is None else placed.tolist(), math.inf
    with ExitStack() as searches:
        news: queue.SimpleQueue[tuple[str, Finding | None]] = queue.SimpleQueue()
        began, joined = run.effort.seconds, False
        searches.enter_context(_search(given, most_each, "rise", None, news))
        while not run.over():
            if not joined and run.effort.seconds - began > HEAD_START:
                searches.enter_context(_search(given, most_each, "halve", start, news))
                joined = True
            for strategy, finding in _arrived(news):
                best = best if finding is None else best.after(finding)
                run.tell("compact", best.breaks or 0, 0.5)
                if strategy == "rise" and (finding is None or "slots" in finding):
                    return best
            if best.infeasible:
                known = min(known, run.effort.seconds)
                if run.effort.seconds - known > CONFLICT_SECONDS:
                    return best
    return best


def _arrived(
    news: "queue.SimpleQueue[tuple[str, Finding | None]]",
) -> Iterator[tuple[str, Finding | None]]:
    try:
        yield news.get(timeout=HEARTBEAT)
    except queue.Empty:
        return


@contextmanager
def _search(
    given: GivenMeetings,
    most_each: int | None,
    strategy: str,
    start: list[int] | None,
    news: "queue.SimpleQueue[tuple[str, Finding | None]]",
) -> Iterator[None]:
    """A process that searches until the block ends; `None` follows its last finding."""
    order = {
        "given": given.to_plain(),
        "most_each": most_each,
        "strategy": strategy,
        "start": start,
    }
    command = [sys.executable, "-m", "matchmaker.solver.prover"]
    with subprocess.Popen(  # noqa: S603 - our own module, nothing from outside
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        listener = threading.Thread(target=_listen, args=(process, order, strategy, news))
        listener.start()
        try:
            yield
        finally:
            process.kill()
            listener.join()


def _listen(
    process: "subprocess.Popen[str]",
    order: dict[str, object],
    strategy: str,
    news: "queue.SimpleQueue[tuple[str, Finding | None]]",
) -> None:
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise RuntimeError("The proving process was started without pipes.")
    with suppress(BrokenPipeError), stdin:  # a run may stop before the process has read it all
        stdin.write(json.dumps(order))
    for line in stdout:
        news.put((strategy, json.loads(line)))
    news.put((strategy, None))
