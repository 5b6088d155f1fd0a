"""What hangs on times for meetings: where they go, and where they move with all that is in them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import and_, or_, select

from matchmaker.agenda.models import Meeting, MeetingMove
from matchmaker.clock import now
from matchmaker.events.models import Event, Slot
from matchmaker.extensions import db
from matchmaker.paging import MOST_NAMED
from matchmaker.programme.queries import sessions_of
from matchmaker.registration.models import Absence, Participant
from matchmaker.registration.models_disruptions import Disruption
from matchmaker.setup.blocks import Span, overlap, span_of
from matchmaker.setup.plan import IN_THE_WAY, MOVING, Touched
from matchmaker.setup.rows import RowChange, inverse_of
from matchmaker.setup.touched_words import Rows, Words, ids_of, meetings, names_of
from matchmaker.wishes.models import Request, RequestSlot, RequestState


def of_lost_times(event: Event, slots: Sequence[int], words: Words) -> list[Touched]:
    agreed = db.session.execute(
        select(Request.id, Request.asker_id, Request.answerer_id)
        .where(Request.slot_id.in_(slots), Request.state == RequestState.ACCEPTED)
        .order_by(Request.id)
    ).all()
    away = db.session.execute(
        select(Participant.id, Participant.name)
        .join(Absence, Absence.participant_id == Participant.id)
        .join(Slot, and_(Absence.starts_at < Slot.ends_at, Absence.ends_at > Slot.starts_at))
        .where(Participant.event_id == event.id, Slot.id.in_(slots))
        .distinct()
        .order_by(Participant.name, Participant.id)
    ).all()
    return [
        Touched("agreed", ids_of(agreed), words.pairs(agreed)),
        *_proposed_to_each_other(event, slots, words),
        Touched("away", ids_of(away), names_of(away)),
    ]


def of_moving_times(event: Event, rows: Sequence[RowChange], *, back: bool) -> list[Touched]:
    """Meetings go with their time, unless somebody cannot then; what two agreed on does not.

    What goes `back` is as settled and as agreed as it was there before.
    """
    spans = dict(spans_then(rows))
    slots, words = list(spans), Words(event)
    met = meetings(event, Meeting.slot_id.in_(slots))
    stuck = {row.id for row in _stuck(event, met, spans, back=back)}
    held = [row for row in met if row.id not in stuck]
    left = [row for row in met if row.id in stuck]
    agreed = _agreed_without_a_meeting(slots, ids_of(met if back else held))
    return [
        Touched(MOVING, ids_of(held), words.meetings(held), endpoint="grid.show"),
        Touched(IN_THE_WAY, ids_of(left), words.meetings(left), endpoint="repair.show"),
        Touched("moving times", tuple(slots)),
        Touched("agreed", ids_of(agreed), words.pairs(agreed)),
        *_proposed_to_each_other(event, slots, words),
        _sessions_then(event, list(spans.values())),
    ]


def moving_slots(rows: Iterable[RowChange]) -> list[int]:
    """The slots that stay the same slots, at other times."""
    return [slot_id for slot_id, _span in spans_then(rows)]


def _proposed_to_each_other(event: Event, slots: Sequence[int], words: Words) -> list[Touched]:
    """By either side of a request that waits, or to move a meeting."""
    by_the_answerer = select(RequestSlot.request_id).where(RequestSlot.slot_id.in_(slots))
    offered = db.session.execute(
        select(Request.id, Request.asker_id, Request.answerer_id)
        .where(
            Request.event_id == event.id,
            Request.state == RequestState.PENDING,
            or_(Request.slot_id.in_(slots), Request.id.in_(by_the_answerer)),
        )
        .order_by(Request.id)
    ).all()
    moves = db.session.execute(
        select(MeetingMove.id, Meeting.a_id, Meeting.b_id)
        .join(Meeting, Meeting.id == MeetingMove.meeting_id)
        .where(MeetingMove.slot_id.in_(slots), MeetingMove.state == "pending")
        .order_by(MeetingMove.id)
    ).all()
    return [
        Touched("offered", ids_of(offered), words.pairs(offered)),
        Touched("moves", ids_of(moves), words.pairs(moves)),
    ]


def _agreed_without_a_meeting(slots: Sequence[int], going: Sequence[int]) -> Rows:
    """Whose meeting goes along is told of it, and stays agreed."""
    goes_along = (
        select(Meeting.id)
        .where(Meeting.id.in_(going))
        .where(Request.asker_id.in_((Meeting.a_id, Meeting.b_id)))
        .where(Request.answerer_id.in_((Meeting.a_id, Meeting.b_id)))
    )
    return db.session.execute(
        select(Request.id, Request.asker_id, Request.answerer_id)
        .where(
            Request.slot_id.in_(slots),
            Request.state == RequestState.ACCEPTED,
            ~goes_along.exists(),
        )
        .order_by(Request.id)
    ).all()


def _stuck(event: Event, met: Rows, spans: Mapping[int, Span], *, back: bool) -> list[Any]:
    """Meetings that could not be held at the new time, by the rule of `agenda.queries_hits`.

    What two settled, or an organiser locked, beside an absence of their own stays beside it.
    """
    own, told, lost = _absences(event), _absences(event, told=True), _losses(event)
    stands = {slot.id: span_of(slot) for slot in event.slots}

    def is_away(row: Any, span: Span) -> bool:
        return _hits(span, own[row.a_id], own[row.b_id])

    def is_beside(row: Any) -> bool:
        return bool(row.kept or row.locked) and (back or is_away(row, stands[row.slot_id]))

    def cannot(row: Any, span: Span) -> bool:
        happened = told[row.a_id], told[row.b_id], lost[row.point_id], lost[None]
        return _hits(span, *happened) or (is_away(row, span) and not is_beside(row))

    return [row for row in met if cannot(row, spans[row.slot_id])]


def _hits(span: Span, *stretches: list[Span]) -> bool:
    return any(overlap(span, each) for each in chain.from_iterable(stretches))


def _absences(event: Event, *, told: bool = False) -> dict[int, list[Span]]:
    """People's own; or those an organiser `told` of, which have happened."""
    found: dict[int, list[Span]] = defaultdict(list)
    happened = select(Disruption.id).where(Disruption.absence_id == Absence.id).exists()
    rows = (
        select(Absence.participant_id, Absence.starts_at, Absence.ends_at)
        .join(Participant, Participant.id == Absence.participant_id)
        .where(Participant.event_id == event.id, happened if told else ~happened)
    )
    for person, start, end in db.session.execute(rows):
        found[person].append((start, end))
    return found


def _losses(event: Event) -> dict[int | None, list[Span]]:
    """Stretches in which a meeting point is lost, or by `None` all of them."""
    found: dict[int | None, list[Span]] = defaultdict(list)
    rows = select(Disruption.point_id, Disruption.starts_at, Disruption.ends_at).where(
        Disruption.event_id == event.id, Disruption.kind.in_(("point", "time"))
    )
    for point, start, end in db.session.execute(rows):
        found[point].append((start, end))
    return found


def _sessions_then(event: Event, spans: Sequence[Span]) -> Touched:
    then = [
        session
        for session in sessions_of(event)
        if any(overlap(span_of(session), span) for span in spans)
    ]
    return Touched("sessions then", ids_of(then), tuple(each.title for each in then[:MOST_NAMED]))


def begun_of_moving(event: Event, rows: Sequence[RowChange]) -> list[datetime]:
    """Once there is an agenda, the moments that slots move from or to and that are over."""
    starts = [start for _slot, (start, _end) in spans_then([*rows, *inverse_of(rows)])]
    return sorted(start for start in starts if event.shows_agenda and start <= now())


def spans_then(rows: Iterable[RowChange]) -> Iterable[tuple[int, Span]]:
    """Where the slots go that stay the same slots, by id."""
    for row in rows:
        if row.table == "slot" and row.after and "starts_at" in (row.before or {}):
            start, end = (
                datetime.fromisoformat(row.after[name]) for name in ("starts_at", "ends_at")
            )
            yield row.key[0], (start, end)
