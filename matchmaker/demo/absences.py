"""Who arrives late, leaves early, stays one day only; and who attends which session."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from matchmaker.matching.snapshot import Block, Interval, Person, Session

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


def draw_visits(
    people: Sequence[Person], sessions: Sequence[Session], seed: int
) -> tuple[Person, ...]:
    """Who is away for just as long as a visit is on it; a third choose one or two of the rest."""
    rng = Random(f"{seed}:sessions")  # noqa: S311 - as above
    visits = {each.takes: each.id for each in sessions if each.travel_minutes}
    names = [each.id for each in sessions if each.id and not each.travel_minutes]
    chosen = {
        person.id: set(rng.sample(names, rng.choice((1, 2))))
        for person in rng.sample(people, len(people) // 3)
    }
    return tuple(_with_sessions(each, visits, names, chosen.get(each.id, set())) for each in people)


def _with_sessions(
    person: Person, visits: dict[Interval, str], names: Sequence[str], chosen: set[str]
) -> Person:
    on = next((visits[each] for each in person.absences if each in visits), "")
    if on:
        return replace(person, absences=(), sessions=(on,))
    return replace(person, sessions=tuple(name for name in names if name in chosen))
