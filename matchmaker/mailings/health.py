"""The health board: of how many something is amiss, who they are, and who heard of it lately."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import func, select

from matchmaker.clock import now
from matchmaker.events.models import Event, Topic
from matchmaker.extensions import db
from matchmaker.insights.conditions import (
    Condition,
    people_with,
    waiting_since,
)
from matchmaker.insights.free_times import (
    FreeTimes,
    SlotDemand,
    demand_by_slot,
    free_times,
    without_common_slot,
)
from matchmaker.mailings.models import DAYS_OF_PEACE, Delivery, DeliveryState, Mailing
from matchmaker.mailings.occasions import FOR_CONDITION
from matchmaker.marketplace.models import Item
from matchmaker.registration.models import Participant, Status

NAMED = 6
AGES = (1, 3, 7)
UNUSUAL = 1.5


@dataclass(frozen=True, slots=True)
class Line:
    """One condition: how many, the first few by id and name, and how many of all heard lately."""

    condition: Condition
    number: int
    named: list[tuple[int, str]]
    heard: int
    helps: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """What is there and what is asked of it: of a type its people and wishes, of a topic items.

    It `is_short` where much more is asked of each than is usual here.
    """

    name: str
    supply: int
    demand: int
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    lines: list[Line]
    ages: list[tuple[int, int]]
    slots: list[SlotDemand]
    types: list[Balance]
    topics: list[Balance]

    @property
    def amiss(self) -> int:
        return sum(line.number > 0 for line in self.lines)


def board_of(event: Event) -> Board:
    """Everything, in a fixed number of queries."""
    times = free_times(event)
    found = {condition: _people(event, condition, times) for condition in Condition}
    heard = _heard(event)
    names = _names({id_ for ids in found.values() for id_ in sorted(ids)[:NAMED]})
    return Board(
        lines=[_line(condition, ids, heard, names) for condition, ids in found.items()],
        ages=_ages(event),
        slots=demand_by_slot(event, times),
        types=_types(event, times),
        topics=_topics(event),
    )


def _people(event: Event, condition: Condition, times: FreeTimes) -> set[int]:
    if condition == Condition.NO_COMMON_SLOT:
        return without_common_slot(event, times)
    return people_with(event, condition)


def _line(
    condition: Condition, ids: set[int], heard: dict[str, set[int]], names: dict[int, str]
) -> Line:
    occasion = FOR_CONDITION.get(condition)
    lately = heard.get(str(occasion), set()) & ids if occasion else set()
    named = [(id_, names[id_]) for id_ in sorted(ids)[:NAMED] if id_ in names]
    return Line(condition, len(ids), named, len(lately), occasion is not None)


def _heard(event: Event) -> dict[str, set[int]]:
    """Who got a mailing in the last days, by its occasion."""
    since = now() - timedelta(days=DAYS_OF_PEACE)
    rows = db.session.execute(
        select(Mailing.occasion, Delivery.participant_id)
        .join(Delivery, Delivery.mailing_id == Mailing.id)
        .where(
            Mailing.event_id == event.id,
            Delivery.state == DeliveryState.HANDED,
            Delivery.handed_at > since,
        )
    )
    found: dict[str, set[int]] = {}
    for occasion, participant_id in rows:
        found.setdefault(occasion, set()).add(participant_id)
    return found


def _names(ids: set[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(Participant.id, Participant.name).where(Participant.id.in_(ids))
    )
    return {row.id: row.name for row in rows}


def _ages(event: Event) -> list[tuple[int, int]]:
    """How many requests wait so many days or longer; each counts under its longest."""
    moment = now()
    older = waiting_since(event, [moment - timedelta(days=age) for age in AGES])
    return [
        (age, count - more)
        for age, count, more in zip((0, *AGES), older, (*older[1:], 0), strict=True)
    ]


def _types(event: Event, times: FreeTimes) -> list[Balance]:
    """Each type's people, and their wishes to meet one of them."""
    asked_for = times.types[times.wished[1]]
    counts = [(kind.name, times.types == kind.id, asked_for == kind.id) for kind in event.types]
    return _weighed([Balance(name, int(own.sum()), int(to.sum())) for name, own, to in counts])


def _weighed(rows: list[Balance]) -> list[Balance]:
    supply, demand = sum(row.supply for row in rows), sum(row.demand for row in rows)
    return [
        replace(row, is_short=row.demand * supply > UNUSUAL * row.supply * demand) for row in rows
    ]


def _topics(event: Event) -> list[Balance]:
    """Each topic's offers and needs, where there are any."""
    rows = db.session.execute(
        select(Topic.name, Item.kind, func.count())
        .join(Item, Item.topic_id == Topic.id)
        .join(Participant, Participant.id == Item.participant_id)
        .where(Topic.event_id == event.id, Participant.status == Status.APPROVED)
        .group_by(Topic.id, Topic.name, Topic.position, Item.kind)
        .order_by(Topic.position, Topic.id)
    ).all()
    counts = {(name, kind): number for name, kind, number in rows}
    names = dict.fromkeys(name for name, _kind, _number in rows)
    return _weighed(
        [
            Balance(name, counts.get((name, "offer"), 0), counts.get((name, "need"), 0))
            for name in names
        ]
    )
