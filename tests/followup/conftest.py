"""Aino meets Marek at 13:00 and Claire at 13:20, at an event whose agenda is published."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask.ctx import AppContext
from flask_babel import force_locale

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.followup.queries import MeetingSide, begun_meetings
from matchmaker.registration.models import Participant
from tests.factories.events import FIRST_SLOT, make_event, make_participant, make_user


class Scene(NamedTuple):
    event: Event
    olli: User
    aino: Participant
    marek: Participant
    claire: Participant


@pytest.fixture
def scene(context: AppContext) -> Iterator[Scene]:
    olli = make_user("Olli Organiser")
    event = make_event(organiser=olli, phase=Phase.LIVE)
    names = ("Aino Niskala", "Marek Zieliński", "Claire Vidal")
    aino, marek, claire = (make_participant(event, name) for name in names)
    db.session.add_all(_meeting(event, aino, other, n) for n, other in enumerate((marek, claire)))
    db.session.commit()
    with force_locale("en"):
        yield Scene(event, olli, aino, marek, claire)


def _meeting(event: Event, a: Participant, b: Participant, slot: int) -> Meeting:
    return Meeting(
        event_id=event.id,
        uid=f"{a.id}-{b.id}",
        a_id=a.id,
        b_id=b.id,
        slot_id=event.slots[slot].id,
        point_id=event.points[0].id,
        value=30,
        reasons="[]",
    )


def met(me: Participant, other: Participant) -> MeetingSide:
    """Their meeting, once it has begun."""
    return next(each for each in begun_meetings([me]) if each.other.id == other.id)


LATER = FIRST_SLOT.replace(hour=16)
