"""The process that proves: searches with a SAT solver and writes what it learns, line by line.

A process of its own, because the SAT solver cannot be interrupted but a process can be ended.
"""

import json
import os
import sys
from collections.abc import Iterator

import numpy as np
from pysat.card import ITotalizer
from pysat.solvers import Solver

from matchmaker.solver.breaks_bound import forced_breaks
from matchmaker.solver.breaks_model import BreaksModel
from matchmaker.solver.conflict import conflicts
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.polish import Finding, polish, timetable

ENGINE = "cadical153"
GIVING_WAY = 10  # on a busy machine the search that proves comes first
REACH = 16  # how far above the proven bound a search may aim; counters grow with it


class Prover:
    """Asks again and again for a timetable with at most so many breaks, keeping what it learnt."""

    def __init__(self, given: GivenMeetings, most_each: int | None, bound: int) -> None:
        self.bound, self.most_each = bound, most_each
        self.impossible = False
        self.model = BreaksModel(given, most_each)
        self.engine = Solver(name=ENGINE, bootstrap_with=self.model.clauses.clauses)
        self.counter: ITotalizer | None = None

    def possible(self) -> bool:
        """Whether there is any timetable at all."""
        self.impossible = not self.engine.solve()
        return not self.impossible

    def at_most(self, breaks: int) -> bool:
        """Whether there is a timetable with at most so many; where not, the bound rises."""
        if breaks >= len(self.model.breaks):
            return self.possible()
        found = bool(self.engine.solve(assumptions=[-self._counted(breaks)]))
        if not found:
            self.bound = max(self.bound, breaks + 1)
            self.impossible = not self.engine.get_core()
        return found

    def finding(self) -> Finding:
        true = {literal for literal in self.engine.get_model() if literal > 0}
        breaks = sum(literal in true for literal in self.model.breaks)
        return {"breaks": breaks, "slots": self.model.slots(true)}

    def _counted(self, breaks: int) -> int:
        """The variable that holds where there are more breaks than so many."""
        highest = min(max(breaks, self.bound) + REACH, len(self.model.breaks))
        if self.counter is None:
            top = self.model.clauses.top
            self.counter = ITotalizer(lits=self.model.breaks, ubound=highest, top_id=top)
            self.engine.append_formula(self.counter.cnf.clauses)
        elif breaks >= len(self.counter.rhs):
            self.counter.increase(ubound=highest)
            self.engine.append_formula(self.counter.cnf.clauses[-self.counter.nof_new :])
        return int(self.counter.rhs[breaks])


def rise(prover: Prover) -> Iterator[Finding]:
    """From the bound upward: the first timetable found is the best there is."""
    while not prover.at_most(prover.bound):
        if prover.impossible:
            yield {"infeasible": True}
            return
        yield {"bound": prover.bound}
    yield prover.finding()


def halve(prover: Prover, best: Finding | None) -> Iterator[Finding]:
    """From any timetable downward, aiming between the best and the bound."""
    if best is None:
        if not prover.possible():
            yield {"infeasible": True}
            return
        best = prover.finding()
        yield best
        start = best["slots"]
        for best in polish(prover.model.given, start, prover.bound, prover.most_each):
            yield best
    while best["breaks"] > prover.bound:
        aim = min((prover.bound + best["breaks"]) // 2, prover.bound + REACH - 1)
        if prover.at_most(aim):
            best = prover.finding()
            yield best
        else:
            yield {"bound": prover.bound}


def search(
    given: GivenMeetings, most_each: int | None, strategy: str, start: list[int] | None
) -> Iterator[Finding]:
    """What a search learns; the one from above polishes the timetable it starts from first."""
    bound, best = forced_breaks(given) or 0, None
    yield {"bound": bound}
    if strategy == "halve" and start is not None:
        best = timetable(given, np.array(start, dtype=np.int64), most_each)
        for best in polish(given, start, bound, most_each):
            yield best
    prover = Prover(given, most_each, bound)
    yield from rise(prover) if strategy == "rise" else halve(prover, best)


def findings(
    given: GivenMeetings, most_each: int | None, strategy: str, start: list[int] | None = None
) -> Iterator[Finding]:
    """What a search learns, ending with the best timetable, or the rules that leave none.

    Every meeting has a slot, and every person as many as meetings. The strategies are "rise", from
    below, and "halve", from above, if possible from the timetable `start`.
    """
    for finding in search(given, most_each, strategy, start):
        yield finding
        if "infeasible" in finding:
            yield from (
                {"conflict": conflict.rules, "minimal": conflict.minimal}
                for conflict in conflicts(given, most_each)
            )


def main() -> None:
    """Read one order from standard input, write the findings to standard output."""
    order = json.load(sys.stdin)
    if order["strategy"] == "halve" and hasattr(os, "nice"):
        os.nice(GIVING_WAY)
    given = GivenMeetings.from_plain(order["given"])
    for finding in findings(given, order["most_each"], order["strategy"], order["start"]):
        sys.stdout.write(json.dumps(finding) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
