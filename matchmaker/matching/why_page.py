"""The page that answers, for any two people of a run, why they meet or why not."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.accounts.models import User
from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.matching import run_queries
from matchmaker.matching.codec import from_json
from matchmaker.matching.explaining import Ground, Why, explain_on, ground_of
from matchmaker.matching.models import Run
from matchmaker.matching.snapshot import Snapshot
from matchmaker.matching.why_absent import absent_from, why_absent
from matchmaker.matching.words import Names, Sentence, for_organiser, why_not
from matchmaker.matching.words_why import barrier_text, exchange_texts

MOST_KNOWN = 2

_latest: OrderedDict[tuple[int, datetime | None, str], "_Known"] = OrderedDict()


@dataclass(frozen=True, slots=True)
class WhyPage:
    """`answer` in a sentence, what is known of the two and speaks for the pair.

    `cost` tells what the other decision would cost; `None` where that was not asked for.
    """

    answer: str
    when: datetime | None
    point: str
    obstacles: tuple[Sentence, ...]
    reasons: tuple[Sentence, ...]
    value: int | None
    facts: tuple[str, ...]
    cost: tuple[str, ...] | None


def choices(event: Event, run: Run, user: User) -> list[tuple[str, str]]:
    """The people one may ask about: all of the run's and the event's but oneself, by name.

    What stands in the way of one's own meetings could tell of a "no".
    """
    known, own = _known(run), set(run_queries.own_refs(event, user))
    named = [(each.id, f"{each.name}, {each.organisation}") for each in known.snapshot.people]
    named += absent_from(event, known.refs)
    return by_name([each for each in named if each[0] not in own], itemgetter(1))


def why_page(event: Event, run: Run, one: str, other: str, *, with_cost: bool) -> WhyPage:
    known = _known(run)
    why = explain_on(
        known.snapshot, lambda: known.ground(event, run), one, other, with_exchange=with_cost
    )
    names = Names.of(known.snapshot)
    met = run_queries.meeting_between(event, run, one, other)
    return WhyPage(
        answer=_answer(why, names.person(one), names.person(other)),
        when=None if met is None else met.start,
        point="" if met is None else met.point,
        obstacles=_obstacles(why, names),
        reasons=() if why.pair is None else for_organiser(why.pair, names, _),
        value=None if why.pair is None else why.pair.value,
        facts=(
            *_full(event, run, known.snapshot, why, names),
            *why_absent(event, {one, other} - known.refs),
        ),
        cost=exchange_texts(why, names) if with_cost or why.barrier is not None else None,
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


def _full(event: Event, run: Run, snapshot: Snapshot, why: Why, names: Names) -> Iterator[str]:
    """Of each whose agenda is full, how many meetings they have of how many they may."""
    full = why.obstacle.full if why.obstacle else ()
    held = run_queries.meetings_of(event, run, full) if full else {}
    people = {person.id: person for person in snapshot.people}
    for ref in full:
        most = people[ref].max_meetings
        most = snapshot.settings.max_meetings if most is None else most
        if held[ref] >= most:
            yield ngettext(
                "%(name)s has %(held)s of at most %(num)d meeting.",
                "%(name)s has %(held)s of at most %(num)d meetings.",
                most,
                name=names.person(ref),
                held=held[ref],
            )


class _Known:
    """What a run worked on, and once asked for what answers rest on: neither changes any more."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.refs = {person.id for person in snapshot.people}
        self._ground: Ground | None = None

    def ground(self, event: Event, run: Run) -> Ground:
        if self._ground is None:
            meetings = run_queries.settled_in(event, run, then=self.snapshot)
            self._ground = ground_of(self.snapshot, meetings)
        return self._ground


def _known(run: Run) -> _Known:
    """The latest runs asked about, by all that tells one from another."""
    key = (run.id, run.finished_at, run.snapshot)
    if key not in _latest:
        while len(_latest) >= MOST_KNOWN:
            _latest.popitem(last=False)
        _latest[key] = _Known(from_json(run.snapshot))
    return _latest[key]
