"""Who arrives late, leaves early, stays one day only or goes on a visit of their own."""

from collections.abc import Sequence
from random import Random

from matchmaker.matching.snapshot import Block, Interval

LATE, EARLY, WEDNESDAY_ONLY, THURSDAY_ONLY, VISITORS = 9, 10, 6, 4, 5


def draw_absences(
    ids: Sequence[str], blocks: tuple[Block, ...], seed: int
) -> dict[str, tuple[Interval, ...]]:
    """The absences of those who have one, all of different people."""
    rng = Random(f"{seed}:absences")  # noqa: S311 - a fixed seed is wanted, not secrecy
    wednesday, thursday = (tuple(block.slots()) for block in blocks)
    stretches = [
        *(_stretch(wednesday[: rng.randint(2, 6)]) for _ in range(LATE)),
        *(_stretch(thursday[-rng.randint(2, 5) :]) for _ in range(EARLY)),
        *[_stretch(thursday)] * WEDNESDAY_ONLY,
        *[_stretch(wednesday)] * THURSDAY_ONLY,
        *[_stretch(wednesday[4:8])] * VISITORS,
    ]
    people = rng.sample(ids, len(stretches))
    return {person: (stretch,) for person, stretch in zip(people, stretches, strict=True)}


def _stretch(slots: Sequence[Interval]) -> Interval:
    return Interval(slots[0].start, slots[-1].end)
