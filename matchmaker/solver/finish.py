"""The last stages, whatever found the meetings: compact, seat, verify, and say how good it is."""

from dataclasses import dataclass

import numpy as np

from matchmaker.solver.aim import Aim, Placing
from matchmaker.solver.anneal import anneal
from matchmaker.solver.breaks_bound import forced_breaks
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.objective import measure
from matchmaker.solver.problem import IntArray, Problem
from matchmaker.solver.progress import Run
from matchmaker.solver.result import Result
from matchmaker.solver.schedule import count_breaks
from matchmaker.solver.seat import seat
from matchmaker.solver.verify import verify

SEATING = 1.5e-4  # seconds of the clock left for each meeting's point and its check
TRIES_A_MEETING = 1000  # of compacting; three times as many gained a break or two in measurements


@dataclass(frozen=True, eq=False)
class Finish:
    """`aim` may number people and pairs its own way: its pair i is `numbers[i]` of `given`."""

    given: Problem
    numbers: IntArray
    aim: Aim
    seed: int
    run: Run

    def result(self, slots: Placing, bound: int) -> Result:
        given, run, params = self.given, self.run, self.aim.params
        run.tell("compact", self.aim.value(slots), 0.9)
        with run.stage("compact"):
            slots, breaks_bound = self._compacted(slots)
        with run.stage("seat"):
            schedule = seat(self.aim.problem, slots, self.aim.keep).renumbered(self.numbers)
        with run.stage("verify"):
            violations = tuple(verify(given, schedule))
            terms = measure(given, params, schedule.pair)
        run.tell("verify", terms.value, 1.0)
        return Result(
            schedule=schedule,
            terms=terms,
            bound=bound,
            person_breaks=count_breaks(given, schedule),
            breaks_bound=breaks_bound,
            seed=self.seed,
            params=params,
            seconds=run.seconds,
            violations=violations,
        )

    def _compacted(self, slots: Placing) -> tuple[Placing, int]:
        """The same pairs in slots with fewer breaks, and the fewest that are to be hoped for.

        A meeting that has kept its slot so far stays there.
        """
        params, placed = self.aim.params, np.flatnonzero(slots >= 0)
        given = GivenMeetings.of(self.aim.problem, placed)
        kept = np.flatnonzero(slots[placed] == self.aim.keep.home[placed])
        staying = given.staying(kept, slots[placed])
        tries = min(params.compact_tries, TRIES_A_MEETING * (len(placed) - len(kept)))
        compacted = slots.copy()
        compacted[placed] = anneal(
            staying,
            slots[placed],
            self.run,
            tries=tries,
            fair=params.fair_breaks,
            seed=self.seed,
            reserve=SEATING * len(placed),
        )
        return compacted, forced_breaks(given) or 0
