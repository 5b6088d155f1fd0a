"""The page that answers, for any two people of a run, why they meet or why not."""

from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter

from flask_babel import gettext as _

from matchmaker.accounts.models import User
from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.events.queries import point_names, slot_starts
from matchmaker.matching import run_queries
from matchmaker.matching.codec import from_json
from matchmaker.matching.explaining import Why, explain
from matchmaker.matching.models import Run
from matchmaker.matching.snapshot import Settled
from matchmaker.matching.words import Names, Sentence, for_organiser, why_not
from matchmaker.matching.words_why import barrier_text, exchange_texts


@dataclass(frozen=True, slots=True)
class WhyPage:
    """`answer` in a sentence, what speaks for the pair, and what the other decision would cost."""

    answer: str
    when: datetime | None
    point: str
    obstacles: tuple[Sentence, ...]
    reasons: tuple[Sentence, ...]
    value: int | None
    exchange: tuple[str, ...]


def choices(event: Event, run: Run, user: User) -> list[tuple[str, str]]:
    """The people one may ask about: all of the run's but oneself, by name.

    What stands in the way of one's own meetings could tell of a "no".
    """
    own = set(run_queries.own_refs(event, user))
    people = (person for person in from_json(run.snapshot).people if person.id not in own)
    named = [(person.id, f"{person.name}, {person.organisation}") for person in people]
    return by_name(named, itemgetter(1))


def why_page(event: Event, run: Run, one: str, other: str) -> WhyPage:
    snapshot = from_json(run.snapshot)
    meetings = _meetings(event, run)
    why = explain(snapshot, meetings, one, other)
    names = Names.of(snapshot)
    met = next((m for m in meetings if {m.a, m.b} == {one, other}), None)
    return WhyPage(
        answer=_answer(why, names.person(one), names.person(other)),
        when=None if met is None else met.start,
        point="" if met is None else met.point,
        obstacles=_obstacles(why, names),
        reasons=() if why.pair is None else for_organiser(why.pair, names, _),
        value=None if why.pair is None else why.pair.value,
        exchange=exchange_texts(why, names),
    )


def _answer(why: Why, one: str, other: str) -> str:
    if why.barrier is not None:
        return barrier_text(why.barrier)
    if why.obstacle is None:
        return str(_("%(one)s and %(other)s meet.", one=one, other=other))
    return str(_("%(one)s and %(other)s do not meet.", one=one, other=other))


def _obstacles(why: Why, names: Names) -> tuple[Sentence, ...]:
    """What stands in the way, without its cost: the exchange tells that better."""
    if why.obstacle is None or why.obstacle.why == "costs_more":
        return ()
    return why_not(replace(why.obstacle, cost=None), names, _)


def _meetings(event: Event, run: Run) -> list[Settled]:
    people = run_queries.people_by_id(event)
    slots = slot_starts(event)
    points = point_names(event)
    return [
        Settled(people[m.a_id].ref, people[m.b_id].ref, slots[m.slot_id], points[m.point_id])
        for m in run_queries.proposed_meetings(run)
    ]
