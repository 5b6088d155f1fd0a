"""What participants agreed to, when, and to which wording."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base

TOLD_BY = ("person", "organiser")


class Consent(Base):
    """One participant's yes to one purpose; taking it back closes the row, a new yes adds one.

    `told_by` is who said so here: the person, or the organiser, who has their yes in another way.
    """

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(30))
    version: Mapped[int]
    given_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]
    told_by: Mapped[str] = mapped_column(String(10), default="person", server_default="person")

    __table_args__ = (
        CheckConstraint("version >= 1", name="numbered_from_one"),
        CheckConstraint(f"told_by IN {TOLD_BY}", name="known_teller"),
        CheckConstraint("withdrawn_at >= given_at", name="times_in_order"),
    )
