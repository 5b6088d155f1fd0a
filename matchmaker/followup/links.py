"""The link in a mail that asks what came of meetings: it opens one person's page of one event."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.errors import Gone
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.models import Participant, Status
from matchmaker.web import absolute_url, app_config

GOOD_FOR = timedelta(days=120)


def link_to(user: User, event: Event) -> str:
    return absolute_url("followup.by_mail", token=_serializer().dumps([user.id, event.id]))


def read_link(token: str) -> list[Participant]:
    """Those of the account who are in the event; none where the link is not ours.

    Raises:
        Gone: it was mailed too long ago.
    """
    try:
        user_id, event_id = _serializer().loads(token, max_age=int(GOOD_FOR.total_seconds()))
    except SignatureExpired as error:
        raise Gone(_("This link is too old. Sign in to say what came of your meetings.")) from error
    except BadSignature:
        return []
    own = select(Participant).where(
        Participant.user_id == user_id,
        Participant.event_id == event_id,
        Participant.status == Status.APPROVED,
    )
    return list(db.session.scalars(own.order_by(Participant.number)))


def _serializer() -> URLSafeTimedSerializer:
    key: Any = app_config().secret_key
    return URLSafeTimedSerializer(key, salt="what came of meetings")
