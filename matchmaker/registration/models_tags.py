"""Tags: the organiser's own words on participants."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base

LONGEST_TAG = 40


class Tag(Base):
    """A word the organiser put on a participant, for finding them again."""

    __tablename__ = "participant_tag"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    tag: Mapped[str] = mapped_column(String(LONGEST_TAG), primary_key=True, index=True)
