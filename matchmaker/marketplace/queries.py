"""Questions about offers and needs."""

from collections.abc import Iterable
from functools import reduce
from math import ceil
from operator import add

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import joinedload

from matchmaker.events.models import Topic
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.searching import beginnings
from matchmaker.registration.audience import shows_items
from matchmaker.registration.models import Participant
from matchmaker.registration.visibility import visible_to

ENOUGH_OF_THE_WORDS = 0.6


def items_of(participant: Participant) -> list[Item]:
    """A participant's offers and needs, offers first, in the order they were entered."""
    own = select(Item).where(Item.participant_id == participant.id)
    return list(db.session.scalars(own.order_by(Item.kind.desc(), Item.position, Item.id)))


def items_of_people(participant_ids: Iterable[int]) -> list[Item]:
    """The offers and needs of several people, offers first; one query."""
    theirs = select(Item).where(Item.participant_id.in_(list(participant_ids)))
    return list(
        db.session.scalars(
            theirs.options(joinedload(Item.topic)).order_by(
                Item.kind.desc(), Item.position, Item.id
            )
        )
    )


def items_by_id(ids: Iterable[int]) -> dict[int, Item]:
    """These offers and needs with their topics; one query."""
    some = select(Item).where(Item.id.in_(list(ids))).options(joinedload(Item.topic))
    return {item.id: item for item in db.session.scalars(some)}


def count_answering(me: Participant, kind: str, typed: str) -> int:
    """How many people `me` could meet offer what is typed as a need, or need what is an offer.

    One query over titles; it knows no wishes, so nobody's "no" can show in the number.
    """
    words = beginnings(typed)
    if not words:
        return 0
    people = (
        select(func.count(Participant.id.distinct()))
        .join(Item, Item.participant_id == Participant.id)
        .where(visible_to(me), shows_items(), Participant.organisation_id != me.organisation_id)
        .where(Item.kind == ("need" if kind == "offer" else "offer"), _holds_enough(words))
    )
    return db.session.scalar(people) or 0


def people_by_topic(me: Participant, kind: str) -> dict[str, int]:
    """How many people `me` could meet offer or need something, by the name of its topic.

    One query; it knows no wishes, and nothing that is not for all participants.
    """
    said = (
        select(Topic.name, func.count(Participant.id.distinct()))
        .join(Item, Item.topic_id == Topic.id)
        .join(Participant, Participant.id == Item.participant_id)
        .where(visible_to(me), shows_items(), Participant.organisation_id != me.organisation_id)
        .where(Item.kind == kind)
        .group_by(Topic.name)
    )
    return {name: number for name, number in db.session.execute(said)}


def _holds_enough(words: list[str]) -> ColumnElement[bool]:
    """Whether most of the words begin some word of the item's titles."""
    least = ceil(len(words) * ENOUGH_OF_THE_WORDS)
    held = [case((Item.words.contains(f" {word}", autoescape=True), 1), else_=0) for word in words]
    return reduce(add, held) >= literal(least)
