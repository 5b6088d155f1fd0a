"""Saved views of the organiser's table of people."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base


class SavedView(Base):
    """A filter of the table under a name, for every organiser of the event."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(1000))

    __table_args__ = (UniqueConstraint("event_id", "name"),)
