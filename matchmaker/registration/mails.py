"""What is mailed about a registration, and to whom."""

from flask_babel import force_locale
from flask_babel import gettext as _

from matchmaker.accounts.models import User
from matchmaker.accounts.queries import user_by_address
from matchmaker.events.models import Event
from matchmaker.events.said import said
from matchmaker.locales import first_offered
from matchmaker.messages.composing import compose
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Participant
from matchmaker.web import absolute_url


def mail_received(participant: Participant) -> None:
    """Tell the participant that the registration came in and what happens next."""
    with force_locale(participant.user.locale):
        subject = _("Your registration for %(event)s", event=said(participant.event, "name"))
    _mail_participant(participant, "registration_received", subject)


def mail_approved(participant: Participant) -> None:
    with force_locale(participant.user.locale):
        subject = _("You are in: %(event)s", event=said(participant.event, "name"))
    _mail_participant(participant, "registration_approved", subject)


def mail_waiting(participant: Participant) -> None:
    """All places are taken."""
    with force_locale(participant.user.locale):
        subject = _("You are on the waiting list: %(event)s", event=said(participant.event, "name"))
    _mail_participant(participant, "registration_waiting", subject)


def mail_rejected(participant: Participant) -> None:
    with force_locale(participant.user.locale):
        subject = _("About your registration for %(event)s", event=said(participant.event, "name"))
    _mail_participant(participant, "registration_rejected", subject)


def mail_to_approve(participant: Participant) -> None:
    """Ask the organiser to decide."""
    event, locale = participant.event, _locale_of_organiser(participant.event)
    with force_locale(locale):
        subject = _(
            "%(name)s asks to join %(event)s", name=participant.name, event=said(event, "name")
        )
    _mail_organiser(participant, "registration_to_approve", subject, locale)


def mail_withdrawn(participant: Participant) -> None:
    """Tell the organiser that somebody who was in is not coming."""
    event, locale = participant.event, _locale_of_organiser(participant.event)
    with force_locale(locale):
        subject = _(
            "%(name)s withdrew from %(event)s", name=participant.name, event=said(event, "name")
        )
    _mail_organiser(participant, "participant_withdrew", subject, locale)


def mail_handover(participant: Participant, reader: User, link: str) -> None:
    """Offer a participant to `reader`. The link is a secret, so organisers do not see the mail."""
    with force_locale(reader.locale):
        subject = _("Take over a registration for %(event)s", event=said(participant.event, "name"))
    text = compose(
        "handover",
        locale=reader.locale,
        giver=participant.user.name or participant.user.email,
        organisation=participant.organisation.name if participant.organisation else "",
        event=participant.event,
        link=link,
    )
    queue_mail(user=reader, address=reader.email, subject=subject, text=text)


def mail_taken_over(participant: Participant, former: User) -> None:
    """Tell who held the participant that it is somebody else's now."""
    event = participant.event
    with force_locale(former.locale):
        subject = _("Your handover for %(event)s is done", event=said(event, "name"))
    text = compose(
        "handover_taken",
        locale=former.locale,
        name=former.name,
        taker=participant.user.name or participant.user.email,
        organisation=participant.organisation.name if participant.organisation else "",
        event=event,
        link=absolute_url("registration.state", slug=event.slug),
    )
    queue_mail(user=former, address=former.email, subject=subject, text=text, event_id=event.id)


def _mail_participant(participant: Participant, template: str, subject: str) -> None:
    user = participant.user
    queue_mail(
        user=user,
        address=user.email,
        subject=subject,
        text=_compose(participant, template, user.locale, "registration.state"),
        event_id=participant.event_id,
    )


def _mail_organiser(participant: Participant, template: str, subject: str, locale: str) -> None:
    queue_mail(
        user=None,
        address=participant.event.organiser_email,
        subject=subject,
        text=_compose(participant, template, locale, "registration.people"),
        event_id=participant.event_id,
        locale=locale,
    )


def _locale_of_organiser(event: Event) -> str:
    """The organiser's address need not be an account's; then the event's first language serves."""
    organiser = user_by_address(event.organiser_email)
    return organiser.locale if organiser is not None else first_offered(event.languages) or "en"


def _compose(participant: Participant, template: str, locale: str, page: str) -> str:
    event = participant.event
    return compose(
        template,
        locale=locale,
        name=participant.name,
        organisation=participant.organisation.name if participant.organisation else "",
        event=event,
        link=absolute_url(page, slug=event.slug),
    )
