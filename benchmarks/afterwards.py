"""The crowd's event a year later: who says what of the meetings, half of all in every round."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from matchmaker.agenda.models import Meeting
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.followup.models import ROUNDS, MeetingOutcome, MeetingWord, OutcomeRound

MORE_THAN_A_YEAR = timedelta(days=400)


def let_a_year_pass() -> None:
    """Everything of the agenda moves into the past, and every other person answers."""
    event = db.session.scalars(select(Event)).one()
    back = event.slots[-1].ends_at - now() + MORE_THAN_A_YEAR
    for slot in event.slots:
        slot.starts_at, slot.ends_at = slot.starts_at - back, slot.ends_at - back
    for block in event.blocks:
        block.starts_at, block.ends_at = block.starts_at - back, block.ends_at - back
    event.starts_on, event.ends_on = event.slots[0].starts_at.date(), event.slots[-1].ends_at.date()
    _answer(event.id)
    db.session.commit()


def _answer(event_id: int) -> None:
    pairs = db.session.execute(
        select(Meeting.a_id, Meeting.b_id).where(
            Meeting.event_id == event_id, Meeting.state == "confirmed"
        )
    ).all()
    sides = [(me, other) for pair in pairs for me, other in (pair, pair[::-1]) if me % 2]
    same: dict[str, Any] = {"said": "held", "said_at": now()}
    words = [
        same | {"person_id": me, "other_id": other, "rating": 1 + other % 3} for me, other in sides
    ]
    outcomes = [
        {"person_id": me, "other_id": other, "months": months, "results": (me + other) % 8}
        for months in ROUNDS
        for me, other in sides
    ]
    asked = [
        {"participant_id": me, "months": months, "asked_at": now(), "answered_at": now()}
        for months in ROUNDS
        for me in sorted({me for me, _other in sides})
    ]
    for table, rows in ((MeetingWord, words), (MeetingOutcome, outcomes), (OutcomeRound, asked)):
        db.session.execute(insert(table), rows)
