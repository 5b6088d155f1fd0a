"""Mailings and what became of them for each person."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.clock import now
from matchmaker.database import Base
from matchmaker.events.models import Event

DAYS_OF_PEACE = 3


class MailingState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    DONE = "done"
    STOPPED = "stopped"


class DeliveryState(StrEnum):
    """`handed` to the outbox, whose mail says more; the others say why there is no mail."""

    WAITING = "waiting"
    HANDED = "handed"
    SETTLED = "settled"
    SPARED = "spared"
    STOPPED = "stopped"


STATES = tuple(str(state) for state in MailingState)
DELIVERY_STATES = tuple(str(state) for state in DeliveryState)


class Mailing(Base):
    """One text to many people. `texts` holds subject and text by language.

    `audience` says to whom, as `mailings.audience` reads it; who that is, is looked up at `due_at`.
    Whoever got a mailing of this occasion within `days_of_peace` is spared. It comes again
    `repeats` times, each `repeat_days` after the last, to those who still have not done it.
    """

    __tablename__ = "mailing"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    occasion: Mapped[str] = mapped_column(String(20))
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    audience: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    days_of_peace: Mapped[int] = mapped_column(default=DAYS_OF_PEACE)
    repeat_days: Mapped[int] = mapped_column(default=0)
    repeats: Mapped[int] = mapped_column(default=0)
    state: Mapped[MailingState] = mapped_column(String(10), default=MailingState.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it so
    __table_args__ = (
        Index("ix_mailing_event_id_created_at", "event_id", "created_at"),
        Index("ix_mailing_state_due_at", "state", "due_at"),
        CheckConstraint(f"state IN {STATES}", name="known_state"),
        CheckConstraint("days_of_peace >= 0", name="days_of_peace_count"),
        CheckConstraint("repeat_days >= 0", name="repeat_days_count"),
        CheckConstraint("repeats >= 0", name="repeats_count"),
    )


class Delivery(Base):
    """What became of a mailing for one person: nobody is in it twice."""

    __tablename__ = "mailing_delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("mail.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[DeliveryState] = mapped_column(String(10), default=DeliveryState.WAITING)
    handed_at: Mapped[datetime | None] = mapped_column(index=True)

    __table_args__ = (
        UniqueConstraint("mailing_id", "participant_id"),
        Index("ix_mailing_delivery_mailing_id_state", "mailing_id", "state"),
        CheckConstraint(f"state IN {DELIVERY_STATES}", name="known_state"),
    )
