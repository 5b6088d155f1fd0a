"""Runs of the optimiser and what each came up with; which offers meet which needs; vectors."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.clock import now
from matchmaker.database import Base


class RunState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


RUN_KINDS = ("whole", "repair")
STATES = tuple(str(state) for state in RunState)


class Run(Base):
    """One execution of the optimiser. The row, not the queue, is the truth about it.

    `snapshot` is what it works on, as JSON; `settings` how it was started and `changes` what had
    changed in the event since the run before, both as the history of runs shows them. A worker
    claims it by raising `attempt`, keeps `beat_at` fresh while it lives, and writes results only
    while `attempt` is still its own.
    A run of kind `repair` has its alternatives as further runs, with `of_id` its own id.
    """

    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10), default="whole", server_default="whole")
    of_id: Mapped[int | None] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), index=True)
    state: Mapped[RunState] = mapped_column(String(10), default=RunState.QUEUED, index=True)
    seed: Mapped[int] = mapped_column(default=0)
    seconds_allowed: Mapped[float | None]
    snapshot: Mapped[str] = mapped_column(Text, deferred=True)
    requested_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    attempt: Mapped[int] = mapped_column(default=0)
    beat_at: Mapped[datetime | None]
    stop_asked: Mapped[bool] = mapped_column(default=False)
    progress: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    error: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")

    meetings: Mapped[list["RunMeeting"]] = relationship(cascade="all, delete-orphan")
    unplaced: Mapped[list["RunUnplaced"]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint(f"state IN {STATES}", name="known_state"),
        CheckConstraint(f"kind IN {RUN_KINDS}", name="known_kind"),
        CheckConstraint("state <> 'done' OR report IS NOT NULL", name="done_has_report"),
    )

    @property
    def is_over(self) -> bool:
        return self.state in (RunState.DONE, RunState.FAILED)


class RunMeeting(Base):
    """A meeting that a run proposes; `a_id` < `b_id`."""

    __tablename__ = "run_meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    a_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    b_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"))
    point_id: Mapped[int] = mapped_column(ForeignKey("meeting_point.id", ondelete="CASCADE"))
    value: Mapped[int]
    reasons: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("run_id", "a_id", "b_id"),
        UniqueConstraint("run_id", "slot_id", "point_id"),
        CheckConstraint("a_id < b_id", name="pair_in_order"),
    )


class RunUnplaced(Base):
    """A wish that a run could not grant, and why. `full` holds ids of participants."""

    __tablename__ = "run_unplaced"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    a_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    b_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    value: Mapped[int]
    why: Mapped[str] = mapped_column(String(30))
    full: Mapped[list[int]] = mapped_column(JSON, default=list)
    cost: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("run_id", "a_id", "b_id"),
        Index("ix_run_unplaced_run_id_value", "run_id", "value"),
        CheckConstraint("a_id < b_id", name="pair_in_order"),
    )


class NeedsMet(Base):
    """Which offers of an event meet which needs, worked out by the worker and kept for the pages.

    `key` names what it was worked out from; where the event has moved on, it is behind.
    """

    __tablename__ = "needs_met"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(120))
    found: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class TextVector(Base):
    """What a text of an event means to a model, so that each text is read once by it.

    `digest` is that of the text, which is not kept here a second time.
    """

    __tablename__ = "text_vector"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    model: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
