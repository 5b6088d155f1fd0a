"""What every act between two people begins and ends with."""

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.clock import now
from matchmaker.errors import Conflict, NotAllowed
from matchmaker.events.phases import AGENDA_SHOWN
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.agreements import planner
from matchmaker.wishes.mails import mail_acceptance
from matchmaker.wishes.models import Request, RequestState, Wish
from matchmaker.wishes.queries import Correspondence, find_request, find_wish
from matchmaker.wishes.rules import check_open, check_pair
from matchmaker.wishes.steps import note_step


def begin(me: Participant, other: Participant) -> None:
    """Check that the two may; from here on, nobody else changes what is between them.

    The rows are locked in one order whoever acts, so that two people never wait for each other:
    the event first, where a meeting may be placed at once, then the two.
    """
    check_open(me.event)
    check_pair(me, other)
    if me.event.placement == "at once" or me.event.phase in AGENDA_SHOWN:
        hold_agenda(me.event)
    both = select(Participant.id).where(Participant.id.in_((me.id, other.id)))
    db.session.execute(both.order_by(Participant.id).with_for_update(key_share=True))


def put_wish(me: Participant, other: Participant, level: str) -> Wish:
    wish = find_wish(me, other)
    if wish is None:
        wish = Wish(event_id=me.event_id, person_id=me.id, other_id=other.id)
        db.session.add(wish)
    if wish.level != level:
        wish.level = level
        wish.changed_at = now()
    db.session.flush()
    return wish


def want_at_least(me: Participant, other: Participant) -> None:
    wish = find_wish(me, other)
    if wish is None:
        put_wish(me, other, "want")
    elif wish.level == "no":
        raise NotAllowed(
            _(
                "You said that you want no meeting with %(name)s. Take that back on their page "
                "first, if you changed your mind.",
                name=other.name,
            )
        )


def take_back(me: Participant, other: Participant) -> None:
    """Take back whatever `me` asked of them or proposed to them that has no answer yet."""
    mine, theirs = find_request(me, other), find_request(other, me)
    if mine is not None and mine.state == RequestState.PENDING:
        answer(mine, me, RequestState.WITHDRAWN)
    if theirs is not None and theirs.proposed_at is not None:
        drop_times(theirs, me, "withdrawn")


def drop_times(request: Request, by: Participant, deed: str) -> None:
    """The times proposed are off; the request waits for its answerer again."""
    request.times, request.proposed_at = [], None
    note_step(request, by, deed)


def agree(asked: Correspondence, me: Participant) -> Request:
    """Accept what is between the two, and with it what `me` may have asked at the same time."""
    request, other = asked
    if request.state == RequestState.ACCEPTED:
        return request
    mine = find_request(me, other)
    if mine is not None and mine.state == RequestState.PENDING:
        answer(mine, me, RequestState.ACCEPTED)
    answer(request, me, RequestState.ACCEPTED)
    # Once an agenda is out, a time that two agreed on need not wait for the next one.
    settled = request.slot is not None and me.event.phase in AGENDA_SHOWN
    at_once = settled or me.event.placement == "at once"
    if not (at_once and planner().place(me, other, request.slot)):
        mail_acceptance(request, other, me)
    return request


def expect(asked: Correspondence, wanted: RequestState) -> None:
    """Refuse to answer what is answered otherwise already."""
    db.session.expire(asked.request)
    sentences = {
        RequestState.ACCEPTED: _(
            "The request between you and %(name)s is accepted already. If you cannot meet after "
            "all, say so with “No meeting”; they are not told.",
            name=asked.other.name,
        ),
        RequestState.DECLINED: _(
            "The request between you and %(name)s is declined already. "
            "Whoever declined can still ask the other.",
            name=asked.other.name,
        ),
        RequestState.WITHDRAWN: _(
            "The request between you and %(name)s is withdrawn. Ask anew on their page.",
            name=asked.other.name,
        ),
        RequestState.EXPIRED: _(
            "The request between you and %(name)s has expired. Ask anew on their page.",
            name=asked.other.name,
        ),
    }
    if asked.request.state not in (RequestState.PENDING, wanted):
        raise Conflict(sentences[asked.request.state])


def answer(request: Request, by: Participant | None, state: RequestState) -> Request:
    """Give the request its last state; `by` is empty where time did."""
    if request.state != state:
        request.state = state
        request.answered_at = now()
        request.times, request.proposed_at = [], None
        note_step(request, by, str(state))
    return request
