"""What an event's meetings came to, for its organisers: counted by the database."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from matchmaker.agenda.models import Meeting
from matchmaker.clock import now
from matchmaker.events.models import Event, Slot
from matchmaker.extensions import db
from matchmaker.followup.models import (
    FAILED,
    RATINGS,
    ROUNDS,
    MeetingOutcome,
    MeetingWord,
    OutcomeRound,
)
from matchmaker.followup.rounds import round_now
from matchmaker.followup.said import Held, held_of, results_of
from matchmaker.registration.models import Participant


@dataclass(frozen=True, slots=True)
class HeldFigures:
    """Meetings that stand; `over` have begun, and `held` says what became of those."""

    planned: int
    held: Counter[Held]

    @property
    def over(self) -> int:
        return self.held.total()


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """One round: people asked and answering, and meetings by what came of them."""

    months: int
    asked: int
    answered: int
    results: Counter[str] = field(default_factory=Counter)


def held_figures(event: Event) -> HeldFigures:
    """Two queries, whatever the number of meetings."""
    planned = select(func.count()).where(Meeting.event_id == event.id, _stands())
    held: Counter[Held] = Counter()
    for one, other, number in db.session.execute(_by_words(event)):
        held[held_of(one, other)] += number
    return HeldFigures(planned=db.session.scalar(planned) or 0, held=held)


def failed_meetings() -> Select[int]:
    """The ids of those that one of the two says did not take place."""
    pair = or_(
        and_(MeetingWord.person_id == Meeting.a_id, MeetingWord.other_id == Meeting.b_id),
        and_(MeetingWord.person_id == Meeting.b_id, MeetingWord.other_id == Meeting.a_id),
    )
    return (
        select(Meeting.id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(MeetingWord, pair)
        .where(MeetingWord.said.in_(FAILED), MeetingWord.said_at >= Slot.starts_at)
    )


def ratings(event: Event) -> dict[int, int]:
    """How many said what; of whom nobody learns."""
    rows = db.session.execute(
        select(MeetingWord.rating, func.count())
        .join(Participant, Participant.id == MeetingWord.person_id)
        .where(Participant.event_id == event.id, MeetingWord.rating.is_not(None))
        .group_by(MeetingWord.rating)
    )
    counted = {rating: number for rating, number in rows}
    return {rating: counted.get(rating, 0) for rating in RATINGS}


def rounds(event: Event) -> list[RoundFigures]:
    """Every round that has begun, in two queries."""
    last = round_now(event)
    if last is None:
        return []
    asked, results = _asked(event), _meetings_by_result(event)
    return [
        RoundFigures(months, *asked.get(months, (0, 0)), results.get(months, Counter()))
        for months in ROUNDS
        if months <= last
    ]


def word_that_counts(side: Any) -> ColumnElement[str]:
    """A side's word of the meeting; nothing where it was said of an earlier time."""
    return case((side.said_at >= Slot.starts_at, side.said), else_="")


def _by_words(event: Event) -> Select[str, str, int]:
    one, other = aliased(MeetingWord), aliased(MeetingWord)
    a, b = word_that_counts(one), word_that_counts(other)
    return (
        select(a, b, func.count())
        .select_from(Meeting)
        .join(Slot, Slot.id == Meeting.slot_id)
        .outerjoin(one, and_(one.person_id == Meeting.a_id, one.other_id == Meeting.b_id))
        .outerjoin(other, and_(other.person_id == Meeting.b_id, other.other_id == Meeting.a_id))
        .where(Meeting.event_id == event.id, _stands(), Slot.starts_at <= now())
        .group_by(a, b)
    )


def _meetings_by_result(event: Event) -> dict[int, Counter[str]]:
    """By round; a meeting counts once for each result that one of its people names."""
    one, other = aliased(MeetingOutcome), aliased(MeetingOutcome)
    named = one.results.bitwise_or(func.coalesce(other.results, 0))
    same = and_(
        other.person_id == one.other_id,
        other.other_id == one.person_id,
        other.months == one.months,
        other.results > 0,
    )
    people = select(Participant.id).where(Participant.event_id == event.id)
    rows = db.session.execute(
        select(one.months, named, func.count())
        .outerjoin(other, same)
        .where(
            one.results > 0,
            one.person_id.in_(people),
            or_(one.person_id < one.other_id, other.person_id.is_(None)),
        )
        .group_by(one.months, named)
    )
    counted: dict[int, Counter[str]] = {}
    for months, bits, number in rows:
        for name in results_of(bits):
            counted.setdefault(months, Counter())[name] += number
    return counted


def _asked(event: Event) -> dict[int, tuple[int, int]]:
    """Accounts, since each is asked once for all that it holds."""
    asked = case((OutcomeRound.asked_at.is_not(None), Participant.user_id))
    answered = case((OutcomeRound.answered_at.is_not(None), Participant.user_id))
    rows = db.session.execute(
        select(
            OutcomeRound.months,
            func.count(asked.distinct()),
            func.count(answered.distinct()),
        )
        .join(Participant, Participant.id == OutcomeRound.participant_id)
        .where(Participant.event_id == event.id)
        .group_by(OutcomeRound.months)
    )
    return {months: (people, answers) for months, people, answers in rows}


def _stands() -> ColumnElement[bool]:
    return Meeting.state == "confirmed"
