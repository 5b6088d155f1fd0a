"""What a meeting is worth: the pairs of an event with the reasons that speak for them."""

import numpy as np

from matchmaker.matching.candidates import candidates, in_order, permitted_among
from matchmaker.matching.outcome import PairValue
from matchmaker.matching.reasons import Pairs, Stock, reasons_of
from matchmaker.matching.snapshot import Snapshot


def pair_values(snapshot: Snapshot) -> tuple[PairValue, ...]:
    """Every candidate pair with its reasons, in order of ids; those worth nothing are left out.

    A wish or an accepted request is worth something; what an organiser locked may be worth nothing.
    """
    firm = {frozenset((each.a, each.b)) for each in snapshot.settled if each.firm}
    return tuple(
        pair
        for pair in _valued(snapshot, candidates(snapshot))
        if pair.reasons or frozenset((pair.a, pair.b)) in firm
    )


def values_for(snapshot: Snapshot, reader: str, stock: Stock | None = None) -> dict[str, PairValue]:
    """What speaks for a meeting of `reader` with each other person the event lets them meet.

    `stock` is what meets what, by places in `in_order`, where that is known. Nobody's "no" changes
    anything here, neither who is there nor what is said, so that a page made of it cannot tell one.
    """
    people = in_order(snapshot.people)
    me = [person.id for person in people].index(reader)
    everybody = np.arange(len(people))
    others = np.flatnonzero(permitted_among(people, snapshot.settings, np.array([me]), everybody))
    pairs = np.sort(np.column_stack([np.full_like(others, me), others]), axis=1)
    return {
        pair.b if pair.a == reader else pair.a: pair for pair in _valued(snapshot, pairs, stock)
    }


def _valued(snapshot: Snapshot, pairs: Pairs, stock: Stock | None = None) -> list[PairValue]:
    people = in_order(snapshot.people)
    ids = [person.id for person in people]
    reasons = reasons_of(snapshot, people, pairs, stock)
    return [
        PairValue(ids[a], ids[b], why) for (a, b), why in zip(pairs.tolist(), reasons, strict=True)
    ]
