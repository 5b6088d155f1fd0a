"""Reads of the outbox."""

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import or_, select

from matchmaker.extensions import db
from matchmaker.messages.models import Mail

MAILS_A_PAGE = 50


def outbox_page(event_id: int, page: int, *, with_secrets: bool) -> Pagination:
    """A page of the event's mails, latest first; `with_secrets` adds the mails of no event."""
    own = Mail.event_id == event_id
    shown = or_(own, Mail.event_id.is_(None)) if with_secrets else own
    query = select(Mail).where(shown).order_by(Mail.created_at.desc(), Mail.id.desc())
    return db.paginate(query, page=page, per_page=MAILS_A_PAGE)
