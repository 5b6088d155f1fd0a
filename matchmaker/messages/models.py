"""Mails, waiting and sent, and which kinds of mail a person does not want."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base

MOST_ATTEMPTS = 8


class Kind(StrEnum):
    """What a mail is for. Needed ones always come; the others each person can stop."""

    NEEDED = "needed"
    REQUESTS = "requests"
    AGENDA = "agenda"
    REMINDERS = "reminders"
    FOLLOW_UP = "follow-up"


KINDS = tuple(str(kind) for kind in Kind)
STOPPABLE = (Kind.REQUESTS, Kind.AGENDA, Kind.REMINDERS, Kind.FOLLOW_UP)


class Mail(Base):
    """One mail to one address. `message_id` stays the same when sending is tried again.

    A mail is due from `due_at` on; whoever sends it first moves that moment ahead, so that nobody
    else does. Without a mail server it is printed instead, at `printed_at`, and not sent later.
    A mail that belongs to no event holds a secret (a sign-in link): its text goes once it is sent.
    One of a kind that its reader has stopped by then is not sent; `stopped_at` says when that was.
    `invitations` are calendar objects that travel with it, and go once it is sent.
    `refused_at` is when the reader's own server said that it will never take it, `bounced_at` when
    a report said so later of a mail that had been sent; `error` holds its reason.
    """

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[Kind] = mapped_column(String(20), default=Kind.NEEDED, server_default="needed")
    locale: Mapped[str] = mapped_column(String(5), default="en", server_default="en")
    invitations: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    printed_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        Index("ix_mail_sent_at_created_at", "sent_at", "created_at"),
        Index("ix_mail_event_id_created_at", "event_id", "created_at"),
        CheckConstraint(f"kind IN {KINDS}", name="known_kind"),
    )

    @property
    def state(self) -> str:
        """One of `sent`, `bounced`, `printed`, `stopped` by its reader, `failed`, `waiting`."""
        if self.bounced_at is not None:
            return "bounced"
        if self.sent_at is not None:
            return "sent"
        if self.printed_at is not None:
            return "printed"
        if self.stopped_at is not None:
            return "stopped"
        return "failed" if self.attempts >= MOST_ATTEMPTS else "waiting"


class StoppedKind(Base):
    """A kind of mail that a person does not want."""

    __tablename__ = "stopped_kind"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[Kind] = mapped_column(String(20), primary_key=True)
    stopped_at: Mapped[datetime] = mapped_column(default=now)
