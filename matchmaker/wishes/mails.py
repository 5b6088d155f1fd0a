"""The mails that requests cause. Each leads to its request without signing in.

Organisers read the mails of their event, so no mail holds what people write to each other; the
outbox shows them the links cut short.
"""

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import false, insert, select

from matchmaker.extensions import db
from matchmaker.messages.composing import compose
from matchmaker.messages.models import Kind, Mail
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Participant
from matchmaker.wishes.agreements import planner
from matchmaker.wishes.links import link_to
from matchmaker.wishes.models import Request


def mail_request(
    request: Request, reader: Participant, asker: Participant, *, in_vain: bool
) -> None:
    """Tell `reader` who asks; one who said "no" to them, or heard it lately, gets nothing.

    Both ways cost the same work, so that the asker cannot tell them apart by a clock.
    """
    with force_locale(reader.user.locale):
        subject = _("%(name)s asks to meet you", name=asker.name)
    text = _text("request", request, reader, asker)
    if in_vain:
        _queue_nothing()
    else:
        _queue(reader, subject, text)


def mail_acceptance(request: Request, reader: Participant, other: Participant) -> None:
    with force_locale(reader.user.locale):
        subject = _("%(name)s accepted your request", name=other.name)
        if reader.id == request.answerer_id:
            subject = _("%(name)s chose one of your times", name=other.name)
    meeting = planner().meeting_times(reader).get(other.id)
    text = _text("request_accepted", request, reader, other, meeting=meeting)
    _queue(reader, subject, text)


def mail_decline(request: Request, reader: Participant, other: Participant) -> None:
    with force_locale(reader.user.locale):
        subject = _("%(name)s cannot meet you this time", name=other.name)
    _queue(reader, subject, _text("request_declined", request, reader, other))


def mail_times(request: Request, reader: Participant, other: Participant) -> None:
    with force_locale(reader.user.locale):
        subject = _("%(name)s proposes a time to meet", name=other.name)
    _queue(reader, subject, _text("request_times", request, reader, other))


def mail_no_time(request: Request, reader: Participant, other: Participant) -> None:
    with force_locale(reader.user.locale):
        subject = _("None of your times suits %(name)s", name=other.name)
    _queue(reader, subject, _text("request_no_time", request, reader, other))


def mail_reminder(
    request: Request, reader: Participant, other: Participant, *, in_vain: bool
) -> None:
    """Whoever is to answer hears that little time is left; in vain as with the request itself."""
    with force_locale(reader.user.locale):
        subject = _("%(name)s still waits for your answer", name=other.name)
    text = _text("request_reminder", request, reader, other)
    if not in_vain:
        _queue(reader, subject, text, Kind.REMINDERS)


def mail_expiry(request: Request, reader: Participant, other: Participant) -> None:
    with force_locale(reader.user.locale):
        subject = _("No answer from %(name)s yet", name=other.name)
    _queue(reader, subject, _text("request_expired", request, reader, other))


def _text(
    template: str, request: Request, reader: Participant, other: Participant, **more: object
) -> str:
    return compose(
        template,
        locale=reader.user.locale,
        person=reader,
        other=other,
        event=reader.event,
        request=request,
        link=link_to(request, reader),
        **more,
    )


def _queue(to: Participant, subject: str, text: str, kind: Kind = Kind.REQUESTS) -> None:
    queue_mail(
        user=to.user,
        address=to.user.email,
        subject=subject,
        text=text,
        event_id=to.event_id,
        kind=kind,
    )


def _queue_nothing() -> None:
    """The statement that queues a mail, over no rows."""
    row = Mail.__table__.c
    columns = [row.user_id, row.event_id, row.address, row.subject, row.text, row.message_id]
    nothing = select(*columns).where(false())
    db.session.execute(insert(Mail).from_select(columns, nothing, include_defaults=False))
