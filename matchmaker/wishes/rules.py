"""Who may say what of whom, and when; what is not allowed is refused with a sentence."""

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.errors import Invalid, NotAllowed
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.registration.models import Participant
from matchmaker.registration.visibility import types_ask
from matchmaker.wishes.queries import count_requests_pending, find_person

LONGEST_NOTE = 500
MOST_TIMES = 3


def why_closed(event: Event) -> str:
    """Why wishes cannot be changed in this phase, and what to do; empty where they can."""
    if event.takes_wishes:
        return ""
    sentence: str = _("The event is over, so wishes can no longer be changed.")
    if event.phase in (Phase.DRAFT, Phase.REGISTRATION):
        sentence = _(
            "Wishes are not open yet; the organiser opens them before the event. Until then, say "
            "what you offer and need, so that others find reasons to meet you."
        )
    elif event.phase == Phase.SCHEDULING:
        sentence = _(
            "The agenda is being made, so wishes stay as they are until it is published. "
            "After that you can change them again."
        )
    return sentence


def is_same_organisation(me: Participant, other: Participant) -> bool:
    """By name: one organisation may have been entered once for each country."""
    mine, theirs = me.organisation, other.organisation
    return mine is not None and theirs is not None and mine.name_key == theirs.name_key


def check_open(event: Event) -> None:
    """Refuse whatever the phase of the event does not permit."""
    reason = why_closed(event)
    if reason:
        raise NotAllowed(reason)


def check_pair(me: Participant, other: Participant) -> None:
    """Refuse a wish or request that can never become a meeting."""
    if find_person(me, other.id) is None:
        raise NotAllowed(
            _(
                "%(name)s is not among the people you may meet at this event. "
                "Choose somebody from the list of people.",
                name=other.name,
            )
        )
    if is_same_organisation(me, other):
        raise NotAllowed(
            _(
                "You and %(name)s are of the same organisation: no meeting is planned. "
                "Choose somebody of another one.",
                name=other.name,
            )
        )


def check_may_meet(me: Participant, other: Participant) -> None:
    """Refuse a wish between types that never meet; a "no" may be said of anybody one sees."""
    if not types_ask(me, other, either_way=True):
        raise NotAllowed(
            _(
                "Participants of your type and of %(name)s's do not meet at this event. "
                "Choose somebody else.",
                name=other.name,
            )
        )


def check_may_ask(me: Participant, other: Participant) -> None:
    """Refuse a request in a direction that the organiser keeps closed."""
    if not types_ask(me, other):
        raise NotAllowed(
            _(
                "At this event participants of your type do not ask those of %(name)s's. Say that "
                "you want to meet; they can ask you.",
                name=other.name,
            )
        )


def check_listed(me: Participant) -> None:
    """Nobody is asked by somebody whom they cannot see."""
    if not me.is_listed:
        raise NotAllowed(
            _(
                "You have not agreed to be shown to other participants, so nobody could see who "
                "asks. Agree to it in your registration, then ask again."
            )
        )


def check_room_to_ask(me: Participant) -> None:
    """Refuse one pending request too many."""
    most = me.event.most_pending
    if count_requests_pending(me) >= most:
        raise NotAllowed(
            ngettext(
                "%(num)d of your requests waits for an answer, which is the most at one time. "
                "Withdraw it, or wait until somebody answers.",
                "%(num)d of your requests wait for an answer, which is the most at one time. "
                "Withdraw one, or wait until somebody answers.",
                most,
            )
        )


def check_text(text: str, field: str) -> None:
    """Refuse a note or reason that is too long."""
    if len(text) > LONGEST_NOTE:
        raise Invalid(
            _("This is too long; write at most %(most)d characters.", most=LONGEST_NOTE),
            field=field,
        )
