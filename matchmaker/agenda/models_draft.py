"""What organisers change by hand on the grid before they publish it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base


class Draft(Base):
    """One an event: `revision` rises with every change, so that an older page is told of it."""

    __tablename__ = "agenda_draft"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int] = mapped_column(default=0)


class DraftStep(Base):
    """Where one pair shall meet, or, without slot and point, that they shall not.

    Steps of one `turn` are done and undone together; the latest step of a pair holds.
    """

    __tablename__ = "agenda_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    turn: Mapped[int]
    a_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    b_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_point.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def cell(self) -> tuple[int, int] | None:
        return (
            None if self.slot_id is None or self.point_id is None else (self.slot_id, self.point_id)
        )

    __table_args__ = (
        UniqueConstraint("event_id", "turn", "a_id", "b_id"),
        CheckConstraint("a_id < b_id", name="pair_in_order"),
        CheckConstraint("(slot_id IS NULL) = (point_id IS NULL)", name="a_place_is_whole"),
    )
