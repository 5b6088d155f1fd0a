"""Participants and when they are away."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import User
from matchmaker.clock import now
from matchmaker.database import Base
from matchmaker.events.models import Event, ParticipantType
from matchmaker.organisations.models import Organisation
from matchmaker.own_texts import OwnText, words_in


class Status(StrEnum):
    REGISTERING = "registering"
    PENDING = "pending"
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


STATUSES = tuple(str(status) for status in Status)
OUT = frozenset({Status.REJECTED, Status.WITHDRAWN})


class Participant(Base):
    """One person at one event, for one organisation.

    An account may hold several, one for each organisation it acts for, counted by `number` from
    one. Where its holder attends for several, they are `in_person` in each and never in two
    meetings at once; somebody else whose place they look after is not. Who is
    `online` meets by video alone.
    `ref` is the short id used in files and calendars. `country` and `region` are set only where
    they differ from the organisation's. `about_language` is that of `about`, `about_texts` the same
    in other languages. `max_meetings` empty means the event's own number.
    `listed_at` is when the person agreed to be shown to other participants; `audiences` holds who
    may see a field, where the person chose other than usual (see `audience`). `feed_token` is the
    secret in the address of the calendar feed. On the waiting list, who is `waiting_since` longest
    comes in first.
    """

    __tablename__ = "participant"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    in_person: Mapped[bool] = mapped_column(default=True)
    online: Mapped[bool] = mapped_column(default=False, server_default=false())
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    type_id: Mapped[int | None] = mapped_column(ForeignKey("participant_type.id"))
    ref: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str | None] = mapped_column(String(2))
    region: Mapped[str | None] = mapped_column(String(5))
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    status: Mapped[Status] = mapped_column(String(20), default=Status.REGISTERING)
    step: Mapped[int] = mapped_column(default=1)
    max_meetings: Mapped[int | None]
    min_meetings: Mapped[int] = mapped_column(default=0)
    listed_at: Mapped[datetime | None]
    job_title: Mapped[str] = mapped_column(String(120), default="", server_default="")
    phone: Mapped[str] = mapped_column(String(40), default="", server_default="")
    link: Mapped[str] = mapped_column(String(300), default="", server_default="")
    about: Mapped[str] = mapped_column(Text, default="", server_default="")
    about_language: Mapped[str] = mapped_column(String(2), default="", server_default="")
    about_texts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    audiences: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    feed_token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    wishes_told_at: Mapped[datetime | None]
    picture: Mapped[str] = mapped_column(String(16), default="")

    event: Mapped[Event] = relationship()
    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    type: Mapped[ParticipantType | None] = relationship()
    absences: Mapped[list["Absence"]] = relationship(
        order_by="Absence.starts_at", cascade="all, delete-orphan", back_populates="participant"
    )
    handover: Mapped["Handover | None"] = relationship(
        cascade="all, delete-orphan", back_populates="participant"
    )

    __table_args__ = (
        UniqueConstraint("event_id", "user_id", "number"),
        UniqueConstraint("event_id", "ref"),
        Index("ix_participant_event_id_status", "event_id", "status"),
        CheckConstraint(f"status IN {STATUSES}", name="known_status"),
        CheckConstraint("step BETWEEN 1 AND 3", name="known_step"),
        CheckConstraint("max_meetings >= 0", name="max_meetings_counts"),
        CheckConstraint("min_meetings >= 0", name="min_meetings_counts"),
        CheckConstraint(
            "status IN ('registering', 'withdrawn')"
            " OR (organisation_id IS NOT NULL AND type_id IS NOT NULL)",
            name="complete_once_sent",
        ),
    )

    @property
    def is_approved(self) -> bool:
        return self.status == Status.APPROVED

    @property
    def is_listed(self) -> bool:
        """Whether other participants may see this one."""
        return self.is_approved and self.listed_at is not None

    @property
    def own_absences(self) -> list["Absence"]:
        """Those the person gave, without what the sessions they attend take."""
        return [away for away in self.absences if away.session_id is None]

    def about_in(self, locale: str) -> OwnText:
        return words_in(locale, self.about, self.about_language, self.about_texts)


class Handover(Base):
    """An offer to take over a participant, open until it is taken or withdrawn.

    It is for whoever signs in with the address; `email_key` is the address as accounts keep it.
    """

    __tablename__ = "handover"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), index=True)
    offered_at: Mapped[datetime] = mapped_column(default=now)

    participant: Mapped[Participant] = relationship(back_populates="handover")


class Absence(Base):
    """A stretch of time in which a participant cannot meet.

    With a session it is the time that one takes which they chose, the way there and back included.
    """

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_session.id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    participant: Mapped[Participant] = relationship(back_populates="absences")

    __table_args__ = (
        UniqueConstraint("participant_id", "session_id"),
        CheckConstraint("ends_at > starts_at", name="times_in_order"),
    )
