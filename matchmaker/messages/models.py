"""Mails, waiting and sent."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base

MOST_ATTEMPTS = 8


class Mail(Base):
    """One mail to one address. `message_id` stays the same when sending is tried again.

    A mail is due from `due_at` on; whoever sends it first moves that moment ahead, so that nobody
    else does. Without a mail server it is printed instead, at `printed_at`, and not sent later.
    A mail that belongs to no event holds a secret (a sign-in link): its text goes once it is sent.
    """

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    printed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        Index("ix_mail_sent_at_created_at", "sent_at", "created_at"),
        Index("ix_mail_event_id_created_at", "event_id", "created_at"),
    )

    @property
    def state(self) -> str:
        """`sent`, `printed`, `failed` for good, or `waiting`."""
        if self.sent_at is not None:
            return "sent"
        if self.printed_at is not None:
            return "printed"
        return "failed" if self.attempts >= MOST_ATTEMPTS else "waiting"
