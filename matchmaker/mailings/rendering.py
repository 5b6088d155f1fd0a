"""A mailing as one reader gets it: their language, their name, their links."""

from dataclasses import dataclass

from flask_babel import force_locale

from matchmaker.events.models import Event
from matchmaker.events.said import said
from matchmaker.formatting import days_between
from matchmaker.locales import LOCALES
from matchmaker.mailings.models import Mailing
from matchmaker.mailings.occasions import OCCASIONS, Occasion
from matchmaker.mailings.placeholders import LINKS, fill
from matchmaker.messages.models import Kind, Mail
from matchmaker.registration.models import Participant
from matchmaker.web import absolute_url


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a reader gets; `missing` is their language where the mailing has no text in it."""

    subject: str
    text: str
    language: str
    missing: str = ""


def languages_of(event: Event) -> list[str]:
    """The event's languages, of those that pages come in."""
    return [code for code in event.languages if code in LOCALES] or [LOCALES[0]]


def render(mailing: Mailing, person: Participant) -> Rendered:
    wanted = person.user.locale
    language = language_for(mailing, wanted)
    said = mailing.texts.get(language, {"subject": "", "text": ""})
    values = _values(mailing.event, person, language)
    return Rendered(
        subject=fill(said["subject"], values),
        text=fill(said["text"], values),
        language=language,
        missing="" if language == wanted else wanted,
    )


def language_for(mailing: Mailing, wanted: str) -> str:
    """The reader's language where there is a text in it, else the event's first that has one."""
    order = [wanted, *languages_of(mailing.event), *mailing.texts]
    return next((code for code in order if _is_whole(mailing, code)), order[1])


def has_words(mailing: Mailing) -> bool:
    """Whether there is a language in which it can be read."""
    return any(_is_whole(mailing, language) for language in mailing.texts)


def _is_whole(mailing: Mailing, language: str) -> bool:
    said = mailing.texts.get(language, {})
    return bool(said.get("subject") and said.get("text"))


def kind_of(mailing: Mailing) -> Kind:
    """What its readers can stop it as."""
    return OCCASIONS[Occasion(mailing.occasion)].kind


def as_mail(mailing: Mailing, person: Participant) -> Mail:
    """The mail as it would go out, for looking at: it is in no outbox."""
    shown = render(mailing, person)
    return Mail(
        user_id=person.user_id,
        event_id=mailing.event_id,
        address=person.user.email,
        subject=shown.subject,
        text=shown.text,
        kind=kind_of(mailing),
        locale=shown.language,
        invitations=[],
        message_id="<preview>",
    )


def _values(event: Event, person: Participant, language: str) -> dict[str, str]:
    with force_locale(language):
        days = days_between(event.starts_on, event.ends_on)
    links = {name: absolute_url(page, slug=event.slug) for name, page in LINKS.items()}
    return {
        **links,
        "name": person.name or person.user.name or person.user.email,
        "organisation": person.organisation.name if person.organisation else "",
        "event": said(event, "name"),
        "place": said(event, "place"),
        "days": days,
        "organiser": event.organiser_email,
    }
