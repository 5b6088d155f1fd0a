"""The mails about another time that one of two proposes for their meeting."""

from flask_babel import force_locale
from flask_babel import gettext as _

from matchmaker.agenda.models import Meeting, MeetingMove
from matchmaker.messages.composing import compose
from matchmaker.messages.models import Kind
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Participant
from matchmaker.web import absolute_url


def mail_move_proposed(
    meeting: Meeting, move: MeetingMove, reader: Participant, other: Participant
) -> None:
    with force_locale(reader.user.locale):
        subject = _("%(name)s would like to meet you at another time", name=other.name)
    _mail("move_proposed", subject, meeting, move, reader, other)


def mail_move_declined(
    meeting: Meeting, move: MeetingMove, reader: Participant, other: Participant
) -> None:
    with force_locale(reader.user.locale):
        subject = _("Your meeting with %(name)s stays where it is", name=other.name)
    _mail("move_declined", subject, meeting, move, reader, other)


def _mail(
    template: str,
    subject: str,
    meeting: Meeting,
    move: MeetingMove,
    reader: Participant,
    other: Participant,
) -> None:
    event, user = reader.event, reader.user
    link = absolute_url("meetings.show", slug=event.slug, meeting_id=meeting.id)
    values = {"person": reader, "other": other, "event": event, "meeting": meeting, "move": move}
    text = compose(template, locale=user.locale, link=link, **values)
    queue_mail(
        user=user,
        address=user.email,
        subject=subject,
        text=text,
        event_id=event.id,
        kind=Kind.AGENDA,
    )
