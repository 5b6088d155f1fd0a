"""Events and what they are made of."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import User
from matchmaker.clock import now
from matchmaker.database import Base
from matchmaker.events.models_look import Look
from matchmaker.events.parts_removed import belongs_once, removed_from
from matchmaker.events.phases import (
    AGENDA_SHOWN,
    OVER,
    PUBLIC,
    REGISTRATION_OPEN,
    WISHES_OPEN,
    Phase,
)
from matchmaker.events.roles import Role

PHASES = tuple(str(phase) for phase in Phase)
ROLES = tuple(str(role) for role in Role)
CONSENTS = ("accepted", "wishes", "suggest")
APPROVALS = ("automatic", "organiser")
POINT_KINDS = ("table", "booth", "video")
PLACEMENTS = ("run", "at once")
MOST_MEETINGS = 200
MOST_IN_A_ROW = 50


class Event(Look, Base):
    """One workshop. Times are UTC in the database; `timezone` says how to show them.

    On `erase_on` everything about its participants goes. `meetings_erased` counts the meetings
    held by people whose data are gone.
    A request waits at most `request_days` (0: for ever), and of one person at most `most_pending`
    at a time. `placement` says what gives a meeting its time when two agree: the next run, or at
    once. Participants change their meetings until `change_hours` before; empty means never.
    `places` is how many can be in; empty means any number. With `two_factor_required` nobody opens
    an organiser's page without a second factor.
    """

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    tagline: Mapped[str] = mapped_column(String(200), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(160), default="")
    venue: Mapped[str] = mapped_column(String(160), default="")
    timezone: Mapped[str] = mapped_column(String(60))
    languages: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["en"])
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    organiser_email: Mapped[str] = mapped_column(String(254))
    phase: Mapped[Phase] = mapped_column(String(30), default=Phase.DRAFT)
    approval: Mapped[str] = mapped_column(String(10), default="organiser")
    consent: Mapped[str] = mapped_column(String(10), default="wishes")
    max_meetings: Mapped[int] = mapped_column(default=10)
    most_in_a_row: Mapped[int | None]
    weights: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    most_pending: Mapped[int] = mapped_column(default=10, server_default="10")
    request_days: Mapped[int] = mapped_column(default=7, server_default="7")
    placement: Mapped[str] = mapped_column(String(10), default="run", server_default="run")
    change_hours: Mapped[int | None] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(default=now)
    erase_on: Mapped[date | None]
    meetings_erased: Mapped[int] = mapped_column(default=0, server_default="0")
    places: Mapped[int | None]
    two_factor_required: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(default=1)

    types: Mapped[list["ParticipantType"]] = relationship(
        order_by="ParticipantType.position",
        cascade="all, delete-orphan",
        back_populates="event",
        foreign_keys="ParticipantType.event_id",
    )
    topics: Mapped[list["Topic"]] = relationship(
        order_by="Topic.position",
        cascade="all, delete-orphan",
        back_populates="event",
        foreign_keys="Topic.event_id",
    )
    blocks: Mapped[list["MeetingBlock"]] = relationship(
        order_by="MeetingBlock.starts_at",
        cascade="all, delete-orphan",
        back_populates="event",
        foreign_keys="MeetingBlock.event_id",
    )
    slots: Mapped[list["Slot"]] = relationship(
        order_by="Slot.starts_at", viewonly=True, foreign_keys="Slot.event_id"
    )
    points: Mapped[list["MeetingPoint"]] = relationship(
        order_by="MeetingPoint.position",
        cascade="all, delete-orphan",
        back_populates="event",
        foreign_keys="MeetingPoint.event_id",
    )
    organisers: Mapped[list["EventOrganiser"]] = relationship(
        cascade="all, delete-orphan", back_populates="event"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it so
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        CheckConstraint(f"phase IN {PHASES}", name="known_phase"),
        CheckConstraint(f"consent IN {CONSENTS}", name="known_consent"),
        CheckConstraint(f"approval IN {APPROVALS}", name="known_approval"),
        CheckConstraint("max_meetings >= 0", name="max_meetings_counts"),
        CheckConstraint("most_in_a_row >= 1", name="most_in_a_row_counts"),
        CheckConstraint("most_pending >= 1", name="most_pending_counts"),
        CheckConstraint("request_days >= 0", name="request_days_count"),
        CheckConstraint(f"placement IN {PLACEMENTS}", name="known_placement"),
        CheckConstraint("change_hours >= 0", name="change_hours_count"),
        CheckConstraint("places >= 0", name="places_count"),
    )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def is_public(self) -> bool:
        return self.phase in PUBLIC

    @property
    def takes_registrations(self) -> bool:
        return self.phase in REGISTRATION_OPEN

    @property
    def takes_wishes(self) -> bool:
        return self.phase in WISHES_OPEN

    @property
    def shows_agenda(self) -> bool:
        return self.phase in AGENDA_SHOWN

    @property
    def is_over(self) -> bool:
        """Its last day is past, or its organisers said so by the phase."""
        today = now().astimezone(self.zone).date()
        return self.phase in OVER or (self.shows_agenda and today > self.ends_on)


class EventOrganiser(Base):
    """A user of the team that runs an event, in a role; who makes an event owns it."""

    __tablename__ = "event_organiser"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )

    role: Mapped[Role] = mapped_column(String(10), default=Role.OWNER, server_default=Role.OWNER)
    added_at: Mapped[datetime | None] = mapped_column(default=now)

    event: Mapped[Event] = relationship(back_populates="organisers")
    user: Mapped[User] = relationship()

    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="known_role"),)


class ParticipantType(Base):
    """A kind of participant, as the organiser names it; at most `places` of it are in."""

    __tablename__ = "participant_type"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    removed_from_id: Mapped[int | None] = removed_from()
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    places: Mapped[int | None]

    event: Mapped[Event] = relationship(foreign_keys=[event_id], back_populates="types")

    __table_args__ = (
        belongs_once(),
        UniqueConstraint("event_id", "name"),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("places >= 0", name="places_count"),
    )


class TypePermission(Base):
    """One cell of the two matrices of types: whether the one may ask the other, and may see them.

    Who may be asked by somebody may see them too. `preferred` marks the types the event wants to
    bring together.
    """

    __tablename__ = "type_permission"

    type_id: Mapped[int] = mapped_column(
        ForeignKey("participant_type.id", ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("participant_type.id", ondelete="CASCADE"), primary_key=True
    )
    preferred: Mapped[bool] = mapped_column(default=False)
    asks: Mapped[bool] = mapped_column(default=True, server_default=true())
    sees: Mapped[bool] = mapped_column(default=True, server_default=true())


class Topic(Base):
    """A node of the event's tree of topics; `key` is its short id in files."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    removed_from_id: Mapped[int | None] = removed_from()
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship(foreign_keys=[event_id], back_populates="topics")
    parent: Mapped["Topic | None"] = relationship(remote_side=[id])

    __table_args__ = (
        belongs_once(),
        UniqueConstraint("event_id", "key"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
    )


class MeetingBlock(Base):
    """A stretch of time for meetings; between two of its slots are `pause_minutes`."""

    __tablename__ = "meeting_block"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    removed_from_id: Mapped[int | None] = removed_from()
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    slot_minutes: Mapped[int]
    pause_minutes: Mapped[int] = mapped_column(default=0, server_default="0")

    event: Mapped[Event] = relationship(foreign_keys=[event_id], back_populates="blocks")
    slots: Mapped[list["Slot"]] = relationship(
        order_by="Slot.starts_at", cascade="all, delete-orphan", back_populates="block"
    )

    __table_args__ = (
        belongs_once(),
        UniqueConstraint("event_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="times_in_order"),
        CheckConstraint("slot_minutes > 0", name="slot_has_length"),
        CheckConstraint("pause_minutes >= 0", name="pause_counts"),
    )


class Slot(Base):
    """One piece of a meeting block."""

    __tablename__ = "slot"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    removed_from_id: Mapped[int | None] = removed_from()
    block_id: Mapped[int] = mapped_column(
        ForeignKey("meeting_block.id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    block: Mapped[MeetingBlock] = relationship(back_populates="slots")

    __table_args__ = (
        belongs_once(),
        UniqueConstraint("event_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="times_in_order"),
    )


class MeetingPoint(Base):
    """A table, booth or video room."""

    __tablename__ = "meeting_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    removed_from_id: Mapped[int | None] = removed_from()
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10), default="table")
    position: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship(foreign_keys=[event_id], back_populates="points")

    __table_args__ = (
        belongs_once(),
        UniqueConstraint("event_id", "name"),
        Index("ix_meeting_point_event_id_position", "event_id", "position"),
        CheckConstraint(f"kind IN {POINT_KINDS}", name="known_kind"),
    )
