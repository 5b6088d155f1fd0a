"""The mails that tell participants of new, moved and cancelled meetings.

Whoever is concerned gets one mail a change of the agenda, however many of their meetings it
touches, with each meeting as an invitation or a cancellation for their calendar.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.agenda.drawn import Pair
from matchmaker.agenda.encounters import Encounter, calendar_meeting, encounters_in
from matchmaker.agenda.invitations import Guest, invitation
from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.agenda.queries import meetings_by_id, people_in
from matchmaker.agenda.queries_difference import Difference
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.events.queries import point_names, slot_starts
from matchmaker.events.said import said
from matchmaker.extensions import db
from matchmaker.messages.composing import compose
from matchmaker.messages.models import Kind
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Participant, Status
from matchmaker.web import absolute_url, app_config

Place = tuple[datetime, str]


class Turn(StrEnum):
    """What has become of a meeting."""

    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting in a mail; `before` is its earlier start and meeting point, where known."""

    turn: Turn
    encounter: Encounter
    before: Place | None


@dataclass(frozen=True, slots=True)
class Told:
    """What one account is told of an event: it may hold several participants there."""

    user: User
    name: str
    lines: list[Line] = field(default_factory=list)

    def of(self, turn: Turn) -> list[Line]:
        return [line for line in self.lines if line.turn == turn]


def places_now(changes: Difference, event: Event) -> dict[Pair, Place]:
    """Where each meeting that moves is before it is moved."""
    starts = slot_starts(event)
    points = point_names(event)
    before = ((pair, *changes.before[pair]) for pair in changes.moved)
    return {pair: (starts[slot_id], points[point_id]) for pair, slot_id, point_id in before}


def tell_of_agenda(
    event: Event, agenda: Agenda, changes: Difference, before: Mapping[Pair, Place]
) -> None:
    """Everybody hears of the first agenda; of a later one, those whose meetings change."""
    turns = dict.fromkeys(changes.new, Turn.NEW)
    turns |= dict.fromkeys(changes.moved, Turn.MOVED)
    turns |= dict.fromkeys(changes.cancelled, Turn.CANCELLED)
    first = agenda.number == 1
    rows = meetings_by_pair(event) if turns else {}
    turned = {rows[pair].id: turn for pair, turn in turns.items()}
    earlier = {rows[pair].id: place for pair, place in before.items()}
    told = _told(event, _approved(event), turned, earlier)
    for each in told:
        if first or each.lines:
            _mail(event, each, first=first, note=agenda.note)


def tell_of_meetings(
    event: Event,
    *,
    new: Iterable[Meeting] = (),
    moved: Iterable[Meeting] = (),
    cancelled: Iterable[Meeting] = (),
    but: Participant | None = None,
    before: Mapping[int, Place] | None = None,
    note: str = "",
) -> None:
    """Tell both sides of each meeting, except `but`, what became of it. Call it afterwards.

    `before` is where meetings were, by their ids.
    """
    given = {Turn.NEW: list(new), Turn.MOVED: list(moved), Turn.CANCELLED: list(cancelled)}
    turned = {meeting.id: turn for turn, meetings in given.items() for meeting in meetings}
    people = people_in(meeting for meetings in given.values() for meeting in meetings)
    for each in _told(event, list(people.values()), turned, before or {}):
        if but is None or each.user.id != but.user_id:
            _mail(event, each, first=False, note=note)


def tell_anew(
    event: Event,
    ids: Collection[int],
    *,
    unsaid: Collection[int] = (),
    before: Mapping[int, Place] | None = None,
    note: str = "",
) -> None:
    """What calendars say of these meetings is another now: they follow, and both sides are told.

    Of those `unsaid` calendars alone learn.
    """
    changed = {*ids, *unsaid}
    if not changed:
        return
    newer = {"sequence": Meeting.sequence + 1, "changed_at": now()}
    db.session.execute(update(Meeting).where(Meeting.id.in_(changed)).values(newer))
    db.session.expire_all()
    told = db.session.scalars(select(Meeting).where(Meeting.id.in_(ids)))
    tell_of_meetings(event, moved=told, before=before, note=note)


def meetings_by_pair(event: Event) -> dict[Pair, Meeting]:
    ids = db.session.scalars(select(Meeting.id).where(Meeting.event_id == event.id))
    return {(row.a_id, row.b_id): row for row in meetings_by_id(ids)}


def _told(
    event: Event,
    people: list[Participant],
    turned: Mapping[int, Turn],
    before: Mapping[int, Place],
) -> list[Told]:
    told: dict[int, Told] = {}
    for person in people:
        told.setdefault(person.user_id, Told(person.user, person.name))
    approved = {person.id for person in people}
    for each in encounters_in(event, meetings_by_id(turned), of=approved):
        line = Line(turned[each.meeting.id], each, before.get(each.meeting.id))
        told[each.me.user_id].lines.append(line)
    return list(told.values())


def _mail(event: Event, told: Told, *, first: bool, note: str = "") -> None:
    user = told.user
    with force_locale(user.locale):
        subject = _subject(event, told, first=first)
        invitations = [_invitation(event, line, user) for line in told.lines]
    organisations = {line.encounter.me.organisation_id for line in told.lines}
    text = compose(
        "agenda",
        locale=user.locale,
        told=told,
        event=event,
        first=first,
        note=note.splitlines(),
        several=len(organisations) > 1,
        parts=defaultdict(list, {turn: told.of(turn) for turn in Turn}),
        link=absolute_url("agenda.show", slug=event.slug),
    )
    queue_mail(
        user=user,
        address=user.email,
        subject=subject,
        text=text,
        event_id=event.id,
        kind=Kind.AGENDA,
        invitations=invitations,
    )


def _subject(event: Event, told: Told, *, first: bool) -> str:
    """Of one meeting the subject says all; of several, that there is something to read."""
    if first:
        return str(_("Your agenda for %(event)s", event=said(event, "name")))
    if len(told.lines) > 1:
        return str(_("Your agenda for %(event)s has changed", event=said(event, "name")))
    (line,) = told.lines
    name = line.encounter.partner.name
    subjects = {
        Turn.NEW: _("New meeting with %(name)s", name=name),
        Turn.MOVED: _("Moved: your meeting with %(name)s", name=name),
        Turn.CANCELLED: _("Cancelled: your meeting with %(name)s", name=name),
    }
    return str(subjects[line.turn])


def _invitation(event: Event, line: Line, user: User) -> str:
    return invitation(
        calendar_meeting(line.encounter, event),
        Guest(line.encounter.me.name, user.email),
        sender=app_config().mail_from,
        stamp=now(),
        gettext=_,
    )


def _approved(event: Event) -> list[Participant]:
    return list(
        db.session.scalars(
            select(Participant)
            .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
            .options(joinedload(Participant.user))
            .order_by(Participant.id)
        )
    )
