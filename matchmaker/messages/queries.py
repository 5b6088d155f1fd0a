"""Reads of the outbox."""

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, and_, or_, select

from matchmaker.accounts.models import User
from matchmaker.events.models import EventOrganiser
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant

MAILS_A_PAGE = 50
LAST_PAGE = 1_000_000


def outbox_page(event_id: int, page: int, *, secrets_for: User | None) -> Pagination:
    """A page of the event's mails, latest first, and of the secrets that a reader may hand on."""
    own = Mail.event_id == event_id
    shown = own if secrets_for is None else or_(own, _to_hand_on(secrets_for))
    query = select(Mail).where(shown).order_by(Mail.created_at.desc(), Mail.id.desc())
    return db.paginate(query, page=min(page, LAST_PAGE), per_page=MAILS_A_PAGE)


def _to_hand_on(reader: User) -> ColumnElement[bool]:
    """Mails of no event to the reader, and to people who are at no event of somebody else.

    Their links sign in whoever opens them, so nobody reads another organiser's, nor those of the
    people of events that are not the reader's.
    """
    own = select(EventOrganiser.event_id).where(
        EventOrganiser.user_id == reader.id,
        EventOrganiser.role.in_(("owner", "organiser")),
    )
    elsewhere = select(Participant.user_id).where(Participant.event_id.not_in(own))
    powerful = select(User.id).where(
        or_(User.may_create_events, User.id.in_(select(EventOrganiser.user_id)))
    )
    harmless = and_(Mail.user_id.not_in(elsewhere), Mail.user_id.not_in(powerful))
    return and_(Mail.event_id.is_(None), or_(Mail.user_id == reader.id, harmless))
