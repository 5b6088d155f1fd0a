"""Pairs that look like one person and are two, as an organiser said."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base


class Apart(Base):
    """Two registrations of two people, `a_id` < `b_id`: they are not asked about again."""

    __tablename__ = "apart"

    a_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    b_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    said_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (CheckConstraint("a_id < b_id", name="pair_in_order"),)
