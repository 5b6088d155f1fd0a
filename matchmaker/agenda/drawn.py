"""What organisers drew on the grid, laid over what is published; what no longer fits stays out."""

from collections.abc import Callable, Mapping

Pair = tuple[int, int]
Cell = tuple[int, int]
Drawn = Mapping[Pair, Cell | None]
Claims = Callable[[Pair, Cell], set[tuple[str, int, int]]]
IsLost = Callable[[Pair, Cell | None], bool]


def laid_over(
    published: Mapping[Pair, Cell], drawn: Drawn, claims: Claims, is_lost: IsLost
) -> tuple[dict[Pair, Cell], list[Pair]]:
    """Where each pair meets then; and the pairs that are left where they were.

    Meanwhile people may have settled a meeting at the time or place that was drawn for another, or
    cannot come then, or the meeting has begun. What is published goes first; a pair that falls back
    onto its own place may so push out the next. `claims` is what a meeting takes.
    """
    held, misfits = dict(drawn), list[Pair]()
    while (misfit := _first_misfit(published, held, claims, is_lost)) is not None:
        misfits.append(misfit)
        del held[misfit]
    both = {**published, **held}
    return {pair: cell for pair, cell in both.items() if cell is not None}, misfits


def _first_misfit(
    published: Mapping[Pair, Cell], held: Drawn, claims: Claims, is_lost: IsLost
) -> Pair | None:
    wanted = {pair: cell for pair, cell in held.items() if cell != published.get(pair)}
    slots = {cell[0] for cell in wanted.values() if cell}
    taken = {
        claim
        for pair, cell in published.items()
        if cell[0] in slots and held.get(pair, cell) == cell
        for claim in claims(pair, cell)
    }
    for pair, cell in wanted.items():
        own = claims(pair, cell) if cell else set()
        if own & taken or is_lost(pair, cell):
            return pair
        taken |= own
    return None
