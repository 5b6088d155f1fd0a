"""What became of the meetings as tables: who met whom, who did not come, what came of it.

Notes and ratings are in neither: the first are their author's alone, of the second there are sums.
"""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from matchmaker.agenda.models import Meeting
from matchmaker.clock import now
from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.exchange.writing import spreadsheet_csv
from matchmaker.extensions import db
from matchmaker.followup.labels import HELD_LABELS, RESULT_LABELS
from matchmaker.followup.models import MeetingOutcome, MeetingWord
from matchmaker.followup.queries_figures import word_that_counts
from matchmaker.followup.said import held_of, missing, results_of
from matchmaker.registration.models import Participant


def held_csv(event: Event) -> bytes:
    """A row a meeting that has begun."""
    header = (
        *(_("Day"), _("Time"), _("Where"), _("One person"), _("The other")),
        *(_("What happened"), _("Did not come")),
    )
    return spreadsheet_csv(header, _held_rows(event))


def outcomes_csv(event: Event) -> bytes:
    """A row an answer: who says that what came of the meeting with whom."""
    header = (
        _("Months after the event"),
        _("Person"),
        _("Person met"),
        *map(str, RESULT_LABELS.values()),
    )
    return spreadsheet_csv((*header, _("In a few words")), _outcome_rows(event))


def _held_rows(event: Event) -> Iterator[tuple[str, ...]]:
    for start, point, a, b, one, other in db.session.execute(_held_query(event)):
        local = start.astimezone(event.zone)
        absent = [name for name, gone in zip((a, b), missing(one, other), strict=True) if gone]
        yield (
            f"{local:%Y-%m-%d}",
            f"{local:%H:%M}",
            point,
            a,
            b,
            str(HELD_LABELS[held_of(one, other)]),
            "; ".join(absent),
        )


def _held_query(event: Event) -> Any:
    a, b = aliased(Participant), aliased(Participant)
    one, other = aliased(MeetingWord), aliased(MeetingWord)
    return (
        select(
            *(Slot.starts_at, MeetingPoint.name, a.name, b.name),
            *(word_that_counts(one), word_that_counts(other)),
        )
        .select_from(Meeting)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(MeetingPoint, MeetingPoint.id == Meeting.point_id)
        .join(a, a.id == Meeting.a_id)
        .join(b, b.id == Meeting.b_id)
        .outerjoin(one, and_(one.person_id == Meeting.a_id, one.other_id == Meeting.b_id))
        .outerjoin(other, and_(other.person_id == Meeting.b_id, other.other_id == Meeting.a_id))
        .where(Meeting.event_id == event.id, Meeting.state == "confirmed", Slot.starts_at <= now())
        .order_by(Slot.starts_at, MeetingPoint.position, Meeting.id)
    )


def _outcome_rows(event: Event) -> Iterator[tuple[str | int, ...]]:
    person, other = aliased(Participant), aliased(Participant)
    rows = db.session.execute(
        select(
            *(MeetingOutcome.months, person.name, other.name),
            *(MeetingOutcome.results, MeetingOutcome.line),
        )
        .join(person, person.id == MeetingOutcome.person_id)
        .join(other, other.id == MeetingOutcome.other_id)
        .where(person.event_id == event.id)
        .order_by(MeetingOutcome.months, person.name, MeetingOutcome.id)
    )
    for months, name, met, results, line in rows:
        said = results_of(results)
        yield (months, name, met, *("1" if each in said else "" for each in RESULT_LABELS), line)
