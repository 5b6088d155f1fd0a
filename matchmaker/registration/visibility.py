"""Whom a participant may see at all, whatever anybody wishes."""

from sqlalchemy import ColumnElement, and_, exists, literal, not_, select

from matchmaker.events.models import TypePermission
from matchmaker.extensions import db
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.on_behalf import hidden_account


def types_ask(one: Participant, other: Participant, *, either_way: bool = False) -> bool:
    """Whether participants of the one type may ask those of the other; or one of the two may."""
    cell = TypePermission
    ways = and_(cell.type_id == one.type_id, cell.other_id == other.type_id)
    if either_way:
        ways = ways | and_(cell.type_id == other.type_id, cell.other_id == one.type_id)
    return bool(db.session.scalar(select(exists().where(ways, cell.asks))))


def visible_to(me: Participant) -> ColumnElement[bool]:
    """The participants `me` may see: listed, and of a type that mine sees or that may meet mine.

    Nobody meets themselves in another organisation's name, and an organiser who acts for `me` does
    not read what is said of themselves.
    """
    cell = TypePermission
    mine_first = and_(cell.type_id == me.type_id, cell.other_id == Participant.type_id)
    theirs_first = and_(cell.type_id == Participant.type_id, cell.other_id == me.type_id, cell.asks)
    myself = and_(Participant.user_id == me.user_id, Participant.in_person, literal(me.in_person))
    return and_(
        Participant.event_id == me.event_id,
        Participant.id != me.id,
        not_(myself),
        Participant.user_id != hidden_account(),
        Participant.status == Status.APPROVED,
        Participant.listed_at.is_not(None),
        exists().where(mine_first | theirs_first),
    )
