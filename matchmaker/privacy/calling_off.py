"""Meetings to come of people who are being erased: off, and the other side is told."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from matchmaker.agenda.calendars import CalendarMeeting
from matchmaker.agenda.invitations import Guest, invitation
from matchmaker.agenda.models import Meeting
from matchmaker.clock import now
from matchmaker.events.models import Event, Slot
from matchmaker.events.said import said
from matchmaker.extensions import db
from matchmaker.messages.composing import compose
from matchmaker.messages.models import Kind
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Participant
from matchmaker.web import absolute_url, app_config


def call_off(event: Event, people: Sequence[Participant]) -> None:
    """Tell whoever was to meet them; the meetings themselves go with the people."""
    ids = {person.id for person in people}
    for meeting in _to_come(ids):
        for other_id in {meeting.a_id, meeting.b_id} - ids:
            _tell(db.session.get_one(Participant, other_id), event, meeting)


def _to_come(ids: set[int]) -> Sequence[Meeting]:
    return db.session.scalars(
        select(Meeting)
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(
            or_(Meeting.a_id.in_(ids), Meeting.b_id.in_(ids)),
            Meeting.state == "confirmed",
            Slot.ends_at > now(),
        )
        .options(joinedload(Meeting.slot), joinedload(Meeting.point))
    ).all()


def _tell(person: Participant, event: Event, meeting: Meeting) -> None:
    locale = person.user.locale
    text = compose(
        "meeting_called_off",
        locale=locale,
        name=person.name,
        event=event,
        meeting=meeting,
        link=absolute_url("agenda.show", slug=event.slug),
        who_else=_who_else_url(event, meeting),
    )
    with force_locale(locale):
        cancellation = _cancellation(person, event, meeting)
        subject = _("A meeting of yours is cancelled: %(event)s", event=said(event, "name"))
    queue_mail(
        user=person.user,
        address=person.user.email,
        subject=subject,
        text=text,
        event_id=event.id,
        kind=Kind.AGENDA,
        invitations=[cancellation],
    )


def _who_else_url(event: Event, meeting: Meeting) -> str:
    """Where to find whom to meet then instead; empty where that is too late."""
    if not event.takes_wishes or meeting.slot.starts_at <= now():
        return ""
    return absolute_url("offers.show", slug=event.slug, slot_id=meeting.slot_id)


def _cancellation(person: Participant, event: Event, meeting: Meeting) -> str:
    """What takes the meeting out of the calendar, without the name of the one who left."""
    entry = CalendarMeeting(
        uid=meeting.uid,
        start=meeting.slot.starts_at,
        end=meeting.slot.ends_at,
        partner="",
        organisation="",
        point=meeting.point.name,
        venue=event.venue or event.place,
        last_modified=now(),
        sequence=meeting.sequence + 1,
        cancelled=True,
    )
    guest = Guest(person.name, person.user.email)
    return invitation(entry, guest, sender=app_config().mail_from, stamp=now(), gettext=_)
