"""How an event presents itself: its words in each language, its colours, its logo."""

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base


class Look:
    """The columns of `Event` that say how it looks and what it says.

    The event's own columns (`name`, `tagline` …) are in the first of its languages; `texts` holds
    the same in the others, `{language: {column: text}}`, as far as they are given.
    `colours` is empty, or has `brand` and `accent`. `logo` is the print of the logo, or empty.
    """

    practical: Mapped[str] = mapped_column(Text, default="", server_default="")
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(
        JSON, default=dict, server_default="{}"
    )
    colours: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    logo: Mapped[str] = mapped_column(String(16), default="", server_default="")


class EventLogo(Base):
    """An event's logo, all of it on white, in two sizes."""

    __tablename__ = "event_logo"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    large: Mapped[bytes] = mapped_column(LargeBinary)
    small: Mapped[bytes] = mapped_column(LargeBinary)
