"""Organisations."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.clock import now
from matchmaker.database import Base

KINDS = (
    "cluster",
    "public authority",
    "SME",
    "large company",
    "research body",
    "investor",
    "support organisation",
    "other",
)


class Organisation(Base):
    """One organisation. `name_key` is the name folded for finding it again."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    name_key: Mapped[str] = mapped_column(String(160), index=True)
    kind: Mapped[str] = mapped_column(String(30), default="other")
    country: Mapped[str] = mapped_column(String(2), default="")
    region: Mapped[str] = mapped_column(String(5), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        UniqueConstraint("name_key", "country"),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint(f"kind IN {KINDS}", name="known_kind"),
    )
