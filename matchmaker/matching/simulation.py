"""How many of so many wishes fit: a made-up event, scheduled by the real solver.

Who wishes for whom is drawn by chance: from what people wished so far where they did, else with
some people sought more than others, as is usual. Several draws show how far chance goes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.snapshot import Settings, Snapshot
from matchmaker.matching.translate import availability
from matchmaker.solver import AfterSeconds, Params, Problem, solve

FEWEST_TO_DRAW_FROM = 10
MOST_SIMULATED = 300  # more people are simulated by a smaller event with tables in proportion
SOUGHT_AFTER = 0.8  # spread of how sought people are, where nobody has wished yet
SECONDS_EACH = 4.0
DRAWS = 3
ENOUGH = 0.95  # the share of wishes that tables are counted for
QUICK = Params(
    select_nodes=50, place_tries=3, improve_rounds=6, improve_trades=500, relax_columns=0,
    compact_tries=0,
)  # fmt: skip

Bools = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Crowd:
    """Real people to draw from: `free` bool[N, T], and how sought and how eager each one is.

    `kinds` int[N] are their types and `may_meet` bool[K, K] says which of these meet.
    """

    free: Bools
    sought: NDArray[np.float64]
    eager: NDArray[np.float64]
    kinds: Numbers
    may_meet: Bools

    @property
    def size(self) -> int:
        return len(self.sought)


@dataclass(frozen=True, slots=True)
class Question:
    people: int
    wishes: int
    slots: int
    tables: int
    most_each: int
    seed: int = 0

    @property
    def scale(self) -> float:
        """How many people one of the simulated stands for."""
        return max(1.0, self.people / MOST_SIMULATED)


@dataclass(frozen=True, slots=True)
class Trial:
    """What so many tables gave: the share of wishes that fit in each draw, and meetings each."""

    tables: int
    shares: tuple[float, ...]
    meetings_each: float

    @property
    def share(self) -> float:
        return sum(self.shares) / len(self.shares) if self.shares else 0.0


def simulate(question: Question, tables: int, crowd: Crowd | None) -> Trial:
    """One number of tables, several draws of wishes; the same question gives the same answer."""
    found = [_draw(question, tables, crowd, question.seed + number) for number in range(DRAWS)]
    each = sum(meetings for _share, meetings in found) / len(found)
    return Trial(tables, tuple(round(share, 4) for share, _meetings in found), round(each, 2))


def tables_to_try(question: Question, wished_meetings: int) -> Iterator[int]:
    """From few to more than could ever be needed, the number asked about among them."""
    enough = max(1, -(-wished_meetings // max(1, question.slots)))
    steps = {max(1, round(enough * part)) for part in (0.3, 0.5, 0.65, 0.8, 0.9, 1.0, 1.1, 1.3)}
    yield from sorted({question.tables, *steps})


def wished_meetings(question: Question) -> int:
    """About how many pairs: two who wish for each other are one meeting, as chance has it."""
    mutual = question.wishes / max(1, question.people - 1)
    return round(question.people * question.wishes * (1 - mutual / 2))


def _draw(question: Question, tables: int, crowd: Crowd | None, seed: int) -> tuple[float, float]:
    """The share of wishes that fit and the meetings of each person, for one draw of wishes."""
    random = np.random.default_rng(seed)
    people = round(question.people / question.scale)
    drawn = (
        crowd_of(question.slots, people, random)
        if crowd is None
        else _sample(crowd, question.slots, people, random)
    )
    wished = _wishes(drawn, min(question.wishes, people - 1), random)
    pairs, worth = np.unique(np.sort(wished, axis=1), axis=0, return_counts=True)
    if not len(pairs) or not question.slots:
        return 0.0, 0.0
    problem = _problem(question, max(1, round(tables / question.scale)), drawn, pairs, worth)
    result = solve(problem, stop=AfterSeconds(SECONDS_EACH), seed=seed, params=QUICK)
    held = result.schedule.pair
    return float(worth[held].sum() / worth.sum()), 2 * len(held) / people


def _problem(
    question: Question, tables: int, drawn: Crowd, pairs: Numbers, worth: Numbers
) -> Problem:
    return Problem(
        available=drawn.free,
        point_open=np.ones((tables, question.slots), dtype=bool),
        pairs=pairs,
        values=10 * worth,
        max_meetings=np.full(drawn.size, question.most_each, dtype=np.int64),
    )


def crowd_of(slots: int, people: int, random: np.random.Generator) -> Crowd:
    """People as they usually are: free all the time, a few sought by many."""
    return Crowd(
        free=np.ones((people, slots), dtype=bool),
        sought=np.asarray(random.lognormal(0.0, SOUGHT_AFTER, people), dtype=np.float64),
        eager=np.ones(people),
        kinds=np.zeros(people, dtype=np.int64),
        may_meet=np.ones((1, 1), dtype=bool),
    )


def _sample(crowd: Crowd, slots: int, people: int, random: np.random.Generator) -> Crowd:
    """Everybody as often as it goes, then some by chance: the real people, more or fewer of them.

    Slots beyond the real ones are as free as these are, in turn.
    """
    rounds = [random.permutation(crowd.size) for _round in range(-(-people // crowd.size))]
    who = np.concatenate(rounds)[:people]
    free = crowd.free[who]
    if free.shape[1]:
        free = free[:, np.arange(slots) % free.shape[1]]
    else:
        free = np.ones((people, slots), dtype=bool)
    return Crowd(free, crowd.sought[who], crowd.eager[who], crowd.kinds[who], crowd.may_meet)


def _wishes(drawn: Crowd, each: int, random: np.random.Generator) -> Numbers:
    """int[W, 2]: who wishes for whom, `each` on average, the sought more often."""
    counts = _how_many(drawn.eager, each)
    rows = []
    for person, count in enumerate(counts):
        chance = drawn.sought * drawn.may_meet[drawn.kinds[person], drawn.kinds]
        chance[person] = 0.0
        count = min(int(count), int((chance > 0).sum()))
        if count:
            others = random.choice(len(chance), count, replace=False, p=chance / chance.sum())
            rows.append(np.column_stack([np.full(count, person), others]))
    return np.concatenate(rows) if rows else np.zeros((0, 2), dtype=np.int64)


def _how_many(eager: NDArray[np.float64], each: int) -> Numbers:
    """As many in sum as `each` for everybody, in proportion to how eager people are."""
    ends = np.round(np.cumsum(eager) / eager.sum() * each * len(eager))
    counts: Numbers = np.diff(ends, prepend=0).astype(np.int64)
    return counts


def crowd_in(snapshot: Snapshot) -> Crowd | None:
    """The people of an event to draw from; `None` while too few of them have wished."""
    people = snapshot.people
    place = {person.id: number for number, person in enumerate(people)}
    said = [(place[w.person], place[w.other]) for w in snapshot.wishes if w.level != "no"]
    made = np.bincount([one for one, _other in said], minlength=len(people))
    if (made > 0).sum() < FEWEST_TO_DRAW_FROM:
        return None
    sought = np.bincount([other for _one, other in said], minlength=len(people))
    types = sorted({person.type for person in people})
    return Crowd(
        free=availability(snapshot, people, snapshot.slots()),
        sought=np.asarray(0.5 + sought, dtype=np.float64),
        eager=np.where(made > 0, made, made[made > 0].mean()),
        kinds=np.array([types.index(person.type) for person in people]),
        may_meet=_types_that_meet(types, snapshot.settings),
    )


def _types_that_meet(types: list[str], settings: Settings) -> Bools:
    if settings.may_meet is None:
        return np.ones((len(types), len(types)), dtype=bool)
    one_way = [[(a, b) in settings.may_meet for b in types] for a in types]
    allowed: Bools = np.array(one_way, dtype=bool)
    return allowed | allowed.T
