"""The diminishing extra of a person's next meetings, as columns of a linear model."""

from dataclasses import dataclass

import numpy as np

from matchmaker.solver.problem import IntArray


@dataclass(frozen=True, eq=False)
class Steps:
    """One column for each further meeting of a person that still adds something."""

    person: IntArray
    gain: IntArray

    def __len__(self) -> int:
        return len(self.person)


def steps(gains: IntArray, held: IntArray) -> Steps:
    """The steps open to people who hold `held` int[P] meetings already; gains is int[P, L]."""
    further = np.arange(gains.shape[1]) >= held[:, None]
    person, k = np.nonzero(further & (gains > 0))
    return Steps(person.astype(np.int64), gains[person, k])
