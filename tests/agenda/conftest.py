"""What the tests of agendas share."""

import pytest

from matchmaker.agenda.models import Agenda
from matchmaker.agenda.services import publish_run
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant
from tests.factories.events import make_event, make_participant, make_user, make_wish
from tests.factories.runs import make_run
from tests.ical_js import read_with_ical_js
from tests.pages.client import PageClient

__all__ = ["read_with_ical_js"]


@pytest.fixture
def event(client: PageClient, context: object) -> Event:
    """An event whose organiser is signed in."""
    organiser = make_user("Olli")
    client.sign_in(organiser)
    return make_event(organiser=organiser)


@pytest.fixture
def six(event: Event) -> list[Participant]:
    """Three pairs who meet."""
    names = ("Aino", "Björn", "Carla", "Dora", "Elias", "Frida")
    people = [make_participant(event, name) for name in names]
    for one, other in (people[0:2], people[2:4], people[4:6]):
        make_wish(one, other)
    return people


@pytest.fixture
def published(event: Event, six: list[Participant]) -> Agenda:
    aino, bjorn, carla, dora, elias, frida = six
    run = make_run(event, (aino, bjorn, 0, 0), (carla, dora, 0, 1), (elias, frida, 1, 0))
    agenda = publish_run(event, run, None)
    db.session.execute(Mail.__table__.delete())
    db.session.commit()
    return agenda
