"""Taking an offer for a free time: meet at once where both want to, else ask for that time."""

from flask_babel import gettext as _

from matchmaker.agenda.free_times import has_room
from matchmaker.agenda.queries import latest_agenda
from matchmaker.agenda.services_placing import find_meeting, place_at_once
from matchmaker.errors import Conflict
from matchmaker.events.models import Slot
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import Request, RequestState
from matchmaker.wishes.queries import Correspondence, find_request, find_wish
from matchmaker.wishes.rules import check_listed, check_may_meet
from matchmaker.wishes.services import send_request
from matchmaker.wishes.services_answers import is_common, propose_times
from matchmaker.wishes.services_pair import agree, begin, want_at_least


def meet_or_ask(me: Participant, other: Participant, slot: Slot) -> bool:
    """Whether the two meet then; if not, the other side is asked whether they would."""
    check_listed(me)
    begin(me, other)
    check_may_meet(me, other)
    if not _can_meet(me, other, slot):
        raise Conflict(
            _(
                "You and %(name)s cannot meet at this time any more. Choose somebody else, or "
                "another time.",
                name=other.name,
            )
        )
    theirs, mine = find_request(other, me), find_request(me, other)
    if mine is not None and mine.state == RequestState.PENDING:
        return _stands(mine, other, slot)
    want_at_least(me, other)
    if theirs is not None and theirs.state == RequestState.PENDING:
        return _answer(me, Correspondence(theirs, other), slot)
    if _both_want(me, other, theirs, mine):
        return place_at_once(me, other, slot)
    send_request(me, other, slot=slot)
    return False


def _can_meet(me: Participant, other: Participant, slot: Slot) -> bool:
    if latest_agenda(me.event) is None:
        return False
    meeting = find_meeting(me, other)
    met = meeting is not None and meeting.state == "confirmed"
    return not met and is_common(me, other, slot) and has_room(me) and has_room(other)


def _stands(mine: Request, other: Participant, slot: Slot) -> bool:
    """A second press asks nothing more; another time is for the request that waits."""
    if mine.slot == slot:
        return False
    raise Conflict(
        _(
            "You asked %(name)s already. Open that request to ask for another time.",
            name=other.name,
        )
    )


def _answer(me: Participant, asked: Correspondence, slot: Slot) -> bool:
    """Say yes to who asks already; who asks for another time is to choose."""
    if asked.request.slot not in (None, slot):
        propose_times(me, asked, {slot.id})
        return False
    asked.request.slot = slot
    agree(asked, me)
    meeting = find_meeting(me, asked.other)
    return meeting is not None and meeting.state == "confirmed"


def _both_want(
    me: Participant, other: Participant, theirs: Request | None, mine: Request | None
) -> bool:
    """By the last word of each; a "no" of theirs is as if they had said nothing."""
    said = find_wish(other, me)
    wanted = said is not None and said.level != "no"
    accepted = any(one is not None and one.state == RequestState.ACCEPTED for one in (theirs, mine))
    return wanted and (accepted or me.event.placement == "at once")
