"""What an organiser says has happened after publishing: somebody away, a place or a time lost."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base

DISRUPTION_KINDS = ("gone", "away", "point", "time")


class Disruption(Base):
    """One thing that happened: it holds for every run from then on, until it is taken back.

    `gone`: the participant does not come. `away`: not between
    the two times (the absence stands beside it). `point`: the meeting point is lost between them,
    `time`: all of them are.
    """

    __tablename__ = "disruption"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    absence_id: Mapped[int | None] = mapped_column(ForeignKey("absence.id", ondelete="SET NULL"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_point.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    told_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        CheckConstraint(f"kind IN {DISRUPTION_KINDS}", name="known_kind"),
        CheckConstraint("ends_at > starts_at", name="times_in_order"),
    )
