"""Wishing, asking and answering.

A "no" has the same visible effects as saying nothing: it takes back one's own pending request, as
taking back a wish does, and leaves requests of the other side as they stand.
"""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.clock import now
from matchmaker.errors import Conflict, Invalid, NotAllowed
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.mails import mail_acceptance, mail_request
from matchmaker.wishes.models import LEVELS, Request, RequestState, Wish
from matchmaker.wishes.queries import Correspondence, find_request, find_wish
from matchmaker.wishes.rules import (
    LONGEST_NOTE,
    check_listed,
    check_open,
    check_pair,
    check_room_to_ask,
)

OPEN_AGAIN = (RequestState.WITHDRAWN, RequestState.EXPIRED)
TOLD_ONCE_IN = timedelta(days=1)


def set_wish(me: Participant, other: Participant, level: str) -> Wish:
    """Say must, want or no of somebody; the last word counts."""
    if level not in LEVELS:
        raise Invalid(_("A wish is must, want or no. Choose one of them."), field="level")
    _begin(me, other)
    if level == "no":
        _take_back_request(me, other)
    return _put_wish(me, other, level)


def clear_wish(me: Participant, other: Participant) -> None:
    """Take back whatever was said of somebody, and the request that asks them."""
    _begin(me, other)
    _take_back_request(me, other)
    wish = find_wish(me, other)
    if wish is not None:
        db.session.delete(wish)
        db.session.flush()


def send_request(me: Participant, other: Participant, note: str = "") -> Request:
    """Ask for a meeting; where the other side asks already, this is the answer yes."""
    check_listed(me)
    if len(note) > LONGEST_NOTE:
        raise Invalid(
            _("The note is too long; write at most %(most)d characters.", most=LONGEST_NOTE),
            field="note",
        )
    _begin(me, other)
    _want_at_least(me, other)
    theirs = find_request(other, me)
    if theirs is not None and theirs.state in (RequestState.PENDING, RequestState.ACCEPTED):
        return _agree(Correspondence(theirs, other), me)
    mine = find_request(me, other)
    return mine if mine is not None and _stands(mine, other) else _ask(me, other, note, mine)


def accept_request(me: Participant, asked: Correspondence) -> Request:
    """Say yes to who asked `me`; twice is once."""
    _begin(me, asked.other)
    _expect(asked, RequestState.ACCEPTED)
    _want_at_least(me, asked.other)
    return _agree(asked, me)


def decline_request(me: Participant, asked: Correspondence) -> Request:
    """Say no to a request without a reason; the asker reads that it was declined."""
    _begin(me, asked.other)
    _expect(asked, RequestState.DECLINED)
    return _answer(asked.request, RequestState.DECLINED)


def withdraw_request(me: Participant, asked: Correspondence) -> Request:
    """Take back a request of `me` that has no answer yet."""
    _begin(me, asked.other)
    _expect(asked, RequestState.WITHDRAWN)
    return _answer(asked.request, RequestState.WITHDRAWN)


def _begin(me: Participant, other: Participant) -> None:
    """Check that the two may; from here on, nobody else changes what is between them.

    The rows are locked in one order whoever acts, so that two people never wait for each other.
    """
    check_open(me.event)
    check_pair(me, other)
    both = select(Participant.id).where(Participant.id.in_((me.id, other.id)))
    db.session.execute(both.order_by(Participant.id).with_for_update(key_share=True))


def _put_wish(me: Participant, other: Participant, level: str) -> Wish:
    wish = find_wish(me, other)
    if wish is None:
        wish = Wish(event_id=me.event_id, person_id=me.id, other_id=other.id)
        db.session.add(wish)
    if wish.level != level:
        wish.level = level
        wish.changed_at = now()
    db.session.flush()
    return wish


def _want_at_least(me: Participant, other: Participant) -> None:
    wish = find_wish(me, other)
    if wish is None:
        _put_wish(me, other, "want")
    elif wish.level == "no":
        raise NotAllowed(
            _(
                "You said that you want no meeting with %(name)s. Take that back on their page "
                "first, if you changed your mind.",
                name=other.name,
            )
        )


def _stands(mine: Request, other: Participant) -> bool:
    """Whether an earlier request still holds, so that there is nothing to send."""
    if mine.state == RequestState.DECLINED:
        raise NotAllowed(
            _(
                "%(name)s declined your request, and a request is made once. "
                "They can still ask you; your wish stays.",
                name=other.name,
            )
        )
    return mine.state not in OPEN_AGAIN


def _ask(me: Participant, other: Participant, note: str, earlier: Request | None) -> Request:
    """Asking anew within a day mails nobody again: else one could flood another's mailbox."""
    check_room_to_ask(me)
    told_lately = earlier is not None and earlier.created_at > now() - TOLD_ONCE_IN
    request = earlier or Request(event_id=me.event_id, asker_id=me.id, answerer_id=other.id)
    request.state = RequestState.PENDING
    request.note = note.strip()
    request.created_at = now()
    request.answered_at = None
    db.session.add(request)
    db.session.flush()
    said = find_wish(other, me)
    in_vain = said is not None and said.level == "no"
    mail_request(me, other, in_vain=in_vain or told_lately)
    return request


def _agree(asked: Correspondence, me: Participant) -> Request:
    """Accept what `asked.other` asked, and with it what `me` may have asked at the same time."""
    if asked.request.state == RequestState.ACCEPTED:
        return asked.request
    mine = find_request(me, asked.other)
    if mine is not None and mine.state == RequestState.PENDING:
        _answer(mine, RequestState.ACCEPTED)
    mail_acceptance(asker=asked.other, answerer=me)
    return _answer(asked.request, RequestState.ACCEPTED)


def _take_back_request(me: Participant, other: Participant) -> None:
    request = find_request(me, other)
    if request is not None and request.state == RequestState.PENDING:
        _answer(request, RequestState.WITHDRAWN)


def _expect(asked: Correspondence, wanted: RequestState) -> None:
    """Refuse to answer what is answered otherwise already."""
    db.session.refresh(asked.request)
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


def _answer(request: Request, state: RequestState) -> Request:
    if request.state != state:
        request.state = state
        request.answered_at = now()
        db.session.flush()
    return request
