"""The links in mails of requests: each lets one person see and answer one request, and no more.

A link names the moment at which the request was made, so that one of an earlier request, which was
taken back and made anew, opens nothing.
"""

from datetime import timedelta
from typing import Any

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from matchmaker.errors import Gone
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.web import absolute_url, app_config
from matchmaker.wishes.models import Request
from matchmaker.wishes.queries import Correspondence, find_between

GOOD_FOR = timedelta(days=60)


def link_to(request: Request, reader: Participant) -> str:
    """The whole address that `reader` gets by mail."""
    token = _serializer().dumps([request.id, reader.id, _round(request)])
    return absolute_url("wishes.by_mail", token=token)


def read_link(token: str, *, too_old: str) -> tuple[Participant, Correspondence] | None:
    """Who may answer which request; nobody where the link is not ours or leads nowhere any more.

    Raises:
        Gone: it was mailed too long ago, which the sentence `too_old` says.
    """
    try:
        request_id, reader_id, made = _serializer().loads(
            token, max_age=int(GOOD_FOR.total_seconds())
        )
    except SignatureExpired as error:
        raise Gone(too_old) from error
    except BadSignature:
        return None
    reader = db.session.get(Participant, reader_id)
    found = None if reader is None or not reader.is_approved else find_between(reader, request_id)
    if reader is None or found is None or _round(found.request) != made:
        return None
    return reader, found


def _round(request: Request) -> int:
    return int(request.created_at.timestamp() * 1000)


def _serializer() -> URLSafeTimedSerializer:
    key: Any = app_config().secret_key
    return URLSafeTimedSerializer(key, salt="answer to a request")
