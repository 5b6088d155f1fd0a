"""A run after publishing knows what is published, and leaves alone what has begun."""

from datetime import timedelta

import pytest
from flask import Flask

from matchmaker import clock
from matchmaker.agenda.services import publish_run
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.matching.arrange import arrange
from matchmaker.matching.codec import from_json
from matchmaker.matching.mending import mend
from matchmaker.matching.models import RunState
from matchmaker.matching.run_queries import alternatives_of
from matchmaker.matching.run_settings import RunSettings, settings_of
from matchmaker.matching.services import request_run
from matchmaker.matching.services_repair import request_repair, write_alternatives
from matchmaker.matching.snapshot import STAYS, Goals, Snapshot, Stay
from matchmaker.registration.models import Participant
from tests.factories.events import make_event, make_participant, make_wish
from tests.factories.runs import make_run

pytestmark = pytest.mark.both_databases

Four = list[Participant]


@pytest.fixture
def event(app: Flask, context: object) -> Event:
    return make_event()


@pytest.fixture
def four(event: Event) -> Four:
    """Aino meets Björn in the first slot, Carla meets Dora in the second."""
    people = [make_participant(event, name) for name in ("Aino", "Björn", "Carla", "Dora")]
    make_wish(people[0], people[1], "must")
    make_wish(people[2], people[3], "must")
    run = make_run(event, (*people[:2], 0, 0), (*people[2:], 1, 0))
    publish_run(event, run, None)
    db.session.commit()
    return people


def _asked(event: Event, stay: Stay) -> Snapshot:
    return from_json(request_run(event, None, stay=stay).snapshot)


@pytest.mark.parametrize("stay", STAYS)
def test_a_run_takes_along_what_is_published(event: Event, four: Four, stay: Stay) -> None:
    snapshot = _asked(event, stay)

    first, second = (event.slots[n].starts_at for n in (0, 1))
    table = event.points[0].name
    assert snapshot.stay == stay
    assert {frozenset((m.a, m.b)): (m.start, m.point) for m in snapshot.published} == {
        frozenset((four[0].ref, four[1].ref)): (first, table),
        frozenset((four[2].ref, four[3].ref)): (second, table),
    }


@pytest.mark.parametrize("stay", ["free", "most"])
def test_a_new_wish_moves_no_published_meeting(event: Event, four: Four, stay: Stay) -> None:
    make_wish(four[0], four[2], "must")

    outcome = arrange(_asked(event, stay))

    times = {frozenset((m.pair.a, m.pair.b)): m.slot.start for m in outcome.meetings}
    assert times[frozenset((four[0].ref, four[1].ref))] == event.slots[0].starts_at
    assert times[frozenset((four[2].ref, four[3].ref))] == event.slots[1].starts_at
    assert (outcome.report.published, outcome.report.kept, len(times)) == (2, 2, 3)


@pytest.mark.parametrize("stay", STAYS)
def test_while_the_event_goes_on_what_has_begun_stays(event: Event, four: Four, stay: Stay) -> None:
    """Also where nobody has said that it is live."""
    make_wish(four[0], four[2], "must")
    begun = event.slots[0].starts_at

    with clock.stopped_at(begun + timedelta(minutes=1)):
        snapshot = _asked(event, stay)

    assert [m.start for m in snapshot.settled] == [begun]
    meetings = arrange(snapshot).meetings
    assert [(m.pair.a, m.pair.b) for m in meetings if m.slot.start == begun] == [
        tuple(sorted((four[0].ref, four[1].ref)))
    ]
    assert len(meetings) == 3


def test_while_there_is_no_agenda_nothing_has_begun(event: Event, four: Four) -> None:
    event.phase = Phase.SCHEDULING
    with clock.stopped_at(event.slots[0].starts_at + timedelta(minutes=1)):
        snapshot = _asked(event, "free")

    assert (snapshot.settled, snapshot.not_before) == ((), None)


def test_a_repair_and_its_alternatives_are_set_as_what_is_published(
    event: Event, four: Four
) -> None:
    settings = RunSettings(max_meetings=4, weights={"must": 50}, goals=Goals(even=400))
    run = make_run(event, (four[0], four[1], 0, 0))
    run.settings = settings_of(settings.applied_to(from_json(run.snapshot)))
    publish_run(event, run, None)
    request_run(event, None).state = RunState.FAILED

    repair = request_repair(event, None)
    write_alternatives(repair.id, [mend(from_json(repair.snapshot))])

    used = from_json(repair.snapshot).settings
    assert (used.max_meetings, used.weights.must, used.goals) == (4, 50, Goals(even=400))
    (alternative,) = alternatives_of(repair)[1:]
    assert alternative.settings == repair.settings
