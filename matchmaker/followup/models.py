"""What each of two says of their meeting, at the event and in the year after it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base

SAYINGS = ("", "held", "absent", "missed")
FAILED = ("absent", "missed")
RATINGS = (1, 2, 3)
ROUNDS = (0, 3, 6, 12)
RESULTS = ("contact", "project", "letter", "contract", "bid")


class MeetingWord(Base):
    """What `person` says of the meeting with `other`; a pair has one meeting for good.

    `said` is that it was held, that the other was `absent`, or that the person `missed` it. It
    counts where `said_at` is not before the meeting began, so that nothing said of an earlier time
    of it does. The `note` is the person's alone; of ratings organisers see sums.
    """

    __tablename__ = "meeting_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    said: Mapped[str] = mapped_column(String(10), default="")
    said_at: Mapped[datetime] = mapped_column(default=now)
    rating: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("person_id", "other_id"),
        CheckConstraint("person_id <> other_id", name="not_oneself"),
        CheckConstraint(f"said IN {SAYINGS}", name="known_saying"),
        CheckConstraint(f"rating IN {RATINGS}", name="known_rating"),
    )


class MeetingOutcome(Base):
    """What came of the meeting with `other`, as `person` says so many months after the event.

    `results` is a bit for each of `RESULTS`, in their order, so that the database counts by them
    quickly; none means nothing yet.
    """

    __tablename__ = "meeting_outcome"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    months: Mapped[int]
    results: Mapped[int] = mapped_column(default=0)
    line: Mapped[str] = mapped_column(String(200), default="")
    answered_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        UniqueConstraint("person_id", "other_id", "months"),
        # Figures are counted from it alone.
        Index("ix_meeting_outcome_counted", "person_id", "other_id", "months", "results"),
        CheckConstraint("person_id <> other_id", name="not_oneself"),
        CheckConstraint(f"months IN {ROUNDS}", name="known_round"),
    )


class OutcomeRound(Base):
    """When a participant was asked what came of their meetings, and when they answered."""

    __tablename__ = "outcome_round"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    months: Mapped[int] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint(f"months IN {ROUNDS}", name="known_round"),)
