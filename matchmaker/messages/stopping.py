"""Which kinds of mail a person gets: chosen on a page, or stopped by a link in the mail."""

from collections.abc import Iterable
from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.models import User
from matchmaker.clock import now
from matchmaker.extensions import db
from matchmaker.messages.models import STOPPABLE, Kind, Mail, StoppedKind
from matchmaker.web import absolute_url, app_config


class StopLink(NamedTuple):
    """What a link in a mail stops, and for whom."""

    user: User
    kind: Kind


def stop_address(mail: Mail) -> str | None:
    """The address that stops mails like this one for its reader; none where nobody may."""
    if mail.user_id is None or mail.kind not in STOPPABLE:
        return None
    token = _signer().dumps([mail.user_id, str(mail.kind)])
    return absolute_url("messages.stop", token=token)


def read_stop_token(token: str) -> StopLink | None:
    """Whom and what a token that we have signed speaks of; None for any other."""
    try:
        user_id, kind = _signer().loads(token)
    except BadSignature:
        return None
    user = db.session.get(User, user_id)
    return None if user is None else StopLink(user, Kind(kind))


def stopped_kinds(user: User) -> set[Kind]:
    rows = db.session.scalars(select(StoppedKind.kind).where(StoppedKind.user_id == user.id))
    return {Kind(kind) for kind in rows}


def stop_kind(user: User, kind: Kind) -> None:
    """From now on the person gets no mail of this kind; doing it twice is doing it once."""
    if kind not in STOPPABLE or db.session.get(StoppedKind, (user.id, kind)) is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(StoppedKind(user_id=user.id, kind=kind))
    except IntegrityError:
        return  # Stopped a moment ago by the other press of the button.


def resume_kind(user: User, kind: Kind) -> None:
    db.session.execute(
        delete(StoppedKind).where(StoppedKind.user_id == user.id, StoppedKind.kind == kind)
    )


def choose_kinds(user: User, wanted: Iterable[Kind]) -> None:
    """The person gets these kinds of mail, of those that can be stopped, and no other."""
    kept = set(wanted)
    for kind in STOPPABLE:
        resume_kind(user, kind) if kind in kept else stop_kind(user, kind)


def set_aside_unwanted() -> None:
    """Mark the waiting mails whose readers have stopped their kind, so that they never leave."""
    unwanted = exists().where(StoppedKind.user_id == Mail.user_id, StoppedKind.kind == Mail.kind)
    db.session.execute(
        update(Mail)
        .where(
            Mail.sent_at.is_(None), Mail.printed_at.is_(None), Mail.stopped_at.is_(None), unwanted
        )
        .values(stopped_at=now(), invitations=[])
        .execution_options(synchronize_session=False)
    )


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(app_config().secret_key, salt="stop mails")
