"""A time moves after publishing: its meetings go with it, and only their people hear of it."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.agenda.queries_hits import hits
from matchmaker.agenda.services import publish_run
from matchmaker.audit.models import AuditEntry
from matchmaker.clock import stopped_at
from matchmaker.errors import Invalid
from matchmaker.events.models import MeetingBlock, Slot
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Absence
from matchmaker.wishes.models import Request, RequestState
from tests.factories.events import (
    FIRST_SLOT,
    make_session,
)
from tests.factories.runs import make_run
from tests.pages.client import PageClient, reload
from tests.setup.moving import HALF_AN_HOUR, MovingScene, mailed, times, touched
from tests.setup.test_setup_pages import SETUP, confirm

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


@pytest.fixture
def scene(app: Flask) -> MovingScene:
    return MovingScene(app)


def test_an_afternoon_starts_later_and_its_meetings_move_with_it(scene: MovingScene) -> None:
    slots = [slot.id for slot in scene.event.slots]
    first, second = (
        scene.meeting(scene.aino, scene.marek),
        scene.meeting(scene.claire, scene.lars),
    )
    before = [(each.id, each.uid, each.slot_id, each.point_id) for each in (first, second)]
    db.session.add(
        Absence(
            participant_id=scene.lars.id,
            starts_at=FIRST_SLOT,
            ends_at=FIRST_SLOT + timedelta(minutes=20),
        )
    )
    db.session.flush()

    plan = scene.moved(slots[0], "13:30", "rest")
    assert touched(plan) == {"moving": 2, "moving times": 4}
    assert plan.said["times"][1] == ["Wed 28 Apr 13:30", "13:50", "14:10", "14:30"]
    scene.do(lambda: scene.moved(slots[0], "13:30", "rest"), note="The keynote runs late.")

    assert times(scene.event) == ["28 13:30", "28 13:50", "28 14:10", "28 14:30"]
    assert [slot.id for slot in scene.event.slots] == slots
    after = [scene.meeting(scene.aino, scene.marek), scene.meeting(scene.claire, scene.lars)]
    assert [(each.id, each.uid, each.slot_id, each.point_id) for each in after] == before
    assert [each.sequence for each in after] == [1, 1]
    assert len(mailed()) == 4
    mail = db.session.scalars(select(Mail).where(Mail.user_id == scene.marek.user_id)).one()
    assert mail.subject == "Moved: your meeting with Aino"
    assert "13:30–13:50, Table 1: Aino" in mail.text
    assert "(was Wed 28 Apr, 13:00, Table 1)" in " ".join(mail.text.split())
    assert "> The keynote runs late." in mail.text
    noted = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert noted is not None
    assert noted.action == "set-up changed"
    assert (noted.details["before"]["times"][0], noted.details["after"]["times"][0]) == (
        "Wed 28 Apr 13:00",
        "Wed 28 Apr 13:30",
    )


def test_one_time_goes_elsewhere_and_nobody_else_hears_of_it(scene: MovingScene) -> None:
    slots = [slot.id for slot in scene.event.slots]

    scene.do(lambda: scene.moved(slots[1], "09:00", day="2027-04-29"))

    assert times(scene.event) == ["28 13:00", "28 13:40", "28 14:00", "29 09:00"]
    assert scene.meeting(scene.claire, scene.lars).sequence == 1
    assert scene.meeting(scene.aino, scene.marek).sequence == 0
    assert mailed() == sorted((scene.claire.user.email, scene.lars.user.email))
    zone = scene.event.zone
    assert [f"{each.starts_at.astimezone(zone):%d %H:%M}" for each in scene.event.blocks] == [
        "28 13:00",
        "28 13:40",
        "29 09:00",
    ]


def test_who_cannot_at_the_new_time_is_left_to_the_repair_and_told_once(
    scene: MovingScene,
) -> None:
    first = scene.event.slots[0]
    start = FIRST_SLOT + timedelta(hours=3)
    db.session.add(
        Absence(participant_id=scene.marek.id, starts_at=start, ends_at=start + HALF_AN_HOUR)
    )
    scene.meeting(scene.aino, scene.marek).kept = True
    agreed = Request(
        event_id=scene.event.id,
        asker_id=scene.marek.id,
        answerer_id=scene.aino.id,
        state=RequestState.ACCEPTED,
        slot_id=first.id,
    )
    db.session.add(agreed)
    db.session.flush()
    plan = scene.moved(first.id, "16:00")
    assert touched(plan) == {"in the way": 1, "moving times": 1, "agreed": 1}

    scene.do(lambda: scene.moved(first.id, "16:00"))

    stuck = scene.meeting(scene.aino, scene.marek)
    assert reload(agreed).slot_id is None
    assert (mailed(), stuck.sequence, stuck.slot_id) == ([], 1, first.id)
    assert [(hit.meeting_id, hit.kind) for hit in hits(scene.event.id)] == [(stuck.id, "away")]
    mending = (scene.aino, scene.marek, 1, 0), (scene.claire, scene.lars, 0, 1)
    publish_run(scene.event, make_run(scene.event, *mending), scene.olli)
    assert mailed() == sorted((scene.aino.user.email, scene.marek.user.email))
    mended = scene.meeting(scene.aino, scene.marek)
    assert (mended.slot_id != first.id, mended.sequence, mended.uid) == (True, 2, stuck.uid)
    assert scene.meeting(scene.claire, scene.lars).sequence == 0


def test_times_never_overlap_and_what_has_begun_stays(scene: MovingScene) -> None:
    first, second, *_others = (slot.id for slot in scene.event.slots)

    with pytest.raises(Invalid, match="There are meetings at Wed 28 Apr 13:20 already"):
        scene.moved(first, "13:10")
    assert touched(scene.moved(first, "13:10", "rest"))["moving times"] == 4
    scene.event.phase = Phase.LIVE
    with stopped_at(FIRST_SLOT + timedelta(minutes=10)):
        with pytest.raises(Invalid, match="This time has begun"):
            scene.moved(first, "16:00")
        with pytest.raises(Invalid, match="That is over already"):
            scene.moved(second, "09:00")


def test_a_time_never_lands_in_the_pause_of_a_block(scene: MovingScene) -> None:
    """Two blocks that overlap could not be brought in again."""
    start = FIRST_SLOT + timedelta(hours=3)
    block = MeetingBlock(
        event_id=scene.event.id,
        starts_at=start,
        ends_at=start + timedelta(minutes=70),
        slot_minutes=20,
        pause_minutes=30,
    )
    block.slots = [
        Slot(event_id=scene.event.id, starts_at=each, ends_at=each + timedelta(minutes=20))
        for each in (start, start + timedelta(minutes=50))
    ]
    db.session.add(block)
    db.session.flush()
    first, second, *_others = (slot.id for slot in scene.event.slots)

    with pytest.raises(Invalid, match=r"There is a block at this time: .* 16:00–17:10"):
        scene.moved(first, "16:25")
    scene.do(lambda: scene.moved(second, "17:10"))
    assert touched(scene.moved(first, "13:20"))["moving times"] == 1


def test_the_repair_page_leads_through_it_and_names_the_session_at_that_time(
    client: PageClient, scene: MovingScene
) -> None:
    client.sign_in(scene.olli)
    start = FIRST_SLOT + timedelta(hours=2)
    make_session(scene.event, "Keynote", start, start + HALF_AN_HOUR)
    first = str(scene.event.slots[0].id)
    typed: dict[str, Any] = {"seen": "0", "extent": "alone", "day": ""}
    repair = client.get("/e/kittila/organise/repair")
    (address,) = repair.find("//main//a[text()='Move times']/@href")

    none = client.submit(str(address), status=422, first="0", start="", **typed)
    taken = client.submit(str(address), status=422, first=first, start="13:30", **typed)
    odd = client.submit(
        str(address), status=422, first=first, start="15:00", **typed | {"day": "0001-01-01"}
    )
    shown = client.submit(str(address), status=200, first=first, start="15:00", **typed)
    answer = confirm(client, shown, note="Sorry!")

    assert "Choose the time." in none.text
    assert "The year cannot be right." in odd.text
    assert "There are meetings at Wed 28 Apr 13:20 already" in taken.text
    assert taken.find("//input[@name='start']/@value") == ["13:30"]
    assert "1 published meeting moves with its time" in shown.text
    assert "Aino – Marek · Wed 28 Apr 13:00 · Table 1" in shown.text
    assert "Keynote" in shown.text
    assert answer.response.headers["Location"] == "/e/kittila/organise/repair"
    stale = client.submit(str(address), status=409, first=first, start="16:00", **typed)
    assert "Somebody else changed this while you had it open: Olli Organiser" in stale.text
    assert stale.find("//input[@name='start']/@value") == ["16:00"]
    assert times(reload(scene.event))[-1] == "28 15:00"
    assert all("> Sorry!" in text for text in db.session.scalars(select(Mail.text)))
    assert confirm(client, client.get(f"{SETUP}/undo")).response.status_code == 302
    assert times(reload(scene.event))[0] == "28 13:00"
