"""Why two people meet, or why not: for any pair of an event, from the run's own snapshot."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from matchmaker.matching.candidates import body_key, candidates, organisation_key, permitted
from matchmaker.matching.outcome import PairValue, Unplaced
from matchmaker.matching.snapshot import Person, Settled, Snapshot
from matchmaker.matching.translate import Translation, params_of, previous_of, translate, unplaced
from matchmaker.matching.value import pair_values
from matchmaker.solver import (
    Cost,
    Params,
    Schedule,
    cost_of_holding,
    cost_of_leaving_out,
    explain_unplaced,
)
from matchmaker.solver.engines import load_soon

# Why two are no candidates. "not_proposed" is said alike where nobody wished, where nothing speaks
# for a meeting and where one said no: nobody may learn of that here.
Barrier = Literal["not_there", "same_person", "same_organisation", "types", "not_proposed"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What another decision about one pair loses; below 0 it would gain. See `solver.Cost`."""

    simple: int
    pushed_out: tuple[PairValue, ...]
    brought_in: tuple[PairValue, ...]
    found: int
    exchanged: int
    proved: int

    @property
    def is_proved(self) -> bool:
        return self.found <= self.proved


@dataclass(frozen=True, slots=True)
class Why:
    """One of `barrier` (no candidates), `obstacle` (they do not meet) or neither: they meet.

    `exchange` is about doing the other thing: letting them meet, or not. `None` where nothing
    else was found, as with a meeting that is settled, and where it was not asked for.
    """

    barrier: Barrier | None = None
    pair: PairValue | None = None
    obstacle: Unplaced | None = None
    exchange: Exchange | None = None


@dataclass(frozen=True, eq=False)
class _Held:
    schedule: Schedule
    params: Params


@dataclass(frozen=True, eq=False)
class Ground:
    """What every answer about one run rests on; with thousands of people it takes seconds."""

    translation: Translation
    held: _Held


def ground_of(snapshot: Snapshot, meetings: Iterable[Settled]) -> Ground:
    """Of a snapshot and the `meetings` that a run came up with."""
    translation = translate(snapshot, pair_values(snapshot))
    schedule = previous_of(tuple(meetings), translation)
    return Ground(translation, _Held(schedule, params_of(snapshot.settings.goals)))


def explain(snapshot: Snapshot, meetings: Iterable[Settled], one: str, other: str) -> Why:
    """Of the pair `one` and `other` (ids), given the `meetings` a run came up with."""
    return explain_on(snapshot, lambda: ground_of(snapshot, meetings), one, other)


def get_ready() -> None:
    """Load what an answer needs beside other work, for somebody who will soon ask."""
    load_soon()


def explain_on(
    snapshot: Snapshot,
    ground: Callable[[], Ground],
    one: str,
    other: str,
    *,
    with_exchange: bool = True,
) -> Why:
    """The same; `ground` is asked for only where the answer needs it.

    The exchange takes the solver: seconds with thousands of people.
    """
    if (barrier := _barrier(snapshot, one, other)) is not None:
        return Why(barrier=barrier)
    rests_on = ground()
    translation, held = rests_on.translation, rests_on.held
    ids = min(one, other), max(one, other)
    number = next((n for n, p in enumerate(translation.pairs) if (p.a, p.b) == ids), None)
    if number is None:
        return Why(barrier="not_proposed")
    meets = number in held.schedule.pair
    weigh = cost_of_leaving_out if meets else cost_of_holding
    cost = weigh(translation.problem, held, number) if with_exchange else None
    return Why(
        pair=translation.pairs[number],
        obstacle=None if meets else _obstacle(rests_on, number),
        exchange=_exchange(translation, cost),
    )


def _obstacle(ground: Ground, number: int) -> Unplaced:
    problem, translation = ground.translation.problem, ground.translation
    return unplaced(translation, number, explain_unplaced(problem, ground.held, [number])[number])


def _barrier(snapshot: Snapshot, one: str, other: str) -> Barrier | None:
    """What keeps two from meeting whatever they wish."""
    people = {person.id: person for person in snapshot.people}
    if one not in people or other not in people:
        return "not_there"
    a, b = people[one], people[other]
    if body_key(a) == body_key(b):
        return "same_person"
    if organisation_key(a) == organisation_key(b):
        return "same_organisation"
    if not _types_may_meet(snapshot, a, b):
        return "types"
    return None if len(candidates(replace(snapshot, people=(a, b)))) else "not_proposed"


def _types_may_meet(snapshot: Snapshot, a: Person, b: Person) -> bool:
    return bool(permitted([a, b], snapshot.settings)[0, 1])


def _exchange(translation: Translation, cost: Cost | None) -> Exchange | None:
    if cost is None:
        return None
    return Exchange(
        simple=cost.simple,
        pushed_out=tuple(translation.pairs[pair] for pair in cost.pushed_out),
        brought_in=tuple(translation.pairs[pair] for pair in cost.brought_in),
        found=cost.found,
        exchanged=cost.exchanged,
        proved=cost.proved,
    )
