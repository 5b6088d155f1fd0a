"""Questions about wishes and requests, and about whom a participant may see and ask at all."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.registration.audience import Field, may_see, viewer_for
from matchmaker.registration.models import Participant
from matchmaker.registration.visibility import visible_to
from matchmaker.wishes.models import Request, RequestState, Wish


class Correspondence(NamedTuple):
    """A request and who is on its other side."""

    request: Request
    other: Participant


def find_person(me: Participant, participant_id: int) -> Participant | None:
    """The participant of this id, if `me` may see them."""
    return db.session.scalar(
        select(Participant)
        .where(Participant.id == participant_id, visible_to(me))
        .options(joinedload(Participant.organisation), joinedload(Participant.type))
    )


def find_wish(me: Participant, other: Participant) -> Wish | None:
    """What `me` says of `other`, as the database has it now."""
    said = select(Wish).where(Wish.person_id == me.id, Wish.other_id == other.id)
    return db.session.scalar(said.execution_options(populate_existing=True))


def levels_of(me: Participant) -> dict[int, str]:
    """What `me` says of whom, by the other's id."""
    said = select(Wish.other_id, Wish.level).where(Wish.person_id == me.id)
    return {other: level for other, level in db.session.execute(said)}


def count_wishes(me: Participant) -> int:
    """How many people `me` wishes to meet."""
    wished = select(func.count()).where(Wish.person_id == me.id, Wish.level != "no")
    return db.session.scalar(wished) or 0


def find_request(asker: Participant, answerer: Participant) -> Request | None:
    """What `asker` once asked of `answerer`, as the database has it now."""
    asked = select(Request).where(Request.asker_id == asker.id, Request.answerer_id == answerer.id)
    return db.session.scalar(asked.execution_options(populate_existing=True))


def find_received(me: Participant, request_id: int) -> Correspondence | None:
    found = db.session.execute(_received(me).where(Request.id == request_id)).first()
    return Correspondence(*found) if found else None


def find_sent(me: Participant, request_id: int) -> Correspondence | None:
    found = db.session.execute(_sent(me).where(Request.id == request_id)).first()
    return Correspondence(*found) if found else None


def find_between(me: Participant, request_id: int) -> Correspondence | None:
    """The request of this id, if `me` is on one of its sides."""
    return find_received(me, request_id) or find_sent(me, request_id)


def items_between(me: Participant, other: Participant) -> Sequence[Item]:
    """What a request between the two may be about: their offers and needs, then my own."""
    shows = may_see(Field.ITEMS, other, viewer_for(me))
    whose = (me.id, other.id) if shows else (me.id,)
    mine_last = (Item.participant_id == me.id, Item.kind.desc(), Item.position, Item.id)
    found = select(Item).where(Item.participant_id.in_(whose))
    return db.session.scalars(found.order_by(*mine_last)).all()


def find_item(me: Participant, other: Participant, item_id: int) -> Item | None:
    return next((item for item in items_between(me, other) if item.id == item_id), None)


def requests_received(me: Participant) -> Sequence[Correspondence]:
    """What others asked of `me`, the newest first; without those who wait in vain."""
    shown = _received(me).where((Request.state != RequestState.PENDING) | ~_refused_by(me))
    return [Correspondence(*row) for row in db.session.execute(_newest_first(shown))]


def requests_sent(me: Participant) -> Sequence[Correspondence]:
    return [Correspondence(*row) for row in db.session.execute(_newest_first(_sent(me)))]


def count_requests_waiting(me: Participant) -> int:
    """How many requests wait for `me`; one whom I told "no" waits in vain and is not counted."""
    to_answer = and_(
        Request.answerer_id == me.id,
        Request.asker_id == Participant.id,
        Request.proposed_at.is_(None),
        ~_refused_by(me),
    )
    to_choose = and_(
        Request.asker_id == me.id,
        Request.answerer_id == Participant.id,
        Request.proposed_at.is_not(None),
    )
    waiting = _with_people(me).where(Request.state == RequestState.PENDING, to_answer | to_choose)
    return db.session.scalar(waiting.with_only_columns(func.count())) or 0


def count_requests_pending(me: Participant) -> int:
    """How many answers `me` waits for, those that will never come among them."""
    pending = _sent(me).where(Request.state == RequestState.PENDING)
    return db.session.scalar(pending.with_only_columns(func.count())) or 0


def _received(me: Participant) -> Select[Request, Participant]:
    return _with_people(me).where(Request.answerer_id == me.id, Request.asker_id == Participant.id)


def _sent(me: Participant) -> Select[Request, Participant]:
    return _with_people(me).where(Request.asker_id == me.id, Request.answerer_id == Participant.id)


def _with_people(me: Participant) -> Select[Request, Participant]:
    return (
        select(Request, Participant)
        .where(visible_to(me))
        .options(
            joinedload(Participant.organisation),
            joinedload(Participant.type),
            joinedload(Request.about),
            selectinload(Request.times),
        )
    )


def _newest_first(
    requests: Select[Request, Participant],
) -> Select[Request, Participant]:
    return requests.order_by(Request.created_at.desc(), Request.id.desc())


def _refused_by(me: Participant) -> ColumnElement[bool]:
    """Whether `me` has said "no" to the asker."""
    return exists().where(
        Wish.person_id == me.id, Wish.other_id == Request.asker_id, Wish.level == "no"
    )
