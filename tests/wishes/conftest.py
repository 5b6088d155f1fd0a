"""Two people of one event, and a third."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask.ctx import AppContext
from flask_babel import force_locale

from matchmaker.events.models import Event
from matchmaker.registration.models import Participant
from tests.factories.events import make_event, make_participant


class Trio(NamedTuple):
    event: Event
    aino: Participant
    marek: Participant
    claire: Participant


@pytest.fixture
def trio(context: AppContext) -> Iterator[Trio]:
    event = make_event()
    with force_locale("en"):
        yield Trio(
            event,
            make_participant(event, "Aino Niskala"),
            make_participant(event, "Marek Zieliński", type_name="cluster"),
            make_participant(event, "Claire Vidal", type_name="policymaker"),
        )
