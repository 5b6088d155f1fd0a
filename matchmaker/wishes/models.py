"""Wishes and requests."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.clock import now
from matchmaker.database import Base
from matchmaker.events.models import Slot
from matchmaker.marketplace.models import Item
from matchmaker.registration.on_behalf import acts_on_behalf

LEVELS = ("must", "want", "no")


class RequestState(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


STATES = tuple(str(state) for state in RequestState)
SIDES = ("asker", "answerer", "")
# These end a request without an answer, so that another may be made.
OPEN_AGAIN = frozenset({RequestState.WITHDRAWN, RequestState.EXPIRED})
DEEDS = ("asked", "edited", "proposed", "accepted", "declined", "withdrawn", "expired")


class Wish(Base):
    """What one participant says of another. A "no" is never shown to the other side.

    `by_organiser` says that an organiser chose the level for the person.
    """

    __tablename__ = "wish"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    level: Mapped[str] = mapped_column(String(4))
    changed_at: Mapped[datetime] = mapped_column(default=now)
    by_organiser: Mapped[bool] = mapped_column(
        default=acts_on_behalf, onupdate=acts_on_behalf, server_default=false()
    )

    __table_args__ = (
        UniqueConstraint("person_id", "other_id"),
        # Tens of thousands of pairs are read from it alone.
        Index("ix_wish_event_id_level", "event_id", "level", "person_id", "other_id"),
        CheckConstraint("person_id <> other_id", name="not_oneself"),
        CheckConstraint(f"level IN {LEVELS}", name="known_level"),
    )


class Request(Base):
    """A wish that asks for consent.

    `about` is what the asker would talk of. `reason` is what whoever declined says to it. While
    `proposed_at` is set the answerer would meet at one of the `times`, and the asker is to answer.
    `slot` is the time asked for, if any, and once accepted the one both agreed on. `reminded_at`
    is when the last day to answer began.
    """

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
    about_id: Mapped[int | None] = mapped_column(
        ForeignKey("item.id", ondelete="SET NULL"), index=True
    )
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slot.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    proposed_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    about: Mapped[Item | None] = relationship()
    slot: Mapped[Slot | None] = relationship()
    times: Mapped[list[Slot]] = relationship(
        secondary="request_slot",
        secondaryjoin="and_(RequestSlot.slot_id == Slot.id, Slot.event_id.is_not(None))",
        order_by="Slot.starts_at",
        passive_deletes=True,
    )
    steps: Mapped[list["RequestStep"]] = relationship(
        order_by="RequestStep.id", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (
        UniqueConstraint("asker_id", "answerer_id"),
        Index("ix_request_state_created_at", "state", "created_at"),
        CheckConstraint("asker_id <> answerer_id", name="not_oneself"),
        CheckConstraint(f"state IN {STATES}", name="known_state"),
    )


class RequestSlot(Base):
    """A time that the answerer of a request proposes."""

    __tablename__ = "request_slot"

    request_id: Mapped[int] = mapped_column(
        ForeignKey("request.id", ondelete="CASCADE"), primary_key=True
    )
    slot_id: Mapped[int] = mapped_column(
        ForeignKey("slot.id", ondelete="CASCADE"), primary_key=True
    )


class RequestStep(Base):
    """What was done with a request, when and by whom; both sides may read it.

    `side` is empty for what time did; `by_organiser` says that one acted for that side.
    """

    __tablename__ = "request_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("request.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(default=now)
    side: Mapped[str] = mapped_column(String(10), default="")
    deed: Mapped[str] = mapped_column(String(10))
    by_organiser: Mapped[bool] = mapped_column(default=acts_on_behalf, server_default=false())

    __table_args__ = (
        CheckConstraint(f"side IN {SIDES}", name="known_side"),
        CheckConstraint(f"deed IN {DEEDS}", name="known_deed"),
    )
