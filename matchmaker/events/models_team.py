"""Invitations to a team: who was asked to join it, in which role."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.clock import now
from matchmaker.database import Base
from matchmaker.events.models import ROLES, Event
from matchmaker.events.roles import Role


class TeamInvitation(Base):
    """A link mailed to one address, good for one use. Only the hash of its secret is kept.

    There is one an address and event: inviting again replaces it, so that the older link ends.
    """

    __tablename__ = "team_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    role: Mapped[Role] = mapped_column(String(10))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]

    event: Mapped[Event] = relationship()

    __table_args__ = (
        UniqueConstraint("event_id", "email_key"),
        CheckConstraint(f"role IN {ROLES}", name="known_role"),
    )

    @property
    def is_open(self) -> bool:
        return self.expires_at > now()
