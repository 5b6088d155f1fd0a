"""A table taken out after publishing: the repair moves its meetings alone, the rest stays."""

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.agenda.models import Meeting
from matchmaker.agenda.queries_hits import hits
from matchmaker.agenda.services import publish_run
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.matching.jobs import execute_run
from matchmaker.matching.models import Run
from matchmaker.matching.services_repair import request_repair
from matchmaker.setup.part_points import Points
from matchmaker.setup.services import carry_out
from tests.factories.events import make_event, make_participant, make_user, make_wish
from tests.factories.runs import make_run

pytestmark = pytest.mark.usefixtures("context")


def test_the_repair_moves_the_meetings_of_a_table_taken_out_and_no_others(app: Flask) -> None:
    olli = make_user("Olli Organiser")
    event = make_event(organiser=olli, phase=Phase.SCHEDULING)
    aino, marek, claire, lars = (make_participant(event, name) for name in "AMCL")
    make_wish(aino, marek)
    make_wish(claire, lars)
    publish_run(event, make_run(event, (aino, marek, 0, 0), (claire, lars, 0, 1)), olli)
    table, other = event.points
    plan = Points().removed(event, table, 0)
    carry_out(
        event,
        olli,
        lambda: Points().removed(event, table, 0),
        fingerprint=plan.fingerprint,
        way="repair",
    )
    run_id = request_repair(event, olli).id
    db.session.commit()

    execute_run(app, run_id)
    run = db.session.get_one(Run, run_id, populate_existing=True)
    publish_run(event, run, olli)

    places = {
        (row.a_id, row.b_id): (row.slot_id, row.point_id, row.sequence)
        for row in db.session.scalars(select(Meeting).where(Meeting.state == "confirmed"))
    }
    slots = [slot.id for slot in event.slots]
    assert places[claire.id, lars.id] == (slots[0], other.id, 0)
    slot, point, sequence = places[aino.id, marek.id]
    assert (slot in slots[1:], point, sequence) == (True, other.id, 1)
    assert hits(event.id) == []
