"""Which sessions of the programme participants attend."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.clock import now
from matchmaker.database import Base
from matchmaker.programme.models import Session


class SessionChoice(Base):
    """A participant said that they attend a session; an absence holds the time it takes them.

    The choice stays while the session is taken out of the event: if it comes back, so does the
    absence.
    """

    __tablename__ = "session_choice"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    session_id: Mapped[int] = mapped_column(
        ForeignKey("programme_session.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    chosen_at: Mapped[datetime] = mapped_column(default=now)

    session: Mapped[Session] = relationship()
