"""The mails that requests cause."""

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import false, insert, select

from matchmaker.extensions import db
from matchmaker.messages.composing import compose
from matchmaker.messages.models import Mail
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Participant
from matchmaker.web import absolute_url


def mail_request(asker: Participant, answerer: Participant, *, in_vain: bool) -> None:
    """Tell `answerer` who asks; one who said "no" to them, or heard it lately, gets nothing.

    Both ways cost the same work, so that the asker cannot tell them apart by a clock.
    """
    with force_locale(answerer.user.locale):
        subject = _("%(name)s asks to meet you", name=asker.name)
    text = _text("request", answerer, asker)
    if in_vain:
        _queue_nothing()
    else:
        _queue(answerer, subject, text)


def mail_acceptance(asker: Participant, answerer: Participant) -> None:
    with force_locale(asker.user.locale):
        subject = _("%(name)s accepted your request", name=answerer.name)
    _queue(asker, subject, _text("request_accepted", asker, answerer))


def _text(template: str, reader: Participant, other: Participant) -> str:
    event = reader.event
    return compose(
        template,
        locale=reader.user.locale,
        person=reader,
        other=other,
        event=event,
        link=absolute_url("wishes.requests", slug=event.slug),
    )


def _queue(to: Participant, subject: str, text: str) -> None:
    queue_mail(
        user=to.user, address=to.user.email, subject=subject, text=text, event_id=to.event_id
    )


def _queue_nothing() -> None:
    """The statement that queues a mail, over no rows."""
    row = Mail.__table__.c
    columns = [row.user_id, row.event_id, row.address, row.subject, row.text, row.message_id]
    nothing = select(*columns).where(false())
    db.session.execute(insert(Mail).from_select(columns, nothing, include_defaults=False))
