"""What a change of times, types, matrix or zone touches and keeps, and what undo brings back."""

from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.agenda.services_draft import put
from matchmaker.clock import stopped_at
from matchmaker.errors import Invalid
from matchmaker.events.models import MeetingBlock, MeetingPoint, Slot, TypePermission
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.mailings.audience import Audience
from matchmaker.mailings.occasions import Occasion
from matchmaker.mailings.services import schedule, start_mailing
from matchmaker.registration.models import Absence, Participant
from matchmaker.setup.part_matrix import Matrix
from matchmaker.setup.part_points import Points
from matchmaker.setup.part_times import Times
from matchmaker.setup.part_types import Types
from matchmaker.setup.part_zone import Zone
from matchmaker.setup.plan import Plan
from matchmaker.setup.services import plan_of_undoing
from matchmaker.wishes.models import Request, RequestState
from tests.factories.events import (
    FIRST_SLOT,
    make_session,
    make_wish,
)
from tests.factories.questions import make_question
from tests.factories.runs import make_run
from tests.setup.scene import Scene, block, counted, edited, mailed, times, touched

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def test_shortening_a_block_says_exactly_which_meetings_agreements_and_absences_it_hits(
    app: Flask, scene: Scene
) -> None:
    second, third = scene.event.slots[1:3]
    db.session.add_all(
        [
            Request(
                event_id=scene.event.id,
                asker_id=scene.marek.id,
                answerer_id=scene.claire.id,
                state=RequestState.ACCEPTED,
                slot_id=third.id,
            ),
            Absence(
                participant_id=scene.marek.id, starts_at=second.starts_at, ends_at=second.ends_at
            ),
        ]
    )
    db.session.flush()

    plan = edited(app, Times(), scene.event, scene.event.blocks[0], **block(end="13:20"))

    assert touched(plan) == {
        "unplaced": ("Aino Niskala – Claire Vidal · Wed 28 Apr 13:20 · Table 2",),
        "agreed": ("Marek Zieliński – Claire Vidal",),
        "away": ("Marek Zieliński",),
    }
    assert plan.ways == ("repair", "cancel")
    assert times(scene.event) == ["13:00", "13:20", "13:40", "14:00"]


def test_breaks_and_lunch_cut_a_block_and_slots_at_the_same_time_stay_the_same(
    app: Flask, scene: Scene
) -> None:
    row, first = scene.event.blocks[0], scene.event.slots[0].id
    typed = block(end="16:00", pause=10, lunch_from="14:00", lunch_to="15:00")

    scene.do(lambda: edited(app, Times(), scene.event, row, **typed), way="repair")

    assert times(scene.event) == ["13:00", "13:30", "15:00", "15:30"]
    assert scene.event.slots[0].id == first
    blocks = db.session.scalars(
        select(MeetingBlock).where(MeetingBlock.event_id == scene.event.id)
    ).all()
    assert [(each.slot_minutes, each.pause_minutes) for each in blocks] == [(20, 10), (20, 10)]
    assert scene.meeting(scene.aino, scene.claire).state == "confirmed"


def test_taking_out_a_type_moves_its_people_and_names_the_wishes_that_no_longer_count(
    app: Flask, scene: Scene
) -> None:
    cluster, policymaker, sme = scene.event.types
    make_wish(scene.marek, scene.claire)
    make_wish(scene.claire, scene.aino, "no")
    for one, other in ((policymaker, cluster), (cluster, policymaker)):
        cell = db.session.get_one(TypePermission, (one.id, other.id))
        db.session.delete(cell)
    db.session.flush()

    plan = Types().removed(scene.event, sme, policymaker.id)

    assert touched(plan)["people"] == ("Claire Vidal", "Marek Zieliński")
    assert counted(plan) == {"people": 2, "unpermitted": 2, "hidden": 3}
    scene.event.phase = Phase.LIVE
    with stopped_at(FIRST_SLOT + timedelta(minutes=5)):
        assert counted(Types().removed(scene.event, sme, policymaker.id))["unpermitted"] == 1
    scene.do(lambda: Types().removed(scene.event, sme, policymaker.id), way="keep")
    assert db.session.get_one(Participant, scene.marek.id).type_id == policymaker.id
    assert scene.meeting(scene.aino, scene.marek).locked is True
    scene.undo()
    assert [kind.name for kind in scene.event.types] == ["cluster", "policymaker", "SME"]
    assert db.session.get_one(Participant, scene.marek.id).type_id == sme.id
    assert db.session.get(TypePermission, (sme.id, sme.id)) is not None
    assert scene.meeting(scene.aino, scene.marek).locked is False


def test_a_tick_taken_from_the_matrix_names_whom_it_parts(app: Flask, scene: Scene) -> None:
    sme = scene.event.types[2]
    make_wish(scene.marek, scene.claire, "must")
    make_wish(scene.claire, scene.marek, "no")
    every = [f"{a.id}-{b.id}" for a in scene.event.types for b in scene.event.types]
    some = [value for value in every if value != f"{sme.id}-{sme.id}"]

    def work_out() -> Plan:
        return edited(app, Matrix(), scene.event, None, asks=some, sees=every)

    assert touched(work_out()) == {"wishes": ("Marek Zieliński – Claire Vidal",)}
    scene.do(work_out)
    cell = db.session.get_one(TypePermission, (sme.id, sme.id))
    assert (cell.asks, cell.sees) == (False, True)
    scene.undo()
    assert db.session.get_one(TypePermission, (sme.id, sme.id)).asks is True


def test_another_zone_keeps_the_times_of_day_and_tells_whom_it_moves(
    app: Flask, scene: Scene
) -> None:
    session = make_session(
        scene.event, "Keynote", FIRST_SLOT - timedelta(hours=3), FIRST_SLOT - timedelta(hours=2)
    )

    def work_out() -> Plan:
        typed = {"timezone": "Europe/Stockholm", "keep": "clock"}
        return edited(app, Zone(), scene.event, None, **typed)

    assert counted(work_out()) == {"calendars": 3, "shifted": 2, "shifted times": 4}
    with stopped_at(FIRST_SLOT), pytest.raises(Invalid, match="Keep the moments as they are"):
        work_out()
    scene.do(work_out)

    assert times(scene.event) == ["13:00", "13:20", "13:40", "14:00"]
    assert scene.event.slots[0].starts_at == FIRST_SLOT + timedelta(hours=1)
    assert session.starts_at.astimezone(scene.event.zone).time() == time(10)
    assert scene.meeting(scene.aino, scene.marek).sequence == 1
    assert mailed(scene.marek) == ["Moved: your meeting with Aino Niskala"]
    scene.undo()
    assert (scene.event.timezone, scene.event.slots[0].starts_at) == (
        "Europe/Helsinki",
        FIRST_SLOT,
    )
    assert db.session.query(Slot).count() == 4
    assert session.starts_at.date() == date(2027, 4, 28)


def test_another_zone_for_the_same_moments_is_shown_first_and_told_to_nobody(
    app: Flask, scene: Scene
) -> None:
    for at in (FIRST_SLOT - timedelta(days=1), None):
        mailing = start_mailing(scene.event, scene.olli, Occasion.PRACTICAL)
        if at is not None:
            schedule(mailing, scene.olli, at)

    def work_out() -> Plan:
        typed = {"timezone": "Europe/Stockholm", "keep": "moment"}
        return edited(app, Zone(), scene.event, None, **typed)

    assert counted(work_out()) == {"same moments": 4, "due": 1}
    scene.do(work_out)

    assert times(scene.event) == ["12:00", "12:20", "12:40", "13:00"]
    assert scene.meeting(scene.aino, scene.marek).sequence == 0
    assert mailed(scene.marek) == []
    assert counted(plan_of_undoing(scene.event)) == {"same moments": 4, "due": 1}


def test_what_is_drawn_by_hand_and_what_a_run_proposes_there_is_named(scene: Scene) -> None:
    event, (table, other) = scene.event, scene.event.points
    make_run(event, (scene.marek, scene.claire, 2, 0), (scene.aino, scene.claire, 1, 1))
    drawn = min(scene.aino.id, scene.claire.id), max(scene.aino.id, scene.claire.id)
    put(event, scene.olli, drawn, (event.slots[3].id, table.id), revision=0)

    plan = Points().removed(event, table, 0)

    assert touched(plan) == {
        "unplaced": ("Aino Niskala – Marek Zieliński · Wed 28 Apr 13:00 · Table 1",),
        "drafted": ("Aino Niskala – Claire Vidal · Wed 28 Apr 14:00 · Table 1",),
        "proposed": ("Marek Zieliński – Claire Vidal · Wed 28 Apr 13:40 · Table 1",),
    }
    assert counted(Points().removed(event, other, 0)) == {"unplaced": 1, "proposed": 1}


def test_questions_and_mailings_of_a_type_are_named_before_it_goes(scene: Scene) -> None:
    sme, cluster = scene.event.types[2], scene.event.types[0]
    make_question(scene.event, types=("SME", "cluster"))
    make_question(scene.event)
    for kind in (sme, cluster):
        to = Audience(statuses=("approved",), type_ids=(kind.id,))
        schedule(start_mailing(scene.event, scene.olli, Occasion.FREE, to), scene.olli)

    plan = Types().removed(scene.event, sme, cluster.id)

    found = counted(plan)
    assert (found["people"], found["questions"], found["mailings"]) == (2, 1, 1)


def test_the_last_video_room_goes_only_after_who_is_online_was_named(scene: Scene) -> None:
    rooms = [
        MeetingPoint(event_id=scene.event.id, name=f"Room {n}", kind="video", position=n)
        for n in (8, 9)
    ]
    db.session.add_all(rooms)
    scene.marek.online = True
    db.session.commit()

    assert touched(Points().removed(scene.event, rooms[0], 0)) == {}
    scene.do(lambda: Points().removed(scene.event, rooms[0], 0))

    assert touched(Points().removed(scene.event, rooms[1], 0)) == {"online": ("Marek Zieliński",)}
