"""A change of the set-up shows whom it touches, does what was shown, loses nothing, is undone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting
from matchmaker.agenda.queries_hits import hits
from matchmaker.agenda.services import publish_run
from matchmaker.audit.models import AuditEntry
from matchmaker.errors import Conflict, NotAllowed
from matchmaker.events.models import Event, MeetingBlock, MeetingPoint, Slot, TypePermission
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Absence, Participant
from matchmaker.setup.models import SetupChange
from matchmaker.setup.part_matrix import Matrix
from matchmaker.setup.part_points import Points
from matchmaker.setup.part_times import Times
from matchmaker.setup.part_topics import Topics
from matchmaker.setup.part_types import Types
from matchmaker.setup.part_zone import Zone
from matchmaker.setup.parts import Part
from matchmaker.setup.plan import Plan
from matchmaker.setup.services import ChangedMeanwhile, carry_out, plan_of_undoing
from matchmaker.wishes.models import Request, RequestState
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_item,
    make_participant,
    make_session,
    make_user,
    make_wish,
)
from tests.factories.runs import make_run

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


@dataclass
class Scene:
    """Aino meets Marek at 13:00 at table 1 and Claire at 13:20 at table 2, as published."""

    event: Event
    olli: User
    aino: Participant
    marek: Participant
    claire: Participant

    def meeting(self, one: Participant, other: Participant) -> Meeting:
        a, b = sorted((one.id, other.id))
        pair = select(Meeting).where(Meeting.a_id == a, Meeting.b_id == b)
        return db.session.scalars(pair.execution_options(populate_existing=True)).one()

    def do(self, work_out: Callable[[], Plan], way: str = "") -> SetupChange | None:
        fingerprint = work_out().fingerprint
        return carry_out(self.event, self.olli, work_out, fingerprint=fingerprint, way=way)

    def undo(self) -> SetupChange | None:
        return self.do(lambda: plan_of_undoing(self.event))


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


def edited(app: Flask, part: Part, event: Event, row: Any, **typed: Any) -> Plan:
    """The plan of what somebody typed."""
    pairs = MultiDict((name, each) for name, given in typed.items() for each in listed(given))
    with app.test_request_context(method="POST", data=pairs):
        form = part.form(event, row)
        form.process(pairs)
        return part.edited(event, row, form)


def listed(given: Any) -> list[str]:
    return given if isinstance(given, list) else [str(given)]


def block(start: str = "13:00", end: str = "14:20", **more: Any) -> dict[str, Any]:
    return {"day": "2027-04-28", "start": start, "end": end, "minutes": 20, "pause": 0} | more


def touched(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {each.kind: each.lines for each in plan.touched}


def counted(plan: Plan) -> dict[str, int]:
    return {each.kind: len(each.ids) for each in plan.touched}


def times(event: Event) -> list[str]:
    return [f"{slot.starts_at.astimezone(event.zone):%H:%M}" for slot in event.slots]


def mailed(person: Participant) -> list[str]:
    return list(db.session.scalars(select(Mail.subject).where(Mail.user_id == person.user_id)))


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


def test_undo_is_refused_once_something_it_touches_has_changed(scene: Scene) -> None:
    raw, digital = scene.event.topics
    item = make_item(scene.aino, "offer", "Ore sorting", topic="raw")

    scene.do(lambda: Topics().removed(scene.event, raw, digital.id))

    assert db.session.get_one(Item, item.id).topic_id == digital.id
    db.session.get_one(Item, item.id).topic_id = None
    db.session.flush()
    with pytest.raises(Conflict, match="has been changed again since"):
        plan_of_undoing(scene.event)


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
