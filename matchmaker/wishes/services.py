"""Wishing and asking; `services_answers` answers.

A "no" has the same visible effects as saying nothing: it takes back one's own pending request and
the times one proposed, as taking back a wish does, and leaves requests of the other side as they
stand.
"""

from datetime import timedelta
from typing import NamedTuple

from flask_babel import gettext as _

from matchmaker.clock import now
from matchmaker.errors import Invalid, NotAllowed
from matchmaker.events.models import Slot
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.registration.models import Participant
from matchmaker.wishes.mails import mail_request
from matchmaker.wishes.models import LEVELS, OPEN_AGAIN, Request, RequestState, Wish
from matchmaker.wishes.queries import Correspondence, find_item, find_request, find_wish
from matchmaker.wishes.rules import (
    check_listed,
    check_may_ask,
    check_may_meet,
    check_room_to_ask,
    check_text,
)
from matchmaker.wishes.services_pair import (
    agree,
    answer,
    begin,
    expect,
    put_wish,
    take_back,
    want_at_least,
)
from matchmaker.wishes.steps import note_step

TOLD_ONCE_IN = timedelta(days=1)


class Said(NamedTuple):
    """What a request says: a note, what it is about, the time asked for."""

    note: str
    about: Item | None
    slot: Slot | None


def set_wish(me: Participant, other: Participant, level: str) -> Wish:
    """Say must, want or no of somebody; the last word counts."""
    if level not in LEVELS:
        raise Invalid(_("A wish is must, want or no. Choose one of them."), field="level")
    begin(me, other)
    if level == "no":
        take_back(me, other)
    else:
        check_may_meet(me, other)
    return put_wish(me, other, level)


def clear_wish(me: Participant, other: Participant) -> None:
    """Take back whatever was said of somebody, and what was asked of or proposed to them."""
    begin(me, other)
    take_back(me, other)
    wish = find_wish(me, other)
    if wish is not None:
        db.session.delete(wish)
        db.session.flush()


def send_request(
    me: Participant,
    other: Participant,
    note: str = "",
    about: int | None = None,
    slot: Slot | None = None,
) -> Request:
    """Ask for a meeting; where the other side asks already, this is the answer yes.

    `about` is the id of an offer or need of one of the two, `slot` the one time asked for, if any.
    """
    check_listed(me)
    check_text(note, "note")
    begin(me, other)
    want_at_least(me, other)
    theirs = find_request(other, me)
    if theirs is not None and theirs.state in (RequestState.PENDING, RequestState.ACCEPTED):
        return agree(Correspondence(theirs, other), me)
    mine = find_request(me, other)
    if mine is not None and _stands(mine, other):
        return mine
    return _ask(me, other, mine, Said(note.strip(), _item(me, other, about), slot))


def edit_request(me: Participant, asked: Correspondence, note: str, about: int | None) -> Request:
    """Change the note of a request of `me` that has no answer yet, and what it is about."""
    check_text(note, "note")
    begin(me, asked.other)
    expect(asked, RequestState.PENDING)
    request, item = asked.request, _item(me, asked.other, about)
    if (request.note, request.about) != (note.strip(), item):
        request.note, request.about = note.strip(), item
        note_step(request, me, "edited")
    return request


def withdraw_request(me: Participant, asked: Correspondence) -> Request:
    """Take back a request of `me` that has no answer yet."""
    begin(me, asked.other)
    expect(asked, RequestState.WITHDRAWN)
    return answer(asked.request, me, RequestState.WITHDRAWN)


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


def _item(me: Participant, other: Participant, item_id: int | None) -> Item | None:
    """What the request is about; something removed meanwhile is left out without a word."""
    return None if item_id is None else find_item(me, other, item_id)


def _ask(me: Participant, other: Participant, earlier: Request | None, words: Said) -> Request:
    """Asking anew within a day mails nobody again: else one could flood another's mailbox."""
    check_may_meet(me, other)
    check_may_ask(me, other)
    check_room_to_ask(me)
    told_lately = earlier is not None and earlier.created_at > now() - TOLD_ONCE_IN
    request = earlier or Request(event_id=me.event_id, asker_id=me.id, answerer_id=other.id)
    request.state = RequestState.PENDING
    request.note, request.about, request.slot = words
    request.created_at, request.answered_at, request.reminded_at = now(), None, None
    request.reason = ""
    db.session.add(request)
    db.session.flush()
    note_step(request, me, "asked")
    said = find_wish(other, me)
    in_vain = said is not None and said.level == "no"
    mail_request(request, other, me, in_vain=in_vain or told_lately)
    return request
