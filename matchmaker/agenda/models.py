"""Published agendas and their meetings."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.clock import now
from matchmaker.database import Base
from matchmaker.events.models import MeetingPoint, Slot

AGENDA_KINDS = ("run", "repair", "grid", "earlier", "none")
MEETING_STATES = ("confirmed", "cancelled")
MOVE_STATES = ("pending", "accepted", "declined", "withdrawn", "outdated")


class Agenda(Base):
    """One published version of an event's schedule; the highest number is in force.

    `kind` says what it came from, `run_id` which run, where it was one. `contents` holds its
    meetings as [a, b, slot, point] by id, to roll back to; `note` is what its mails say besides.
    """

    __tablename__ = "agenda"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(10), default="run", server_default="run")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    contents: Mapped[list[list[int]]] = mapped_column(
        JSON, default=list, server_default="[]", deferred=True
    )
    added: Mapped[int] = mapped_column(default=0, server_default="0")
    moved: Mapped[int] = mapped_column(default=0, server_default="0")
    cancelled: Mapped[int] = mapped_column(default=0, server_default="0")
    published_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL")
    )
    published_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
        CheckConstraint(f"kind IN {AGENDA_KINDS}", name="known_kind"),
    )


class Meeting(Base):
    """A published meeting of two participants, `a_id` < `b_id`; one row a pair for good.

    `sequence` and `changed_at` are what calendars need: they rise whenever the meeting moves,
    is cancelled or comes back, and at no other time. A `kept` meeting was settled by the two
    themselves, a `locked` one by an organiser: the next run leaves it where it is.
    """

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    b_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"))
    point_id: Mapped[int] = mapped_column(ForeignKey("meeting_point.id"))
    state: Mapped[str] = mapped_column(String(10), default="confirmed")
    kept: Mapped[bool] = mapped_column(default=False, server_default=false())
    locked: Mapped[bool] = mapped_column(default=False, server_default=false())
    value: Mapped[int]
    reasons: Mapped[str] = mapped_column(Text)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)

    slot: Mapped[Slot] = relationship()
    point: Mapped[MeetingPoint] = relationship()
    seats: Mapped[list["Seat"]] = relationship(
        cascade="all, delete-orphan", back_populates="meeting"
    )

    __table_args__ = (
        UniqueConstraint("a_id", "b_id"),
        CheckConstraint("a_id < b_id", name="pair_in_order"),
        CheckConstraint(f"state IN {MEETING_STATES}", name="known_state"),
        Index(
            "uq_meeting_slot_id_point_id",
            "slot_id",
            "point_id",
            unique=True,
            sqlite_where=text("state = 'confirmed'"),
            postgresql_where=text("state = 'confirmed'"),
        ),
    )


class Seat(Base):
    """A participant's time in a confirmed meeting: nobody is in two meetings of one slot."""

    __tablename__ = "seat"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )

    meeting: Mapped[Meeting] = relationship(back_populates="seats")


class Visit(Base):
    """Up to when a participant has seen the changes of their agenda."""

    __tablename__ = "agenda_visit"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    seen_until: Mapped[datetime]


class MeetingMove(Base):
    """Another time that one of two proposes for their meeting; the other side answers.

    `sequence` is the meeting's when it was proposed: where the meeting changed since, the proposal
    is outdated.
    """

    __tablename__ = "meeting_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"))
    sequence: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="pending")
    created_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    slot: Mapped[Slot] = relationship()

    __table_args__ = (
        CheckConstraint(f"state IN {MOVE_STATES}", name="known_state"),
        Index(
            "uq_meeting_move_meeting_id",
            "meeting_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )
