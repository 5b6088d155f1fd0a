"""What people wish, have accepted and settled among themselves, as plain values."""

from typing import cast

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import aliased

from matchmaker.events import models as events
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Level, Settled, Wish
from matchmaker.registration.models import Participant
from matchmaker.wishes import models as wishes
from matchmaker.wishes.models import Request, RequestState

# Made once: it takes as long as asking.
TWO = aliased(Participant), aliased(Participant)


def wishes_of(event: Event, refs: set[str], me: Participant | None = None) -> tuple[Wish, ...]:
    row, (person, other) = wishes.Wish, TWO
    query = (
        select(person.ref, other.ref, row.level)
        .join(person, person.id == row.person_id)
        .join(other, other.id == row.other_id)
        .where(row.event_id == event.id)
        .order_by(row.person_id, row.other_id)
    )
    if me is not None:
        for_me = (row.other_id == me.id) & (row.level != "no")
        query = query.where((row.person_id == me.id) | for_me)
    return tuple(
        Wish(who, whom, cast("Level", level))
        for who, whom, level in db.session.execute(query)
        if who in refs and whom in refs
    )


def accepted_of(
    event: Event, refs: set[str], me: Participant | None = None
) -> frozenset[tuple[str, str]]:
    asker, answerer = TWO
    query = (
        select(asker.ref, answerer.ref)
        .join(Request, Request.asker_id == asker.id)
        .join(answerer, answerer.id == Request.answerer_id)
        .where(Request.event_id == event.id, Request.state == RequestState.ACCEPTED)
    )
    if me is not None:
        query = query.where((Request.asker_id == me.id) | (Request.answerer_id == me.id))
    return frozenset(
        (asked, answered)
        for asked, answered in db.session.execute(query)
        if asked in refs and answered in refs
    )


def settled_of(event: Event, refs: set[str]) -> tuple[Settled, ...]:
    """The meetings people settled, and the times agreed on by those who have no meeting yet."""
    meetings: tuple[Settled, ...] = current_app.extensions["matchmaker.settled"](event)
    have_one = {frozenset((each.a, each.b)) for each in meetings}
    (asker, answerer), slot = TWO, events.Slot
    rows = db.session.execute(
        select(asker.ref, answerer.ref, slot.starts_at)
        .select_from(Request)
        .join(asker, asker.id == Request.asker_id)
        .join(answerer, answerer.id == Request.answerer_id)
        .join(slot, slot.id == Request.slot_id)
        .where(Request.event_id == event.id, Request.state == RequestState.ACCEPTED)
        .order_by(Request.id)
    )
    times = (Settled(*row) for row in rows)
    settled = (*meetings, *(each for each in times if frozenset((each.a, each.b)) not in have_one))
    return tuple(each for each in settled if {each.a, each.b} <= refs)
