"""A time that moved goes back: what was settled comes back, what happened since stays."""

import pytest
from flask import Flask

from matchmaker.agenda.models import MeetingMove
from matchmaker.agenda.queries_hits import hits
from matchmaker.clock import stopped_at
from matchmaker.errors import Conflict
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Absence
from matchmaker.registration.models_disruptions import Disruption
from matchmaker.setup.services import plan_of_undoing
from matchmaker.wishes.models import Request, RequestSlot, RequestState
from tests.factories.events import (
    FIRST_SLOT,
)
from tests.pages.client import reload
from tests.setup.moving import HALF_AN_HOUR, MovingScene, mailed, times, touched

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


@pytest.fixture
def scene(app: Flask) -> MovingScene:
    return MovingScene(app)


def test_a_yes_to_one_time_is_no_yes_to_another_and_undo_brings_it_back(scene: MovingScene) -> None:
    last = scene.event.slots[3]
    asked = {"event_id": scene.event.id, "asker_id": scene.aino.id}
    agreed = Request(
        **asked, answerer_id=scene.claire.id, state=RequestState.ACCEPTED, slot_id=last.id
    )
    waiting = Request(**asked, answerer_id=scene.lars.id, proposed_at=FIRST_SLOT)
    waiting.times = [last]
    met = scene.meeting(scene.claire, scene.lars)
    wanted = MeetingMove(meeting_id=met.id, by_id=scene.lars.id, slot_id=last.id, sequence=0)
    for_then = Request(
        event_id=scene.event.id,
        asker_id=scene.marek.id,
        answerer_id=scene.claire.id,
        slot_id=last.id,
    )
    db.session.add_all([agreed, waiting, wanted, for_then])
    db.session.flush()
    plan = scene.moved(last.id, "15:00")
    assert touched(plan) == {"moving times": 1, "agreed": 1, "offered": 2, "moves": 1}

    scene.do(lambda: scene.moved(last.id, "15:00"))

    def bound() -> list[object]:
        offers = db.session.query(RequestSlot).count()
        asked_for = [reload(each).slot_id for each in (agreed, for_then)]
        return [*asked_for, reload(wanted).state, offers, times(scene.event)[-1]]

    assert bound() == [None, None, "outdated", 0, "28 15:00"]
    scene.do(lambda: plan_of_undoing(scene.event))
    assert bound() == [last.id, last.id, "pending", 1, "28 14:00"]
    scene.do(lambda: plan_of_undoing(scene.event))
    assert bound() == [None, None, "outdated", 0, "28 15:00"]


def test_what_stood_beside_an_absence_goes_back_there_as_settled_as_it_was(
    scene: MovingScene,
) -> None:
    first = scene.event.slots[0]
    away = Absence(participant_id=scene.marek.id, starts_at=FIRST_SLOT, ends_at=first.ends_at)
    agreed = Request(
        event_id=scene.event.id,
        asker_id=scene.aino.id,
        answerer_id=scene.marek.id,
        state=RequestState.ACCEPTED,
        slot_id=first.id,
    )
    scene.meeting(scene.aino, scene.marek).kept = True
    db.session.add_all([away, agreed])
    db.session.flush()
    scene.do(lambda: scene.moved(first.id, "15:00"))

    assert touched(plan_of_undoing(scene.event)) == {"moving": 1, "moving times": 1}
    scene.do(lambda: plan_of_undoing(scene.event))

    assert scene.meeting(scene.aino, scene.marek).kept
    assert reload(agreed).slot_id == first.id


@pytest.mark.parametrize("told", ["away", "point"])
def test_what_happened_since_stands_in_the_way_of_what_moves_back(
    scene: MovingScene, told: str
) -> None:
    """Only an absence of their own is beside the point; nobody is mailed a time that is lost."""
    first = scene.event.slots[0]
    span = {"starts_at": FIRST_SLOT, "ends_at": first.ends_at}
    met = scene.meeting(scene.aino, scene.marek)
    met.kept = True
    db.session.flush()
    scene.do(lambda: scene.moved(first.id, "15:00"))
    since = Disruption(event_id=scene.event.id, kind=told, **span)
    if told == "point":
        since.point_id = met.point_id
    else:
        away = Absence(participant_id=scene.marek.id, **span)
        db.session.add(away)
        db.session.flush()
        since.participant_id, since.absence_id = scene.marek.id, away.id
    db.session.add(since)
    db.session.query(Mail).delete()
    db.session.flush()

    assert touched(plan_of_undoing(scene.event)) == {"in the way": 1, "moving times": 1}
    scene.do(lambda: plan_of_undoing(scene.event))

    assert mailed() == []
    assert [hit.meeting_id for hit in hits(scene.event.id)] == [met.id]


def test_what_has_begun_stays_when_the_last_change_is_undone(scene: MovingScene) -> None:
    first, last = scene.event.slots[0].id, scene.event.slots[3].id
    scene.do(lambda: scene.moved(first, "15:00"))
    scene.event.phase = Phase.LIVE
    db.session.flush()

    with stopped_at(FIRST_SLOT), pytest.raises(Conflict, match=r"begin at .*13:00"):
        plan_of_undoing(scene.event)
    with stopped_at(FIRST_SLOT - HALF_AN_HOUR):
        assert touched(plan_of_undoing(scene.event))["moving"] == 1
        scene.do(lambda: scene.moved(last, "12:40"))
    with (
        stopped_at(FIRST_SLOT - HALF_AN_HOUR / 6),
        pytest.raises(Conflict, match=r"begin at .*12:40"),
    ):
        plan_of_undoing(scene.event)
