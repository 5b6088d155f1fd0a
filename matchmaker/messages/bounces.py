"""Marking the mails that came back after they had been sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage

from sqlalchemy import update

from matchmaker.clock import now
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.messages.reports import read_report


@dataclass(slots=True)
class Tally:
    """How many messages were read, and how many mails were marked by them."""

    read: int = 0
    marked: int = 0


def take_in(messages: Iterable[EmailMessage]) -> Tally:
    """Mark what each reports; reading a report again changes nothing."""
    tally = Tally()
    for message in messages:
        tally.read += 1
        report = read_report(message)
        if report is not None:
            tally.marked += _mark(report.message_ids, report.reason)
    db.session.flush()
    return tally


def _mark(message_ids: tuple[str, ...], reason: str) -> int:
    changed = db.session.execute(
        update(Mail)
        .where(
            Mail.message_id.in_(message_ids), Mail.sent_at.is_not(None), Mail.bounced_at.is_(None)
        )
        .values(bounced_at=now(), error=reason)
        .execution_options(synchronize_session=False)
    )
    return int(changed.rowcount)  # type: ignore[attr-defined]
