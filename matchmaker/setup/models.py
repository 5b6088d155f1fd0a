"""What organisers changed in the set-up of an event, with what undoes it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import User
from matchmaker.clock import now
from matchmaker.database import Base


class SetupChange(Base):
    """One change, as the rows it changed: `rows` as `setup.rows.RowChange` writes them,
    `said` the same in the words of the log.

    `part` says what was edited; `version` counts the changes of the event, and forms carry it.
    `told` is how many meetings were called off with it, whose people have been told; such a change
    stays. `undoes_id` names the change it took back.
    """

    __tablename__ = "setup_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    part: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int]
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    said: Mapped[dict[str, list[Any]]] = mapped_column(JSON)
    told: Mapped[int] = mapped_column(default=0)
    undoes_id: Mapped[int | None] = mapped_column(
        ForeignKey("setup_change.id", ondelete="SET NULL")
    )

    by: Mapped[User | None] = relationship()

    __table_args__ = (Index("ix_setup_change_event_id_version", "event_id", "version"),)
