"""Organisations."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, validates

from matchmaker.clock import now
from matchmaker.database import Base
from matchmaker.organisations.names import (
    LONGEST_NAME,
    LONGEST_SEARCH_KEY,
    fold_name,
    search_key,
)
from matchmaker.organisations.sizes import SIZES
from matchmaker.own_texts import OwnText, words_in

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
    """One organisation; its `size` is empty where nobody has said it.

    `name_key` is the name folded for finding it again, `search_key` what a search looks through;
    both follow the name. `description_language` is that of the description, `description_texts`
    the same in other languages. `logo` is the print of the logo there is, or empty.
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_key: Mapped[str] = mapped_column(String(LONGEST_NAME), index=True)
    search_key: Mapped[str] = mapped_column(String(LONGEST_SEARCH_KEY), default="")
    kind: Mapped[str] = mapped_column(String(30), default="other")
    size: Mapped[str] = mapped_column(String(10), default="", server_default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    region: Mapped[str] = mapped_column(String(5), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    description_language: Mapped[str] = mapped_column(String(2), default="", server_default="")
    description_texts: Mapped[dict[str, str]] = mapped_column(
        JSON, default=dict, server_default="{}"
    )
    logo: Mapped[str] = mapped_column(String(16), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        UniqueConstraint("name_key", "country"),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint(f"kind IN {KINDS}", name="known_kind"),
        CheckConstraint(f"size IN {('', *SIZES)}", name="known_size"),
    )

    @validates("name")
    def _fold(self, _attribute: str, name: str) -> str:
        self.name_key, self.search_key = fold_name(name), search_key(name)
        return name

    def description_in(self, locale: str) -> OwnText:
        return words_in(locale, self.description, self.description_language, self.description_texts)


class Logo(Base):
    """An organisation's logo in two sizes; `user_id` is who put it there."""

    __tablename__ = "logo"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL"), index=True
    )
    large: Mapped[bytes] = mapped_column(LargeBinary)
    small: Mapped[bytes] = mapped_column(LargeBinary)
