"""The entries of the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base


class AuditEntry(Base):
    """One change. `subject` names what was changed, `details` holds before and after."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120), default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    __table_args__ = (
        Index("ix_audit_entry_event_id_at_id", "event_id", "at", "id"),
        Index("ix_audit_entry_event_id_action_at_id", "event_id", "action", "at", "id"),
        Index("ix_audit_entry_event_id_actor_id_at_id", "event_id", "actor_id", "at", "id"),
        Index("ix_audit_entry_event_id_subject_at_id", "event_id", "subject", "at", "id"),
    )
