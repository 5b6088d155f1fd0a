"""Offers and needs."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.database import Base
from matchmaker.events.models import Topic
from matchmaker.registration.models import Participant

ITEM_KINDS = ("offer", "need")


class Item(Base):
    """An offer or a need of one participant."""

    __tablename__ = "item"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    topic_id: Mapped[int | None] = mapped_column(
        ForeignKey("topic.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)

    participant: Mapped[Participant] = relationship()
    topic: Mapped[Topic | None] = relationship()

    __table_args__ = (
        CheckConstraint(f"kind IN {ITEM_KINDS}", name="known_kind"),
        CheckConstraint("title <> ''", name="titled"),
    )
