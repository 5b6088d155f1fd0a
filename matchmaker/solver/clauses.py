"""Clauses for a SAT solver, written in terms of what must hold."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from typing import Any

from pysat.card import CardEnc, EncType


class Clauses:
    """A growing formula; a literal is a variable's number, negative where it must be false."""

    def __init__(self) -> None:
        self.top = 0
        self.clauses: list[list[int]] = []

    def new(self) -> int:
        self.top += 1
        return self.top

    def add(self, *literals: int) -> None:
        """At least one of these holds."""
        self.clauses.append(list(literals))

    def imply(self, condition: int, *consequences: int) -> None:
        """Where the condition holds, at least one of the consequences does."""
        self.clauses.append([-condition, *consequences])

    def at_most_one(self, literals: Sequence[int]) -> None:
        self.clauses.extend([-a, -b] for a, b in combinations(literals, 2))

    def any_of(self, literals: Sequence[int]) -> int:
        """A variable that holds just where one of the literals does."""
        result = self.new()
        for literal in literals:
            self.imply(literal, result)
        self.imply(result, *literals)
        return result

    def prefixes(self, literals: Sequence[int | None]) -> list[int]:
        """For each place, whether any literal up to it holds; `None` stands for one that cannot."""
        prefixes: list[int] = []
        for literal in literals:
            prefixes.append(self.any_of(prefixes[-1:] + ([] if literal is None else [literal])))
        return prefixes

    @contextmanager
    def only_if(self, condition: int) -> Iterator[None]:
        """What is added inside need only hold where the condition does."""
        start = len(self.clauses)
        yield
        for clause in self.clauses[start:]:
            clause.append(-condition)

    def at_most(self, literals: Sequence[int], limit: int) -> None:
        if limit < len(literals):
            self._count(CardEnc.atmost, literals, limit, EncType.seqcounter)

    def at_most_sorted(self, literals: Sequence[int], limit: int) -> None:
        """The same by a network, smaller where the limit is large."""
        if limit < len(literals):
            self._count(CardEnc.atmost, literals, limit, EncType.cardnetwrk)

    def exactly(self, literals: Sequence[int], number: int) -> None:
        if number > len(literals):
            self.add()
        elif number == len(literals):
            self.clauses.extend([literal] for literal in literals)
        else:
            self._count(CardEnc.equals, literals, number, EncType.cardnetwrk)

    def _count(
        self, kind: Callable[..., Any], literals: Sequence[int], number: int, encoding: int
    ) -> None:
        formula = kind(lits=list(literals), bound=number, top_id=self.top, encoding=encoding)
        self.clauses.extend(formula.clauses)
        self.top = max(self.top, formula.nv)
