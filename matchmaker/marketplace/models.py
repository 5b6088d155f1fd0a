"""Offers and needs."""

import secrets
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.database import Base
from matchmaker.events.models import Topic
from matchmaker.marketplace.searching import words_of
from matchmaker.own_texts import OwnText, text_in
from matchmaker.registration.models import Participant

ITEM_KINDS = ("offer", "need")


def new_revision() -> int:
    """Another number for every change: the sum of an event's tells whether any item changed."""
    return secrets.randbits(40)


def _words(context: Any) -> str:
    given = context.get_current_parameters()
    return words_of(given["title"], given.get("texts") or {})


class Item(Base):
    """An offer or a need of one participant.

    `language` is that of title and text where the person said it; `texts` holds the same in other
    languages, as `{language: {"title": …, "text": …, "role": …}}`, the role where there is one.
    `words` is what a search looks in. Which of the other fields are asked depends on the category:
    `kinds` says.
    """

    __tablename__ = "item"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    topic_id: Mapped[int | None] = mapped_column(
        ForeignKey("topic.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(
        BigInteger, default=new_revision, onupdate=new_revision, server_default="0"
    )
    category: Mapped[str] = mapped_column(String(20), default="")
    stage: Mapped[str] = mapped_column(String(20), default="")
    ipr: Mapped[str] = mapped_column(String(20), default="")
    cooperation: Mapped[list[str]] = mapped_column(JSON, default=list)
    partner_kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    partner_role: Mapped[str] = mapped_column(String(300), default="")
    language: Mapped[str] = mapped_column(String(2), default="")
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    words: Mapped[str] = mapped_column(Text, default=_words)

    participant: Mapped[Participant] = relationship()
    topic: Mapped[Topic | None] = relationship()

    __table_args__ = (
        CheckConstraint(f"kind IN {ITEM_KINDS}", name="known_kind"),
        CheckConstraint("title <> ''", name="titled"),
    )

    def text_in(self, locale: str) -> OwnText:
        """Title and text in the reader's language where given, else as first written."""
        others = (OwnText(language, **said) for language, said in self.texts.items())
        first = OwnText(self.language, self.title, self.text, role=self.partner_role)
        return text_in(locale, first, others)

    def title_in(self, locale: str) -> str:
        return self.text_in(locale).title

    def role_in(self, locale: str) -> str:
        return self.text_in(locale).role
