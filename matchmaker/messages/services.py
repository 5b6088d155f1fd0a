"""Queueing a mail, in the transaction of the change it tells of."""

import secrets
from collections.abc import Sequence

from matchmaker.accounts.models import User
from matchmaker.extensions import db
from matchmaker.locales import LOCALES
from matchmaker.messages.models import Kind, Mail
from matchmaker.web import app_config

LONGEST_SUBJECT = 200


def queue_mail(
    *,
    user: User | None,
    address: str,
    subject: str,
    text: str,
    event_id: int | None = None,
    kind: Kind = Kind.NEEDED,
    locale: str = "",
    invitations: Sequence[str] = (),
) -> Mail:
    """Put a mail into the outbox, to be sent once the caller's transaction is committed.

    A mail of an event is shown to its organisers with its text, so it must hold no secret. A mail
    without an event is taken to be one: organisers do not see it and its text goes once it is sent.
    `locale` is the language it is written in, where that is not the one of the reader's account.
    Whether the reader has stopped mails of this `kind` is looked up when it is sent.
    """
    mail = Mail(
        user_id=None if user is None else user.id,
        event_id=event_id,
        address=address,
        subject=_one_line(subject),
        text=text,
        kind=kind,
        locale=locale or (user.locale if user else LOCALES[0]),
        invitations=list(invitations),
        message_id=_new_message_id(),
    )
    db.session.add(mail)
    db.session.flush()
    return mail


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:LONGEST_SUBJECT]


def _new_message_id() -> str:
    domain = app_config().mail_from.rpartition("@")[2]
    return f"<{secrets.token_hex(16)}@{domain}>"
