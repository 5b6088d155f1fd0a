"""What makes a problem one that cannot be: the first thing wrong, in a sentence."""

from typing import TYPE_CHECKING, Any

import numpy as np

from matchmaker.solver.locked_checks import check_locked

if TYPE_CHECKING:
    from matchmaker.solver.problem import Problem

LARGEST_VALUE = 1_000_000  # sums stay exact in the floating point of the engines


def check(problem: "Problem") -> None:
    """Raises `ValueError`."""
    _check_shapes(problem)
    _check_pairs(problem)
    _check_numbers(problem)
    _check_precedences(problem)
    check_locked(problem)


def _check_shapes(problem: "Problem") -> None:
    if problem.point_open.shape[1] != problem.slots:
        raise ValueError(
            f"point_open has {problem.point_open.shape[1]} slots, available {problem.slots}."
        )
    if problem.pair_slots.shape != (len(problem.pairs), problem.slots):
        raise ValueError(
            f"pair_slots has the shape {problem.pair_slots.shape}; "
            f"it needs {(len(problem.pairs), problem.slots)}."
        )
    if problem.interpreters.shape[1] != problem.slots:
        raise ValueError(
            f"interpreters has {problem.interpreters.shape[1]} slots, available {problem.slots}."
        )


def _check_pairs(problem: "Problem") -> None:
    pairs = problem.pairs
    if np.any(pairs < 0) or np.any(pairs >= problem.people):
        raise ValueError(f"pairs names a person outside 0..{problem.people - 1}.")
    _refuse(pairs[:, 0] >= pairs[:, 1], "pair {} is not written lower number first")
    _refuse(problem.body < 0, "person {} has a negative body")
    shared = problem.pair_bodies
    _refuse(shared[:, 0] == shared[:, 1], "pair {} is of one human being with themselves")
    if len(np.unique(pairs, axis=0)) != len(pairs):
        raise ValueError("pairs holds the same pair twice.")
    languages = len(problem.interpreters)
    _refuse(problem.pair_language >= languages, "pair {} needs interpreters of whom none are given")


def _check_numbers(problem: "Problem") -> None:
    values = problem.values
    _refuse(values <= 0, "pair {} has a value that is not positive")
    _refuse(values > LARGEST_VALUE, f"pair {{}} has a value over {LARGEST_VALUE}")
    _refuse(problem.max_meetings < 0, "person {} has a negative max_meetings")
    _refuse(problem.min_meetings < 0, "person {} has a negative min_meetings")
    _refuse(problem.most_in_a_row < 1, "person {} has a most_in_a_row below 1")
    _refuse(np.any(problem.interpreters < 0, axis=1), "language {} has a negative interpreters")
    _refuse(np.diff(problem.slot_day) < 0, "slot_day goes back after slot {}")


def _refuse(wrong: Any, sentence: str) -> None:
    if np.any(wrong):
        raise ValueError(sentence.format(int(np.flatnonzero(wrong)[0])) + ".")


def _check_precedences(problem: "Problem") -> None:
    for number, (first, later) in enumerate(problem.precedences):
        if not 0 <= min(first, later) <= max(first, later) < len(problem.pairs):
            raise ValueError(
                f"precedence {number} names a pair outside 0..{len(problem.pairs) - 1}."
            )
        if first == later:
            raise ValueError(f"precedence {number} puts a pair before itself.")
