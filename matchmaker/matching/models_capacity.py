"""Studies of capacity: how many of so many wishes fit, as simulated by the worker."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base

STUDY_STATES = ("queued", "running", "done", "failed")


class CapacityStudy(Base):
    """One question about the capacity of an event, and what simulating it found.

    `asked` holds the numbers of the form, `trials` what each number of tables gave so far,
    `done` how much of the work is over, in per cent. A worker
    claims a study by raising `attempt` and keeps `beat_at` fresh.
    """

    __tablename__ = "capacity_study"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(10), default="queued", index=True)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    trials: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    done: Mapped[int] = mapped_column(default=0)
    attempt: Mapped[int] = mapped_column(default=0)
    beat_at: Mapped[datetime | None]
    asked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        CheckConstraint(f"state IN {STUDY_STATES}", name="known_state"),
        Index("ix_capacity_study_event_id_id", "event_id", "id"),
    )
