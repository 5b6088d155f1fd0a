"""Aino meets Marek at 13:00 and Claire at 13:20, at an event whose agenda is published."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask.ctx import AppContext
from flask_babel import force_locale

from matchmaker.accounts.models import User
from matchmaker.agenda.services import publish_run
from matchmaker.clock import stopped_at
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.followup.queries import Met, begun_meetings
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant
from tests.factories.events import FIRST_SLOT, make_event, make_participant, make_user
from tests.factories.runs import make_run


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
    with force_locale("en"):
        with stopped_at(event.created_at):
            publish_run(event, make_run(event, (aino, marek, 0, 0), (aino, claire, 1, 0)), None)
            db.session.query(Mail).delete()
            db.session.commit()
        yield Scene(event, olli, aino, marek, claire)


def met(me: Participant, other: Participant) -> Met:
    """Their meeting, once it has begun."""
    return next(each for each in begun_meetings([me]) if each.other.id == other.id)


LATER = FIRST_SLOT.replace(hour=16)
