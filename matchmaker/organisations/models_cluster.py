"""What a cluster says of itself between events: its profile."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import User
from matchmaker.clock import now
from matchmaker.database import Base
from matchmaker.organisations.models import Organisation
from matchmaker.own_texts import OwnText, words_in

LABELS = ("", "bronze", "silver", "gold")


class ClusterProfile(Base):
    """One cluster's profile, as its people state it.

    `members` counts them by kind of organisation. `criteria` holds, by criterion, whether it is
    `met` and the `evidence`; what is not in it was not said. `label_by` is who granted the label,
    which holds from `label_from` until `label_until`, both days included. `version` rises with
    each change, so that nobody saves over another's.
    """

    __tablename__ = "cluster_profile"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    director: Mapped[str] = mapped_column(String(120), default="")
    members: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    strategy: Mapped[str] = mapped_column(Text, default="")
    strategy_language: Mapped[str] = mapped_column(String(2), default="")
    strategy_texts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    strategy_link: Mapped[str] = mapped_column(String(300), default="")
    services: Mapped[str] = mapped_column(Text, default="")
    services_language: Mapped[str] = mapped_column(String(2), default="")
    services_texts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    criteria: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON, default=dict)
    label: Mapped[str] = mapped_column(String(10), default="")
    label_by: Mapped[str] = mapped_column(String(160), default="")
    label_from: Mapped[date | None]
    label_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL"), index=True
    )

    organisation: Mapped[Organisation] = relationship()
    changed_by: Mapped[User | None] = relationship()

    __table_args__ = (
        CheckConstraint(f"label IN {LABELS}", name="known_label"),
        CheckConstraint("label_until >= label_from", name="label_days_in_order"),
        CheckConstraint("version >= 1", name="numbered_from_one"),
    )

    def strategy_in(self, locale: str) -> OwnText:
        return words_in(locale, self.strategy, self.strategy_language, self.strategy_texts)

    def services_in(self, locale: str) -> OwnText:
        return words_in(locale, self.services, self.services_language, self.services_texts)

    @property
    def number_of_members(self) -> int:
        return sum(self.members.values())
