"""What belongs to a participant's profile: picture, typing not saved yet, advice put off."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base


class Portrait(Base):
    """A participant's picture in two sizes; its print is `Participant.picture`."""

    __tablename__ = "portrait"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    large: Mapped[bytes] = mapped_column(LargeBinary)
    small: Mapped[bytes] = mapped_column(LargeBinary)


class Unsaved(Base):
    """What somebody typed into a step and has not saved, as the form sends it."""

    __tablename__ = "unsaved"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    step: Mapped[int] = mapped_column(primary_key=True)
    typed: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    kept_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (CheckConstraint("step BETWEEN 1 AND 3", name="known_step"),)


class AdvicePutOff(Base):
    """Advice on the profile that the participant does not want to hear again."""

    __tablename__ = "advice_put_off"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    advice: Mapped[str] = mapped_column(String(40), primary_key=True)
    put_off_at: Mapped[datetime] = mapped_column(default=now)
