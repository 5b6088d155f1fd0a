"""What organisers keep about their people: invitations, a file being brought in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base

LONGEST_SHEET_NAME = 200


class Invitation(Base):
    """The last link mailed to somebody brought in, who has not registered themselves."""

    __tablename__ = "invitation"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    sent_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]


class Sheet(Base):
    """A table of people being brought in: its rows as text until they are entered.

    `heading` counts the rows above the first person, with the row of headings as the last of
    them. `columns` says of each column which field it holds, or nothing; it stays, so that the
    next file with the same headings is understood. `rows` go once they are entered.
    """

    __tablename__ = "person_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_SHEET_NAME))
    heading: Mapped[int] = mapped_column(default=1)
    headings: Mapped[list[str]] = mapped_column(JSON, default=list)
    columns: Mapped[list[str]] = mapped_column(JSON, default=list)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rows: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(default=now)
    entered_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_person_sheet_event_id_created_at", "event_id", "created_at"),)

    @property
    def hidden(self) -> list[int]:
        """The rows below the headings that are not seen in the file."""
        return [row for row in self.choices.get("hidden", ()) if row > self.heading]
