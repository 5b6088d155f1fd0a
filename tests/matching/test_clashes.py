"""Fixed meetings that cannot be held together are named before a run begins, with what to do."""

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.agenda.models import Meeting
from matchmaker.agenda.services import publish_run
from matchmaker.errors import NotAllowed
from matchmaker.extensions import db
from matchmaker.matching.clashes import clashes
from matchmaker.matching.models import Run
from matchmaker.matching.services import request_run
from matchmaker.matching.snapshot import Settled
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.runs import make_run
from tests.matching.small import at, event, person


@pytest.mark.both_databases
def test_two_locked_meetings_of_one_person_in_two_roles_are_named(app: Flask) -> None:
    with app.app_context(), app.test_request_context():
        gathering, aino = make_event(), make_user("Aino")
        roles = [make_participant(gathering, f"Aino {n}", user=aino, number=n) for n in (1, 2)]
        others = [make_participant(gathering, name) for name in ("Björn", "Carla")]
        run = make_run(gathering, (roles[0], others[0], 0, 0), (roles[1], others[1], 0, 1))
        publish_run(gathering, run, None)
        for meeting in db.session.scalars(select(Meeting)):
            meeting.locked = True

        with pytest.raises(NotAllowed) as refused:
            request_run(gathering, None)

        assert refused.value.sentence == (
            "The meeting of Aino 1 and Björn and that of Aino 2 and Carla are both fixed "
            "Wednesday 28 April at 13:00, but one person is in both. Move or unlock one of the "
            "two in the grid of the agenda; then start the run again."
        )
        assert len(db.session.scalars(select(Run)).all()) == 1


def test_a_table_taken_twice_is_a_clash_another_time_or_a_time_alone_is_none() -> None:
    nine, ten = at("9:00"), at("10:00")
    first = Settled("a", "b", nine, "Table 1")
    settled = (
        first,
        Settled("b", "c", ten, "Table 1"),
        Settled("a", "d", nine),
        Settled("c", "d", nine, "Table 1"),
    )

    found = list(clashes(event(*map(person, "abcd"), settled=settled)))

    assert found == [(first, settled[3], "Table 1")]
