"""The occasions of mailings: to whom each goes unless somebody says otherwise, and its words."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.insights.conditions import Condition
from matchmaker.mailings.placeholders import PLACEHOLDERS
from matchmaker.messages.composing import compose
from matchmaker.messages.models import Kind
from matchmaker.registration.models import Status


class Occasion(StrEnum):
    INVITATION = "invitation"
    WISHES_OPEN = "wishes-open"
    REMIND_WISHES = "remind-wishes"
    REMIND_REQUESTS = "remind-requests"
    REMIND_PROFILE = "remind-profile"
    REMIND_SESSIONS = "remind-sessions"
    REMIND_TIMES = "remind-times"
    REMIND_MEETINGS = "remind-meetings"
    AGENDA_READY = "agenda-ready"
    PRACTICAL = "practical"
    THANKS = "thanks"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Usual:
    """What an occasion begins with."""

    label: str
    status: Status = Status.APPROVED
    condition: Condition | None = None
    kind: Kind = Kind.REMINDERS


OCCASIONS = {
    Occasion.INVITATION: Usual(
        _l("Invitation to finish registering"), Status.REGISTERING, Condition.UNFINISHED
    ),
    Occasion.WISHES_OPEN: Usual(_l("Wishes are open")),
    Occasion.REMIND_WISHES: Usual(
        _l("Reminder to say whom to meet"), condition=Condition.NO_WISHES
    ),
    Occasion.REMIND_REQUESTS: Usual(
        _l("Reminder to answer requests"), condition=Condition.OWES_ANSWER
    ),
    Occasion.REMIND_PROFILE: Usual(
        _l("Reminder to enter offers and needs"), condition=Condition.NO_ITEMS
    ),
    Occasion.REMIND_SESSIONS: Usual(
        _l("Reminder to choose sessions"), condition=Condition.NO_SESSION
    ),
    Occasion.REMIND_TIMES: Usual(
        _l("Reminder to free more time"), condition=Condition.NO_COMMON_SLOT
    ),
    Occasion.REMIND_MEETINGS: Usual(_l("Offer of more meetings"), condition=Condition.FEW_MEETINGS),
    Occasion.AGENDA_READY: Usual(_l("The agenda is ready"), kind=Kind.AGENDA),
    Occasion.PRACTICAL: Usual(_l("Practical information"), kind=Kind.NEEDED),
    Occasion.THANKS: Usual(_l("Thank you")),
    Occasion.FREE: Usual(_l("Something else")),
}
FOR_CONDITION = {
    usual.condition: occasion for occasion, usual in OCCASIONS.items() if usual.condition
}


def first_texts(occasion: Occasion, languages: list[str]) -> dict[str, dict[str, str]]:
    """Subject and text in each language, with the placeholders as they are typed."""
    return {language: _first_text(occasion, language) for language in languages}


def _first_text(occasion: Occasion, language: str) -> dict[str, str]:
    values = {name.replace(" ", "_"): "{" + name + "}" for name in PLACEHOLDERS}
    with force_locale(language):
        subject = _subject(occasion)
    text = compose("mailing", locale=language, occasion=str(occasion), **values)
    return {"subject": subject, "text": text.strip()}


def _subject(occasion: Occasion) -> str:
    event = "{event}"
    subjects = {
        Occasion.INVITATION: _("Finish registering for %(event)s", event=event),
        Occasion.WISHES_OPEN: _("Say whom you want to meet: %(event)s", event=event),
        Occasion.REMIND_WISHES: _("Whom do you want to meet at %(event)s?", event=event),
        Occasion.REMIND_REQUESTS: _("Somebody waits for your answer: %(event)s", event=event),
        Occasion.REMIND_PROFILE: _("What do you offer and need at %(event)s?", event=event),
        Occasion.REMIND_SESSIONS: _("Which sessions do you attend at %(event)s?", event=event),
        Occasion.REMIND_TIMES: _("When can you meet at %(event)s?", event=event),
        Occasion.REMIND_MEETINGS: _("Room for more meetings: %(event)s", event=event),
        Occasion.AGENDA_READY: _("Your agenda is ready: %(event)s", event=event),
        Occasion.PRACTICAL: _("Before you come to %(event)s", event=event),
        Occasion.THANKS: _("Thank you for coming to %(event)s", event=event),
        Occasion.FREE: event,
    }
    return str(subjects[occasion])
