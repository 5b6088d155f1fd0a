"""Publishing: a run's proposal becomes the agenda everybody sees."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update

from matchmaker.accounts.models import User
from matchmaker.agenda.calendars import meeting_uid
from matchmaker.agenda.drawn import Cell, Pair
from matchmaker.agenda.models import Agenda, Meeting, Seat
from matchmaker.agenda.notices import places_now, tell_of_agenda
from matchmaker.agenda.queries import agenda_of_run, latest_agenda, next_number
from matchmaker.agenda.queries_difference import Difference, difference
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Conflict, NotAllowed
from matchmaker.events.models import Event
from matchmaker.events.phases import AGENDA_SHOWN, Phase
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.formatting import clock_time
from matchmaker.matching.models import Run, RunMeeting, RunState
from matchmaker.registration.models import Participant
from matchmaker.registration.refs import new_feed_token

Details = Mapping[Pair, Mapping[str, Any]]


def publish_run(
    event: Event, run: Run, user: User | None, *, note: str = "", in_force: int | None = None
) -> Agenda:
    """Make the run the event's agenda, changing only the meetings that differ.

    Publishing the same run twice is publishing it once. Those concerned are told by mail, with the
    `note`. `in_force` is the version that the difference was shown against, 0 before the first.

    Raises:
        NotAllowed: the run has no result.
        Conflict: another version was published since the difference was shown.
    """
    hold_agenda(event)
    already = agenda_of_run(run)
    if already is not None:
        return already
    if run.state != RunState.DONE:
        raise NotAllowed(
            _("This run has no result to publish. Wait until it has ended, or start another.")
        )
    check_in_force(event, in_force)
    kind = "repair" if run.kind == "repair" else "run"
    changes, details = difference(run), _worth(run)
    return publish_changes(event, changes, user, kind=kind, run=run, note=note, details=details)


def _worth(run: Run) -> Details:
    """What the run says of its meetings besides where they are."""
    rows = db.session.execute(
        select(RunMeeting.a_id, RunMeeting.b_id, RunMeeting.value, RunMeeting.reasons).where(
            RunMeeting.run_id == run.id
        )
    )
    return {(a, b): {"value": value, "reasons": reasons} for a, b, value, reasons in rows}


def check_in_force(event: Event, number: int | None) -> None:
    """Two organisers publish at once: the second is told, and looks again."""
    latest = latest_agenda(event)
    if number is None or latest is None or latest.number == number:
        return
    raise Conflict(
        _(
            "Agenda %(number)s was published meanwhile, at %(time)s. This is what would change "
            "now; look at it again before you publish.",
            number=latest.number,
            time=clock_time(latest.published_at, event.zone),
        )
    )


def publish_changes(
    event: Event,
    changes: Difference,
    user: User | None,
    *,
    kind: str,
    run: Run | None = None,
    note: str = "",
    details: Details | None = None,
) -> Agenda:
    """Carry the difference out as the next version. The caller holds the agenda.

    `details` are columns of meetings that are new or move; what it does not name stays as it is.
    """
    agenda = Agenda(
        event_id=event.id,
        number=next_number(event),
        kind=kind,
        run_id=None if run is None else run.id,
        note=note,
        contents=[[*pair, *cell] for pair, cell in changes.after.items()],
        added=len(changes.new),
        moved=len(changes.moved),
        cancelled=len(changes.cancelled),
        published_by_id=None if user is None else user.id,
    )
    db.session.add(agenda)
    before = places_now(changes, event)
    _apply(event, changes, details or {})
    if event.phase not in AGENDA_SHOWN:
        event.phase = Phase.PUBLISHED
    db.session.flush()
    tell_of_agenda(event, agenda, changes, before)
    _record(event, agenda, run, changes, user)
    return agenda


def _apply(event: Event, changes: Difference, details: Details) -> None:
    """Take away what goes or moves, then put everything in its place, so that swaps never clash."""
    known = _meeting_ids(event)
    _take_away([known[pair] for pair in (*changes.cancelled, *changes.moved)])
    _unlock([known[pair] for pair in changes.cancelled])
    refs = _refs(event)
    for pair in (*changes.moved, *changes.new):
        cell, more = changes.after[pair], details.get(pair, {})
        if pair in known:
            _place(known[pair], pair, cell, more, is_new=pair not in changes.before)
        else:
            uid = meeting_uid(event.slug, refs[pair[0]], refs[pair[1]])
            _create(event, pair, cell, uid=uid, **more)


def _refs(event: Event) -> dict[int, str]:
    rows = db.session.execute(
        select(Participant.id, Participant.ref).where(Participant.event_id == event.id)
    )
    return {participant_id: ref for participant_id, ref in rows}


def _take_away(meeting_ids: list[int]) -> None:
    db.session.execute(delete(Seat).where(Seat.meeting_id.in_(meeting_ids)))
    db.session.execute(
        update(Meeting)
        .where(Meeting.id.in_(meeting_ids))
        .values(state="cancelled", kept=False, sequence=Meeting.sequence + 1, changed_at=now())
    )


def _unlock(meeting_ids: list[int]) -> None:
    db.session.execute(update(Meeting).where(Meeting.id.in_(meeting_ids)).values(locked=False))


def _meeting_ids(event: Event) -> dict[Pair, int]:
    """By pair; one that once had a meeting gets it back as the same entry in their calendars."""
    rows = db.session.execute(
        select(Meeting.a_id, Meeting.b_id, Meeting.id).where(Meeting.event_id == event.id)
    )
    return {(a_id, b_id): meeting_id for a_id, b_id, meeting_id in rows}


def _place(
    meeting_id: int, pair: Pair, cell: Cell, more: Mapping[str, Any], *, is_new: bool
) -> None:
    """Give a known meeting its new time and place; a moved one was counted when taken away."""
    db.session.execute(
        update(Meeting)
        .where(Meeting.id == meeting_id)
        .values(
            state="confirmed",
            slot_id=cell[0],
            point_id=cell[1],
            sequence=Meeting.sequence + int(is_new),
            changed_at=now(),
            **more,
        )
    )
    _take_seats(meeting_id, cell[0], pair)


def _create(event: Event, pair: Pair, cell: Cell, **more: Any) -> None:
    meeting = Meeting(
        event_id=event.id,
        a_id=pair[0],
        b_id=pair[1],
        slot_id=cell[0],
        point_id=cell[1],
        **more,
    )
    db.session.add(meeting)
    db.session.flush()
    _take_seats(meeting.id, cell[0], pair)


def _take_seats(meeting_id: int, slot_id: int, pair: Pair) -> None:
    db.session.execute(
        insert(Seat),
        [
            {"meeting_id": meeting_id, "slot_id": slot_id, "participant_id": person}
            for person in pair
        ],
    )


def renew_feed(me: Participant) -> None:
    """Give the calendar feed a new secret address; the old one stops working at once."""
    me.feed_token = new_feed_token()
    record(
        "feed address renewed",
        event_id=me.event_id,
        actor_id=me.user_id,
        subject=f"participant {me.ref}",
    )


def _record(
    event: Event, agenda: Agenda, run: Run | None, changes: Difference, user: User | None
) -> None:
    record(
        "agenda published",
        event_id=event.id,
        actor_id=None if user is None else user.id,
        subject=f"agenda {agenda.number}",
        kind=agenda.kind,
        run=None if run is None else run.number,
        note=agenda.note,
        new=len(changes.new),
        moved=len(changes.moved),
        cancelled=len(changes.cancelled),
        unchanged=changes.unchanged,
        left_out=len(changes.left_out),
    )
