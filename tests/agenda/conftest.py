"""What the tests of agendas share."""

import pytest

from matchmaker.events.models import Event
from tests.factories.events import make_event, make_user
from tests.ical_js import read_with_ical_js
from tests.pages.client import PageClient

__all__ = ["read_with_ical_js"]


@pytest.fixture
def event(client: PageClient, context: object) -> Event:
    """An event whose organiser is signed in."""
    organiser = make_user("Olli")
    client.sign_in(organiser)
    return make_event(organiser=organiser)
