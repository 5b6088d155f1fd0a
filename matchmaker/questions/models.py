"""Questions, the wordings they had, and answers."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.clock import now
from matchmaker.database import Base
from matchmaker.events.models import ParticipantType
from matchmaker.registration.models import Participant

KINDS = ("text", "long", "choice", "several", "number", "consent")
CHOOSING = ("choice", "several")
AUDIENCES = ("organisers", "participants")

Said = str | list[str] | int | bool

question_type = Table(
    "question_type",
    Base.metadata,
    Column("question_id", ForeignKey("question.id", ondelete="CASCADE"), primary_key=True),
    Column("type_id", ForeignKey("participant_type.id", ondelete="CASCADE"), primary_key=True),
)


class Question(Base):
    """One question of an event. `types` are those who are asked; none of them means everybody.

    `audience` says who sees the answers: organisers alone, or participants too. `key` is its short
    id in files.
    """

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10))
    required: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[str] = mapped_column(String(12), default="organisers")
    position: Mapped[int] = mapped_column(default=0)

    types: Mapped[list[ParticipantType]] = relationship(
        secondary=question_type, order_by=ParticipantType.position
    )
    wordings: Mapped[list["Wording"]] = relationship(
        order_by="Wording.number", cascade="all, delete-orphan", back_populates="question"
    )

    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        CheckConstraint(f"kind IN {KINDS}", name="known_kind"),
        CheckConstraint(f"audience IN {AUDIENCES}", name="known_audience"),
    )

    @property
    def wording(self) -> "Wording":
        """What is asked now."""
        return self.wordings[-1]

    @property
    def is_choosing(self) -> bool:
        return self.kind in CHOOSING

    def asks(self, type_id: int | None) -> bool:
        """Whether participants of this type are asked."""
        return not self.types or type_id in {kind.id for kind in self.types}


class Wording(Base):
    """What a question says, by language: `{language: text}`; a new one once somebody has answered.

    `options` are `{"key": …, "label": {language: text}}`; a key stays with its option however that
    is worded.
    """

    __tablename__ = "question_wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(default=1)
    label: Mapped[dict[str, str]] = mapped_column(JSON)
    help: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    options: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(default=now)

    question: Mapped[Question] = relationship(back_populates="wordings")

    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
    )


class Answer(Base):
    """What a participant answered, when, and to which wording."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    wording_id: Mapped[int] = mapped_column(
        ForeignKey("question_wording.id", ondelete="CASCADE"), index=True
    )
    value: Mapped[Said] = mapped_column(JSON)
    answered_at: Mapped[datetime] = mapped_column(default=now)

    question: Mapped[Question] = relationship()
    participant: Mapped[Participant] = relationship()
    wording: Mapped[Wording] = relationship()

    __table_args__ = (UniqueConstraint("question_id", "participant_id"),)
