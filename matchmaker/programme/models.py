"""Programme sessions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base
from matchmaker.events.parts_removed import belongs_once, removed_from

MOST_TRAVEL = 240


class Session(Base):
    """A session of the programme, or a visit. `ref` is its short id in files, where it has one.

    `travel_minutes` is how long the way there takes, and as long the way back.
    """

    __tablename__ = "programme_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    removed_from_id: Mapped[int | None] = removed_from()
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room: Mapped[str] = mapped_column(String(120), default="")
    speaker: Mapped[str] = mapped_column(String(200), default="")
    abstract: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    ref: Mapped[str] = mapped_column(String(60), default="", server_default="")
    travel_minutes: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (
        belongs_once(),
        Index("ix_programme_session_event_id_starts_at", "event_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="times_in_order"),
        CheckConstraint("title <> ''", name="titled"),
        CheckConstraint(f"travel_minutes BETWEEN 0 AND {MOST_TRAVEL}", name="travel_within_hours"),
    )
