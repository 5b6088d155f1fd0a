"""What the tests of a changed set-up share."""

import pytest

from matchmaker.agenda.services import publish_run
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from tests.factories.events import (
    make_event,
    make_participant,
    make_user,
)
from tests.factories.runs import make_run
from tests.setup.scene import Scene


@pytest.fixture
def scene() -> Scene:
    olli = make_user("Olli Organiser")
    event = make_event(organiser=olli, phase=Phase.SCHEDULING)
    aino = make_participant(event, "Aino Niskala", type_name="cluster")
    marek = make_participant(event, "Marek Zieliński")
    claire = make_participant(event, "Claire Vidal")
    run = make_run(event, (aino, marek, 0, 0), (aino, claire, 1, 1))
    publish_run(event, run, olli)
    db.session.commit()
    db.session.query(Mail).delete()
    return Scene(event, olli, aino, marek, claire)
