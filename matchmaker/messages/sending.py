"""Sending what waits in the outbox: by SMTP, or onto the console where no mail server is set.

A mail is claimed, and the claim committed, before it is sent, so that two workers never send one
twice. It is sent again only where a worker died with it in hand, and then under the same
Message-ID. No transaction is open while the mail server is talked to.
"""

import logging
import smtplib
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any, NamedTuple

import click
from sqlalchemy import select, update

from matchmaker.clock import now
from matchmaker.configuration import Config, MailServer
from matchmaker.extensions import db
from matchmaker.messages.mime import as_message
from matchmaker.messages.models import MOST_ATTEMPTS, Mail
from matchmaker.messages.smtp import Connection
from matchmaker.messages.stopping import set_aside_unwanted

log = logging.getLogger(__name__)

MOST_A_ROUND = 200
MOST_ALIKE = 3
CLAIM = timedelta(minutes=15)
MINUTES_TO_NEXT_TRY = (1, 5, 15, 60, 180, 360, 720)


def send_waiting(config: Config) -> int:
    """Send, or print, the mails that are due; returns how many. Commits after each step."""
    set_aside_unwanted()
    db.session.commit()
    if config.mail_server is None:
        return _print_due()
    return _send_due(config, config.mail_server)


def _due_ids() -> list[int]:
    query = select(Mail.id).where(*_due()).order_by(Mail.created_at, Mail.id).limit(MOST_A_ROUND)
    ids = list(db.session.scalars(query))
    db.session.commit()
    return ids


def _due() -> tuple[Any, ...]:
    return (
        Mail.sent_at.is_(None),
        Mail.printed_at.is_(None),
        Mail.stopped_at.is_(None),
        Mail.attempts < MOST_ATTEMPTS,
        Mail.due_at <= now(),
    )


def _change_if_due(mail_id: int, **values: Any) -> Mail | None:
    """The mail with its new values, if it was still due: of two workers one gets it."""
    changed = db.session.execute(update(Mail).where(Mail.id == mail_id, *_due()).values(**values))
    return db.session.get(Mail, mail_id) if changed.rowcount else None  # type: ignore[attr-defined]


class _Printed(NamedTuple):
    """What of a mail is shown on the console, kept when its transaction is over."""

    event_id: int | None
    address: str
    subject: str
    text: str


def _print_due() -> int:
    """Each mail whole; but of many alike from one event only how many there are."""
    taken = [mail for mail_id in _due_ids() if (mail := _take_to_print(mail_id))]
    for alike in _alike(taken):
        for text in _console_texts(alike):
            click.echo(_without_controls(text))
    return len(taken)


def _take_to_print(mail_id: int) -> _Printed | None:
    mail = _change_if_due(mail_id, printed_at=now(), invitations=[])
    taken = None
    if mail is not None:
        taken = _Printed(mail.event_id, mail.address, mail.subject, mail.text)
    db.session.commit()
    return taken


def _alike(mails: list[_Printed]) -> Iterable[list[_Printed]]:
    """Mails of one event with one subject together; those of no event each alone."""
    groups: dict[tuple[object, ...], list[_Printed]] = defaultdict(list)
    for place, mail in enumerate(mails):
        groups[(place,) if mail.event_id is None else (mail.event_id, mail.subject)].append(mail)
    return groups.values()


def _console_texts(alike: list[_Printed]) -> list[str]:
    if len(alike) <= MOST_ALIKE:
        return [f"Mail to {mail.address}: {mail.subject}\n\n{mail.text}" for mail in alike]
    return [f"{len(alike)} mails: {alike[0].subject}\nOrganisers read them under Mail.\n"]


def _without_controls(text: str) -> str:
    """Names typed by strangers must not steer the console."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "?" for sign in text)


def _send_due(config: Config, server: MailServer) -> int:
    """One round: a refused address is passed over, any other trouble ends the round."""
    sent = 0
    with Connection(server, config.mail_from.rpartition("@")[2]) as connection:
        for mail_id in _due_ids():
            message = _claim(mail_id, config)
            if message is None:
                continue
            try:
                connection.send(message)
            except smtplib.SMTPRecipientsRefused as refusal:
                _record_failure(mail_id, refusal, final=_is_final(refusal))
            except OSError as error:
                log.warning("The mail server did not take a mail: %s", error)
                _record_failure(mail_id, error)
                break
            else:
                _record_sent(mail_id)
                sent += 1
    return sent


def _claim(mail_id: int, config: Config) -> EmailMessage | None:
    mail = _change_if_due(mail_id, attempts=Mail.attempts + 1, due_at=now() + CLAIM)
    message = None if mail is None else as_message(mail, config)
    db.session.commit()
    return message


def _record_sent(mail_id: int) -> None:
    mail = db.session.get_one(Mail, mail_id)
    mail.sent_at, mail.error, mail.invitations = now(), "", []
    _erase_secret(mail)
    db.session.commit()


def _record_failure(mail_id: int, error: OSError, *, final: bool = False) -> None:
    mail = db.session.get_one(Mail, mail_id)
    mail.error = str(error)
    if final:
        mail.attempts, mail.refused_at = MOST_ATTEMPTS, now()
    if mail.attempts >= MOST_ATTEMPTS:
        _erase_secret(mail)
    else:
        mail.due_at = now() + timedelta(minutes=MINUTES_TO_NEXT_TRY[mail.attempts - 1])
    db.session.commit()


def _erase_secret(mail: Mail) -> None:
    """A mail of no event holds a sign-in link, which nobody needs to read here any more."""
    if mail.event_id is None:
        mail.text = ""


def _is_final(refusal: smtplib.SMTPRecipientsRefused) -> bool:
    return all(code >= 500 for code, _reason in refusal.recipients.values())
