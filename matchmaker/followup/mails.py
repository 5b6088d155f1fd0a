"""The mail that asks what came of somebody's meetings."""

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from matchmaker.events.said import said
from matchmaker.followup.links import link_to
from matchmaker.messages.composing import compose
from matchmaker.messages.models import Kind
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Participant


def mail_question(person: Participant, months: int) -> None:
    """Organisers read the mails of their event, so it names nobody."""
    event, user = person.event, person.user
    with force_locale(user.locale):
        subject = _subject(said(event, "name"), months)
    text = compose(
        "outcomes",
        locale=user.locale,
        name=person.name,
        event=event,
        months=months,
        link=link_to(user, event),
    )
    queue_mail(
        user=user,
        address=user.email,
        subject=subject,
        text=text,
        event_id=event.id,
        kind=Kind.FOLLOW_UP,
    )


def _subject(event: str, months: int) -> str:
    if not months:
        return str(_("What came of your meetings? %(event)s", event=event))
    return str(
        ngettext(
            "%(num)d month later: what came of your meetings? %(event)s",
            "%(num)d months later: what came of your meetings? %(event)s",
            months,
            event=event,
        )
    )
