"""What the tests of runs share."""

import pytest

from matchmaker.events.models import Event
from tests.factories.events import make_event, make_user
from tests.pages.client import PageClient


@pytest.fixture
def event(client: PageClient, context: object) -> Event:
    """An event whose organiser is signed in."""
    organiser = make_user("Olli")
    client.sign_in(organiser)
    return make_event(organiser=organiser)
