"""A change of the set-up shows whom it touches, does what was shown, loses nothing, is undone."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.agenda.queries_hits import hits
from matchmaker.audit.models import AuditEntry
from matchmaker.errors import Conflict, NotAllowed
from matchmaker.events.models import Event, MeetingBlock, MeetingPoint
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.setup.models import SetupChange
from matchmaker.setup.part_points import Points
from matchmaker.setup.part_times import Times
from matchmaker.setup.part_topics import Topics
from matchmaker.setup.services import ChangedMeanwhile, carry_out, plan_of_undoing
from matchmaker.wishes.models import Request, RequestState
from tests.factories.events import (
    make_item,
)
from tests.setup.scene import Scene, block, counted, edited, mailed, times

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def test_meetings_wait_for_the_repair_where_they_were_and_undo_brings_the_time_back(
    app: Flask, scene: Scene
) -> None:
    row = scene.event.blocks[0]
    kept = [slot.id for slot in scene.event.slots]
    agreed = Request(
        event_id=scene.event.id,
        asker_id=scene.marek.id,
        answerer_id=scene.claire.id,
        state=RequestState.ACCEPTED,
        slot_id=kept[2],
    )
    db.session.add(agreed)
    db.session.flush()

    scene.do(lambda: edited(app, Times(), scene.event, row, **block(end="13:20")), way="repair")

    assert times(scene.event) == ["13:00"]
    lost = scene.meeting(scene.aino, scene.claire)
    assert (lost.state, lost.slot_id, lost.sequence) == ("confirmed", kept[1], 0)
    assert [(hit.meeting_id, hit.kind) for hit in hits(scene.event.id)] == [
        (lost.id, "time removed")
    ]
    assert (mailed(scene.claire), agreed.slot_id) == ([], None)

    scene.undo()

    assert agreed.slot_id == kept[2]
    assert [slot.id for slot in scene.event.slots] == kept
    assert hits(scene.event.id) == []
    assert db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()[-2:] == [
        "set-up changed",
        "set-up change undone",
    ]


def test_calling_off_tells_their_people_alone_and_cannot_be_undone(scene: Scene) -> None:
    table = scene.event.points[0]

    change = scene.do(lambda: Points().removed(scene.event, table, 0), way="cancel")

    assert change is not None
    assert change.told == 1
    assert scene.meeting(scene.aino, scene.marek).state == "cancelled"
    assert mailed(scene.marek) == ["Cancelled: your meeting with Aino Niskala"]
    assert mailed(scene.claire) == []
    assert db.session.get_one(MeetingPoint, table.id).removed_from_id == scene.event.id
    with pytest.raises(NotAllowed, match="their people have been told"):
        plan_of_undoing(scene.event)


def test_what_is_confirmed_is_what_was_shown(scene: Scene) -> None:
    table = scene.event.points[1]
    shown = Points().removed(scene.event, table, 0)
    scene.meeting(scene.aino, scene.marek).point_id = table.id
    db.session.flush()

    with pytest.raises(ChangedMeanwhile, match="nothing was done") as refused:
        carry_out(
            scene.event,
            scene.olli,
            lambda: Points().removed(scene.event, table, 0),
            fingerprint=shown.fingerprint,
            way="repair",
        )

    assert counted(shown) == {"unplaced": 1}
    assert counted(refused.value.plan) == {"unplaced": 2}
    assert len(scene.event.points) == 2


def test_of_four_who_confirm_the_same_at_once_one_does_it_and_the_rest_are_told(
    app: Flask, scene: Scene
) -> None:
    event_id, olli_id, block_id = scene.event.id, scene.olli.id, scene.event.blocks[0].id
    shown = Times().removed(scene.event, scene.event.blocks[0], 0).fingerprint
    db.session.commit()

    def take_out(_turn: int) -> str:
        with app.app_context(), force_locale("en"):
            event, olli = db.session.get_one(Event, event_id), db.session.get_one(User, olli_id)
            row = db.session.get_one(MeetingBlock, block_id)
            try:
                carry_out(
                    event,
                    olli,
                    lambda: Times().removed(event, row, 0),
                    fingerprint=shown,
                    way="cancel",
                )
                db.session.commit()
            except ChangedMeanwhile:
                db.session.rollback()
                return "told"
            return "done"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(take_out, range(4)))

    assert outcomes == ["done", "told", "told", "told"]
    assert db.session.query(SetupChange).count() == 1
    assert len(mailed(scene.aino)) == 1


def test_a_time_that_comes_back_is_the_same_with_the_meeting_that_waited_there(
    app: Flask, scene: Scene
) -> None:
    row, kept = scene.event.blocks[0], [slot.id for slot in scene.event.slots]
    scene.do(lambda: edited(app, Times(), scene.event, row, **block(end="13:20")), way="repair")
    assert Times().entries(scene.event)[0].details[0] == "1 time"

    scene.do(lambda: edited(app, Times(), scene.event, row, **block(end="14:20")))

    assert [slot.id for slot in scene.event.slots] == kept
    assert (len(row.slots), hits(scene.event.id)) == (4, [])
    scene.do(lambda: plan_of_undoing(scene.event), way="repair")
    assert times(scene.event) == ["13:00"]


def test_undo_is_refused_once_something_it_touches_has_changed(scene: Scene) -> None:
    raw, digital = scene.event.topics
    item = make_item(scene.aino, "offer", "Ore sorting", topic="raw")

    scene.do(lambda: Topics().removed(scene.event, raw, digital.id))

    assert db.session.get_one(Item, item.id).topic_id == digital.id
    db.session.get_one(Item, item.id).topic_id = None
    db.session.flush()
    with pytest.raises(Conflict, match="has been changed again since"):
        plan_of_undoing(scene.event)
