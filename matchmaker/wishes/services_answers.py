"""Answering a request: accept, decline, propose other times; and answering those."""

from collections.abc import Collection

from flask_babel import gettext as _

from matchmaker.clock import now
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Slot
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.agreements import planner
from matchmaker.wishes.mails import mail_decline, mail_no_time, mail_times
from matchmaker.wishes.models import Request, RequestState
from matchmaker.wishes.queries import Correspondence
from matchmaker.wishes.rules import MOST_TIMES, check_text
from matchmaker.wishes.services_pair import agree, answer, begin, drop_times, expect, want_at_least
from matchmaker.wishes.steps import note_step


def accept_request(me: Participant, asked: Correspondence, *, at_any_time: bool = False) -> Request:
    """Say yes to who asked `me`, at the time they ask for if any; twice is once."""
    begin(me, asked.other)
    expect(asked, RequestState.ACCEPTED)
    want_at_least(me, asked.other)
    if asked.request.state == RequestState.PENDING and asked.request.slot is not None:
        _settle_time(me, asked, at_any_time=at_any_time)
    return agree(asked, me)


def decline_request(me: Participant, asked: Correspondence, reason: str = "") -> Request:
    """Say no to a request, with a reason or without; the asker reads both."""
    check_text(reason, "reason")
    begin(me, asked.other)
    expect(asked, RequestState.DECLINED)
    if asked.request.state == RequestState.PENDING:
        asked.request.reason = reason.strip()
        answer(asked.request, me, RequestState.DECLINED)
        mail_decline(asked.request, asked.other, me)
    return asked.request


def propose_times(me: Participant, asked: Correspondence, slot_ids: Collection[int]) -> Request:
    """Say yes to who asked `me`, at one of these times; the asker is to answer."""
    if not 0 < len(slot_ids) <= MOST_TIMES:
        raise Invalid(_("Choose one to %(most)d times.", most=MOST_TIMES), field="times")
    begin(me, asked.other)
    expect(asked, RequestState.PENDING)
    want_at_least(me, asked.other)
    times = _common(me, asked.other, slot_ids)
    request = asked.request
    if [slot.id for slot in times] != [slot.id for slot in request.times]:
        request.times, request.proposed_at = times, now()
        request.reminded_at = None
        note_step(request, me, "proposed")
        mail_times(request, asked.other, me)
    return request


def choose_time(me: Participant, asked: Correspondence, slot_id: int) -> Request:
    """Say yes to one of the times proposed to `me`, who asked; twice is once."""
    begin(me, asked.other)
    expect(asked, RequestState.ACCEPTED)
    request = asked.request
    if request.state == RequestState.ACCEPTED:
        return request
    chosen = next((slot for slot in request.times if slot.id == slot_id), None)
    if chosen is None:
        raise Conflict(_times_gone(asked.other))
    want_at_least(me, asked.other)
    _common(me, asked.other, [slot_id])
    request.slot = chosen
    return agree(asked, me)


def refuse_times(me: Participant, asked: Correspondence) -> Request:
    """None of the times suits `me`, who asked; the request waits for its answerer again."""
    begin(me, asked.other)
    expect(asked, RequestState.PENDING)
    if asked.request.proposed_at is not None:
        drop_times(asked.request, me, "declined")
        mail_no_time(asked.request, asked.other, me)
    return asked.request


def _settle_time(me: Participant, asked: Correspondence, *, at_any_time: bool) -> None:
    """Leave the time asked for out, or refuse where the two are no longer both free then."""
    if at_any_time:
        asked.request.slot = None
    elif not is_common(me, asked.other, asked.request.slot):
        raise Conflict(
            _(
                "The time that %(name)s asks for is taken meanwhile. Open the request: propose "
                "another time there, or accept to meet at any time.",
                name=asked.other.name,
            )
        )


def is_common(me: Participant, other: Participant, slot: Slot | None) -> bool:
    """Whether the two are both free then, and a meeting point is."""
    db.session.expire(me.event, ["slots"])
    return slot is not None and slot in planner().common_times(me, other)


def _common(me: Participant, other: Participant, slot_ids: Collection[int]) -> list[Slot]:
    """The slots of these ids; each must be free for both."""
    db.session.expire(me.event, ["slots"])
    free = {slot.id: slot for slot in planner().common_times(me, other)}
    if not free.keys() >= set(slot_ids):
        raise Conflict(
            _(
                "One of these times is taken meanwhile. Load the page anew and choose among those "
                "that are left."
            )
        )
    return [free[slot_id] for slot_id in sorted(set(slot_ids), key=lambda i: free[i].starts_at)]


def _times_gone(other: Participant) -> str:
    sentence: str = _(
        "%(name)s no longer proposes this time. Load the page anew to see where the request "
        "stands.",
        name=other.name,
    )
    return sentence
