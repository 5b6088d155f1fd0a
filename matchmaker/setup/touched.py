"""Whom and what a change of the set-up touches: all of it, and in words what a page holds."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.agenda.models_draft import DraftStep
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.mailings.models import Mailing, MailingState
from matchmaker.marketplace.models import Item
from matchmaker.matching.models import Run, RunMeeting, RunState
from matchmaker.paging import MOST_NAMED
from matchmaker.questions.models import Question, question_type
from matchmaker.registration.models import Participant, Status
from matchmaker.setup.plan import SHIFTED, UNPLACED, Touched
from matchmaker.setup.rows import RowChange, leaving
from matchmaker.setup.touched_people import of_people
from matchmaker.setup.touched_sessions import of_attended_sessions
from matchmaker.setup.touched_times import moving_slots, of_lost_times, of_moving_times
from matchmaker.setup.touched_words import Rows, Words, ids_of, meetings, names_of


def touched_by(
    event: Event, rows: Sequence[RowChange], *, back: bool = False
) -> tuple[Touched, ...]:
    """In a fixed number of queries, whatever is touched; `back` where a change is undone."""
    slots, points = leaving(rows, "slot"), leaving(rows, "point")
    types, topics = leaving(rows, "type"), leaving(rows, "topic")
    found = of_people(event, rows)
    if slots or points:
        found += _of_places(event, slots, points)
    if types:
        found += _of_types(event, types)
    if topics:
        found += _of_topics(event, topics)
    if any(row.table == "session" for row in rows):
        found += [_of_sessions(event), *of_attended_sessions(event, rows)]
    if moving_slots(rows):
        by_clock = any(row.table == "event" for row in rows)
        found += _of_clock(event, rows) if by_clock else of_moving_times(event, rows, back=back)
    if any("timezone" in (row.after or {}) for row in rows):
        found += _of_zone(event, moments_stay=not moving_slots(rows))
    return tuple(each for each in found if each.ids)


def _of_places(event: Event, slots: list[int], points: list[int]) -> list[Touched]:
    words = Words(event)
    lost = or_(Meeting.slot_id.in_(slots), Meeting.point_id.in_(points))
    published = meetings(event, lost)
    steps = _steps(event, slots, points)
    run, proposed = _proposed(event, slots, points)
    return [
        Touched(UNPLACED, ids_of(published), words.meetings(published), endpoint="grid.show"),
        Touched("drafted", ids_of(steps), words.meetings(steps), endpoint="grid.show"),
        Touched(
            "proposed",
            ids_of(proposed),
            words.meetings(proposed),
            endpoint="matching.result",
            more={"run": str(run)},
        ),
        *of_lost_times(event, slots, words),
        of_rooms(event, points),
    ]


def of_rooms(event: Event, points: list[int]) -> Touched:
    """Who meets by video alone, where the last room for it goes."""
    rooms = {point.id for point in event.points if point.kind == "video"}
    if not rooms or rooms - set(points):
        return Touched("online", ())
    people = db.session.execute(
        select(Participant.id, Participant.name)
        .where(
            Participant.event_id == event.id,
            Participant.status == Status.APPROVED,
            Participant.online,
        )
        .order_by(Participant.name, Participant.id)
    ).all()
    return Touched("online", ids_of(people), names_of(people))


def _of_types(event: Event, types: list[int]) -> list[Touched]:
    asked = db.session.execute(
        select(Question.id, Question.key)
        .join(question_type, question_type.c.question_id == Question.id)
        .where(Question.event_id == event.id, question_type.c.type_id.in_(types))
        .distinct()
        .order_by(Question.key)
    ).all()
    waiting = (MailingState.DRAFT, MailingState.SCHEDULED)
    mailings = db.session.execute(
        select(Mailing.id, Mailing.audience, Mailing.occasion)
        .where(Mailing.event_id == event.id, Mailing.state.in_(waiting))
        .order_by(Mailing.id)
    ).all()
    to_them = [row for row in mailings if set(types) & set(row.audience.get("type_ids", ()))]
    return [
        Touched("questions", ids_of(asked), endpoint="questions.index"),
        Touched("mailings", ids_of(to_them), endpoint="mailings.index"),
    ]


def _of_topics(event: Event, topics: list[int]) -> list[Touched]:
    items = db.session.execute(
        select(Item.id, Item.title, Participant.name)
        .join(Item.participant)
        .where(Participant.event_id == event.id, Item.topic_id.in_(topics))
        .order_by(Participant.name, Item.position, Item.id)
    ).all()
    lines = tuple(f"{row.name}: {row.title}" for row in items[:MOST_NAMED])
    return [Touched("items", ids_of(items), lines)]


def _of_sessions(event: Event) -> Touched:
    """Sessions are everybody's: they stand in the programme and in the calendars of all."""
    people = db.session.execute(
        select(Participant.id, Participant.name)
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
        .order_by(Participant.name, Participant.id)
    ).all()
    shown = people if event.is_public else ()
    return Touched("calendars", ids_of(shown))


def _of_zone(event: Event, *, moments_stay: bool) -> list[Touched]:
    """What is read by another clock from then on."""
    slots = [slot.id for slot in event.slots] if moments_stay else []
    due = select(Mailing.id).where(
        Mailing.event_id == event.id, Mailing.state == MailingState.SCHEDULED
    )
    mailings = tuple(db.session.scalars(due.order_by(Mailing.id)))
    return [
        Touched("same moments", tuple(slots)),
        Touched("due", mailings, endpoint="mailings.index"),
    ]


def _of_clock(event: Event, rows: Sequence[RowChange]) -> list[Touched]:
    """What stays at its time of day and so comes at another moment."""
    words, moved = Words(event), [row.key[0] for row in rows if row.table == "slot"]
    shifted = meetings(event, Meeting.slot_id.in_(moved))
    away = [row.key[0] for row in rows if row.table == "absence"]
    return [
        Touched(SHIFTED, ids_of(shifted), words.meetings(shifted)),
        Touched("shifted times", tuple(moved)),
        Touched("shifted absences", tuple(away)),
    ]


def _steps(event: Event, slots: list[int], points: list[int]) -> Rows:
    """The latest step of a pair holds; one whose place goes is touched."""
    last = (
        select(func.max(DraftStep.id))
        .where(DraftStep.event_id == event.id)
        .group_by(DraftStep.a_id, DraftStep.b_id)
    )
    gone = or_(DraftStep.slot_id.in_(slots), DraftStep.point_id.in_(points))
    return db.session.execute(
        select(DraftStep.id, DraftStep.a_id, DraftStep.b_id, DraftStep.slot_id, DraftStep.point_id)
        .where(DraftStep.id.in_(last), gone)
        .order_by(DraftStep.id)
    ).all()


def _proposed(event: Event, slots: list[int], points: list[int]) -> tuple[int, Rows]:
    """What the latest run proposes there, with its number, unless it is published."""
    last = db.session.execute(
        select(Run.id, Run.number, Agenda.id.label("published"))
        .outerjoin(Agenda, Agenda.run_id == Run.id)
        .where(Run.event_id == event.id, Run.state == RunState.DONE)
        .order_by(Run.number.desc())
        .limit(1)
    ).first()
    if last is None or last.published:
        return 0, ()
    row = RunMeeting
    gone = or_(row.slot_id.in_(slots), row.point_id.in_(points))
    rows = db.session.execute(
        select(row.id, row.a_id, row.b_id, row.slot_id, row.point_id)
        .where(row.run_id == last.id, gone)
        .order_by(row.slot_id, row.point_id)
    ).all()
    return last.number, rows
