"""What organisers drew on the grid, laid over what is published; what no longer fits stays out."""

from collections.abc import Callable, Mapping

Pair = tuple[int, int]
Cell = tuple[int, int]
Drawn = Mapping[Pair, Cell | None]
Claims = Callable[[Pair, Cell], set[tuple[str, int, int]]]
Test = Callable[[Pair, Cell], bool]


def laid_over(
    published: Mapping[Pair, Cell], drawn: Drawn, claims: Claims, is_lost: Test
) -> tuple[dict[Pair, Cell], dict[Pair, Cell]]:
    """Where each pair meets then; and what was drawn for pairs that are left where they were.

    Meanwhile people may have settled a meeting at the time or place that was drawn for another, or
    cannot come then. What is published goes first; a pair that falls back onto its own place may so
    push out the next. `claims` is what a meeting takes.
    """
    held, misfits = dict(drawn), dict[Pair, Cell]()
    while (misfit := _first_misfit(published, held, claims, is_lost)) is not None:
        pair, misfits[pair] = misfit
        del held[pair]
    both = {**published, **held}
    return {pair: cell for pair, cell in both.items() if cell is not None}, misfits


def _first_misfit(
    published: Mapping[Pair, Cell], held: Drawn, claims: Claims, is_lost: Test
) -> tuple[Pair, Cell] | None:
    wanted = {pair: cell for pair, cell in held.items() if cell and cell != published.get(pair)}
    slots = {slot_id for slot_id, _point_id in wanted.values()}
    taken = {
        claim
        for pair, cell in published.items()
        if cell[0] in slots and held.get(pair, cell) == cell
        for claim in claims(pair, cell)
    }
    for pair, cell in wanted.items():
        own = claims(pair, cell)
        if own & taken or is_lost(pair, cell):
            return pair, cell
        taken |= own
    return None
