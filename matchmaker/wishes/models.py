"""Wishes and requests."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base

LEVELS = ("must", "want", "no")


class RequestState(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


STATES = tuple(str(state) for state in RequestState)


class Wish(Base):
    """What one participant says of another. A "no" is never shown to the other side."""

    __tablename__ = "wish"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    level: Mapped[str] = mapped_column(String(4))
    changed_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        UniqueConstraint("person_id", "other_id"),
        CheckConstraint("person_id <> other_id", name="not_oneself"),
        CheckConstraint(f"level IN {LEVELS}", name="known_level"),
    )


class Request(Base):
    """A wish that asks for consent."""

    __tablename__ = "request"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    answerer_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[RequestState] = mapped_column(String(10), default=RequestState.PENDING)
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("asker_id", "answerer_id"),
        CheckConstraint("asker_id <> answerer_id", name="not_oneself"),
        CheckConstraint(f"state IN {STATES}", name="known_state"),
    )
