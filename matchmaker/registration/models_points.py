"""What a meeting point is besides its name: a booth kept for somebody, a room with a link."""

import secrets

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base


def new_key() -> str:
    return secrets.token_urlsafe(18)


class Booth(Base):
    """A meeting point kept for one participant: all their meetings on site are there."""

    __tablename__ = "booth"

    point_id: Mapped[int] = mapped_column(
        ForeignKey("meeting_point.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), unique=True
    )


class VideoRoom(Base):
    """Where a video meeting point is. In `link`, `{room}` stands for a name no one can guess.

    Each meeting has a name of its own there, made from `key`, which stays with the meeting.
    """

    __tablename__ = "video_room"

    point_id: Mapped[int] = mapped_column(
        ForeignKey("meeting_point.id", ondelete="CASCADE"), primary_key=True
    )
    link: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(64), default=new_key)

    __table_args__ = (CheckConstraint("link <> ''", name="leads_somewhere"),)
