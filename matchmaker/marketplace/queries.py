"""Questions about offers and needs."""

from sqlalchemy import func, select

from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.registration.models import Participant


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
