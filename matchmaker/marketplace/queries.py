"""Questions about offers and needs."""

from functools import reduce
from math import ceil
from operator import add

from sqlalchemy import ColumnElement, case, func, literal, select

from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.searching import beginnings
from matchmaker.registration.audience import Field, for_participants
from matchmaker.registration.models import Participant
from matchmaker.registration.visibility import visible_to

ENOUGH_OF_THE_WORDS = 0.6


def items_of(participant: Participant) -> list[Item]:
    """A participant's offers and needs, offers first, in the order they were entered."""
    own = select(Item).where(Item.participant_id == participant.id)
    return list(db.session.scalars(own.order_by(Item.kind.desc(), Item.position, Item.id)))


def count_items(participant_ids: list[int]) -> dict[tuple[int, str], int]:
    """How many offers and needs each has, by (participant id, kind); one query."""
    counted = (
        select(Item.participant_id, Item.kind, func.count())
        .where(Item.participant_id.in_(participant_ids))
        .group_by(Item.participant_id, Item.kind)
    )
    return {(person, kind): number for person, kind, number in db.session.execute(counted)}


def count_answering(me: Participant, kind: str, typed: str) -> int:
    """How many people `me` could meet offer what is typed as a need, or need what is an offer.

    One query over titles; it knows no wishes, so nobody's "no" can show in the number.
    """
    words = beginnings(typed)
    if not words:
        return 0
    people = (
        select(Participant.id, Participant.audiences)
        .join(Item, Item.participant_id == Participant.id)
        .where(visible_to(me), Participant.organisation_id != me.organisation_id)
        .where(Item.kind == ("need" if kind == "offer" else "offer"), _holds_enough(words))
    )
    found = {row.id: row.audiences for row in db.session.execute(people)}
    return sum(for_participants(audiences, Field.ITEMS) for audiences in found.values())


def _holds_enough(words: list[str]) -> ColumnElement[bool]:
    """Whether most of the words begin some word of the item's titles."""
    least = ceil(len(words) * ENOUGH_OF_THE_WORDS)
    held = [case((Item.words.contains(f" {word}", autoescape=True), 1), else_=0) for word in words]
    return reduce(add, held) >= literal(least)
