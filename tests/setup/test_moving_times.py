"""A time moves after publishing: its meetings go with it, and only their people hear of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting, MeetingMove
from matchmaker.agenda.queries_hits import hits
from matchmaker.agenda.services import publish_run
from matchmaker.audit.models import AuditEntry
from matchmaker.clock import stopped_at
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event, MeetingBlock, Slot
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Absence, Participant
from matchmaker.registration.models_disruptions import Disruption
from matchmaker.setup.part_moving import Moving
from matchmaker.setup.plan import Plan
from matchmaker.setup.services import carry_out, plan_of_undoing
from matchmaker.wishes.models import Request, RequestSlot, RequestState
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_participant,
    make_session,
    make_user,
    make_wish,
)
from tests.factories.runs import make_run
from tests.pages.client import PageClient, reload
from tests.setup.test_setup_pages import SETUP, confirm

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]

HALF_AN_HOUR = timedelta(minutes=30)


class Scene:
    """Of four times from 13:00 the first holds Aino with Marek, the second Claire with Lars."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.olli: User = make_user("Olli Organiser")
        self.event: Event = make_event(organiser=self.olli, phase=Phase.SCHEDULING)
        names = ("Aino", "Marek", "Claire", "Lars")
        self.aino, self.marek, self.claire, self.lars = (
            make_participant(self.event, name) for name in names
        )
        make_wish(self.aino, self.marek)
        make_wish(self.claire, self.lars)
        places = (self.aino, self.marek, 0, 0), (self.claire, self.lars, 1, 1)
        publish_run(self.event, make_run(self.event, *places), self.olli)
        db.session.query(Mail).delete()
        db.session.commit()

    def meeting(self, one: Participant, other: Participant) -> Meeting:
        a, b = sorted((one.id, other.id))
        pair = select(Meeting).where(Meeting.a_id == a, Meeting.b_id == b)
        return db.session.scalars(pair.execution_options(populate_existing=True)).one()

    def moved(self, slot: int, start: str, extent: str = "alone", day: str = "") -> Plan:
        typed = MultiDict(
            {"first": str(slot), "start": start, "extent": extent, "day": day, "seen": "0"}
        )
        with self.app.test_request_context(method="POST", data=typed):
            form = Moving().form(self.event, None)
            form.process(typed)
            return Moving().edited(self.event, None, form)

    def do(self, work_out: Callable[[], Plan], **more: str) -> None:
        carry_out(self.event, self.olli, work_out, fingerprint=work_out().fingerprint, **more)


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def times(event: Event) -> list[str]:
    return [f"{slot.starts_at.astimezone(event.zone):%d %H:%M}" for slot in event.slots]


def touched(plan: Plan) -> dict[str, int]:
    return {each.kind: len(each.ids) for each in plan.touched}


def mailed() -> list[str]:
    return sorted(db.session.scalars(select(Mail.address)))


def test_an_afternoon_starts_later_and_its_meetings_move_with_it(scene: Scene) -> None:
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


def test_one_time_goes_elsewhere_and_nobody_else_hears_of_it(scene: Scene) -> None:
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
    scene: Scene,
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


def test_a_yes_to_one_time_is_no_yes_to_another_and_undo_brings_it_back(scene: Scene) -> None:
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


def test_what_stood_beside_an_absence_goes_back_there_as_settled_as_it_was(scene: Scene) -> None:
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
def test_what_happened_since_stands_in_the_way_of_what_moves_back(scene: Scene, told: str) -> None:
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


def test_times_never_overlap_and_what_has_begun_stays(scene: Scene) -> None:
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


def test_a_time_never_lands_in_the_pause_of_a_block(scene: Scene) -> None:
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


def test_what_has_begun_stays_when_the_last_change_is_undone(scene: Scene) -> None:
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


def test_the_repair_page_leads_through_it_and_names_the_session_at_that_time(
    client: PageClient, scene: Scene
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
