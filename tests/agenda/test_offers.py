"""A free time is offered at once: who else is free then, the best first, one tap to ask."""

from datetime import timedelta

import pytest
from flask_babel import force_locale, gettext

from matchmaker import clock
from matchmaker.agenda.models import Meeting
from matchmaker.agenda.offers import FreeTime, free_time
from matchmaker.agenda.queries_changes import find_own_meeting
from matchmaker.agenda.services import publish_run
from matchmaker.agenda.services_changes import cancel_meeting
from matchmaker.agenda.services_disruptions import Happening, tell
from matchmaker.agenda.services_offers import meet_or_ask
from matchmaker.errors import Conflict, NotAllowed
from matchmaker.events.models import Event, TypePermission
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.wishes.models import Request, RequestState
from matchmaker.wishes.queries import find_between
from matchmaker.wishes.services import send_request, set_wish
from matchmaker.wishes.services_answers import accept_request
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_item,
    make_participant,
    make_user,
    make_wish,
)
from tests.factories.runs import make_run
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

BOTH = pytest.mark.both_databases
WHEN = "Wednesday 28 April, 13:20"


@pytest.fixture
def event(context: object):
    with clock.stopped_at(FIRST_SLOT - timedelta(days=2)), force_locale("en"):
        yield make_event(phase=Phase.PUBLISHED)


@pytest.fixture
def aino(event: Event) -> Participant:
    """Aino, who meets Björn at 13:00 and has nothing after that; she needs much."""
    aino, bjorn = make_participant(event, "Aino"), make_participant(event, "Björn")
    for title in ("Ore sorting", "Dry tailings treatment", "Frost proof sensors"):
        make_item(aino, "need", title)
    publish_run(event, make_run(event, (aino, bjorn, 0, 0)), None)
    db.session.query(Mail).delete()
    db.session.commit()
    return aino


def who_offers(event: Event, name: str, *titles: str, **more: object) -> Participant:
    person = make_participant(event, name, **more)
    for title in titles:
        make_item(person, "offer", title)
    return person


def at(aino: Participant, number: int = 1) -> FreeTime:
    db.session.expire_all()
    return free_time(aino, aino.event.slots[number], gettext)


def offered(aino: Participant, number: int = 1) -> list[str]:
    return [offer.entry.person.name for offer in at(aino, number).offers]


@BOTH
def test_the_three_best_of_those_free_are_offered_with_their_reasons(
    event: Event, aino: Participant
) -> None:
    two, one = ("Ore sorting", "Dry tailings treatment"), ("Frost proof sensors",)
    for name, titles in {"Carla": one, "Dora": (*two, *one), "Esko": two, "Fia": ()}.items():
        who_offers(event, name, *titles)
    who_offers(event, "Gerd", "Frost proof sensors", status=Status.PENDING)
    who_offers(event, "Hidden", *two, listed=False)

    page = at(aino)

    assert [offer.entry.person.name for offer in page.offers][:3] == ["Dora", "Esko", "Carla"]
    assert "Ore sorting" in str(page.offers[1].why)
    assert [slot.id for slot in page.others] == [slot.id for slot in event.slots[1:]]


@BOTH
def test_nobody_is_offered_who_cannot_meet_then(event: Event, aino: Participant) -> None:
    """Each of them is the best there is, and stays out for one reason."""
    wanted = ("Ore sorting", "Dry tailings treatment", "Frost proof sensors")
    busy, away, full, _colleague, refused, other_type, twin, declined = (
        who_offers(event, name, *wanted, **more)
        for name, more in {
            "Busy": {},
            "Away": {},
            "Full": {"max_meetings": 1},
            "Colleague": {"organisation": aino.organisation},
            "Refused": {},
            "Policymaker": {"type_name": "policymaker"},
            "Twin": {},
            "Declined": {},
        }.items()
    )
    carla = who_offers(event, "Carla", "Ore sorting")
    twin.user_id, twin.number = busy.user_id, 2
    slot = event.slots[1]
    away.absences = [Absence(starts_at=slot.starts_at, ends_at=slot.ends_at)]
    make_wish(aino, refused, "no")
    cells = db.session.query(TypePermission).filter_by(type_id=aino.type_id)
    cells.filter_by(other_id=other_type.type_id).one().asks = False
    state = RequestState.DECLINED
    db.session.add(
        Request(event_id=event.id, asker_id=aino.id, answerer_id=declined.id, state=state)
    )
    others = [make_participant(event, f"Person {n}") for n in range(2)]
    one = db.session.query(Meeting).one()
    places = ((aino, db.session.get(Participant, one.b_id), 0, 0), (full, others[0], 2, 0))
    publish_run(event, make_run(event, *places, (busy, others[1], 1, 0)), None)
    db.session.commit()

    assert offered(aino) == ["Carla"]

    make_wish(carla, aino, "no")
    assert offered(aino) == ["Carla"]  # or the page would tell of it

    tell(event, make_user(), Happening("point", None, event.points[1], slot, event.slots[2]))
    db.session.commit()
    assert offered(aino) == []


@BOTH
def test_a_tap_asks_for_that_time_and_the_answer_yes_gives_it_a_place(
    event: Event, aino: Participant
) -> None:
    dora, slot = who_offers(event, "Dora", "Ore sorting"), event.slots[1]

    assert not meet_or_ask(aino, dora, slot)
    assert not meet_or_ask(aino, dora, slot)

    (mail,) = db.session.query(Mail)
    assert f"They ask for {WHEN}" in mail.text
    assert offered(aino) == []
    request = db.session.query(Request).one()
    accept_request(dora, find_between(dora, request.id))
    meeting = db.session.query(Meeting).filter_by(state="confirmed", slot_id=slot.id).one()
    assert {meeting.a_id, meeting.b_id} == {aino.id, dora.id}


@BOTH
def test_an_asked_time_that_is_taken_is_said_and_any_other_can_be_had(
    event: Event, aino: Participant
) -> None:
    dora, carla = (who_offers(event, name, "Ore sorting") for name in ("Dora", "Carla"))
    event.placement = "at once"
    slot = event.slots[1]
    meet_or_ask(aino, dora, slot)
    make_wish(carla, aino, "must")
    assert meet_or_ask(aino, carla, slot)
    asked = find_between(dora, db.session.query(Request).one().id)

    with pytest.raises(Conflict, match="taken meanwhile"):
        accept_request(dora, asked)
    with pytest.raises(Conflict, match="cannot meet at this time any more"):
        meet_or_ask(aino, dora, slot)
    accept_request(dora, asked, at_any_time=True)

    meetings = {row.b_id: row.slot_id for row in db.session.query(Meeting) if row.a_id == aino.id}
    assert meetings[carla.id] == slot.id
    assert meetings[dora.id] == event.slots[2].id


@BOTH
def test_who_asks_already_or_agreed_meets_at_once_and_a_later_no_is_as_nothing_said(
    event: Event, aino: Participant
) -> None:
    names = ("Carla", "Dora", "Esko")
    carla, dora, esko = (who_offers(event, name, "Ore sorting") for name in names)
    send_request(carla, aino)
    other_time = send_request(esko, aino, slot=event.slots[3])
    agreed = send_request(dora, aino)
    accept_request(aino, find_between(aino, agreed.id))
    db.session.commit()

    assert {offer.entry.person.name: offer.sure for offer in at(aino).offers} == {
        "Carla": True,
        "Dora": True,
        "Esko": False,
    }
    assert not meet_or_ask(aino, esko, event.slots[1])
    assert (other_time.state, other_time.times) == (RequestState.PENDING, [event.slots[1]])
    assert meet_or_ask(aino, carla, event.slots[1])
    set_wish(dora, aino, "no")
    assert offered(aino, 2) == []


def test_a_cancelled_meeting_leads_both_to_whom_else_they_can_meet(
    event: Event, aino: Participant, client: PageClient
) -> None:
    dora = who_offers(event, "Dora", "Ore sorting")
    path = f"/e/kittila/agenda/free/{event.slots[0].id}"
    cancel_meeting(aino, find_own_meeting(aino, db.session.query(Meeting.id).scalar()))
    db.session.commit()

    texts = [" ".join(mail.text.split()) for mail in db.session.query(Mail)]
    page = client.sign_in(aino.user).get(path)
    with counted_queries() as statements:
        client.get(path)
    for number in range(3):
        who_offers(event, f"Person {number}", "Ore sorting")
    db.session.commit()
    client.get(path)  # which reads what is new of offers and needs
    with counted_queries() as later:
        client.get(path)
    asked = client.submit(f"{path}/people/{dora.id}", on=path)

    assert ["Who else is free on Wednesday 28 April, 13:00: http" in text for text in texts] == [
        True,
        True,
    ]
    assert page.texts("//article//h2") == ["Dora"]
    assert "Ask for 13:00" in page.text
    assert asked.response.headers["Location"] == path
    assert len(later) == len(statements)


def test_the_agenda_leads_from_a_free_time_to_whom_one_could_meet(
    event: Event, aino: Participant, client: PageClient
) -> None:
    links = "//a[contains(@href, '/agenda/free/')]/@href"
    path = f"/e/kittila/agenda/free/{event.slots[1].id}"

    agenda = client.sign_in(aino.user).get("/e/kittila/agenda")

    assert [str(link) for link in agenda.find(links)] == [path]
    assert "Nobody to offer at this time" in client.get(path).text
    busy = client.get(f"/e/kittila/agenda/free/{event.slots[0].id}")
    assert "You have a meeting at this time" in busy.text
    event.phase = Phase.FOLLOW_UP
    db.session.commit()
    assert client.get("/e/kittila/agenda").find(links) == []
    make_event("kokkola")
    client.get(f"/e/kokkola/agenda/free/{event.slots[1].id}", status=404)
    client.get("/e/kittila/agenda/free/99999", status=404)


def test_what_one_said_no_to_is_not_asked_by_its_address(event: Event, aino: Participant) -> None:
    dora = who_offers(event, "Dora", "Ore sorting")
    set_wish(aino, dora, "no")

    with pytest.raises(NotAllowed, match="you want no meeting with Dora"):
        meet_or_ask(aino, dora, event.slots[1])
