"""When two agree the meeting is placed at once, if the event says so, and nobody is moved."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask_babel import force_locale

from matchmaker.agenda.models import Meeting, Seat
from matchmaker.agenda.queries_difference import difference
from matchmaker.agenda.queries_free import resting_at
from matchmaker.agenda.services import publish_run
from matchmaker.agenda.services_disruptions import Happening, tell
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.arrange import arrange
from matchmaker.matching.codec import from_json, to_json
from matchmaker.matching.queries import snapshot_of
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Absence, Participant
from matchmaker.wishes.models import RequestState
from matchmaker.wishes.queries import find_between
from matchmaker.wishes.services import send_request, set_wish
from matchmaker.wishes.services_answers import accept_request, choose_time, propose_times
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.runs import Place, make_run
from tests.pages.client import PageClient

pytestmark = pytest.mark.both_databases


@pytest.fixture
def event(context: object) -> Event:
    event = make_event()
    event.placement = "at once"
    db.session.commit()
    return event


@pytest.fixture
def four(event: Event) -> list[Participant]:
    return [make_participant(event, name) for name in ("Aino", "Björn", "Carla", "Dora")]


def agree(asker: Participant, answerer: Participant) -> None:
    with force_locale("en"):
        request = send_request(asker, answerer)
        accept_request(answerer, find_between(answerer, request.id))
    db.session.commit()


def publish(event: Event, *places: Place) -> None:
    publish_run(event, make_run(event, *places), None)
    db.session.query(Mail).delete()
    db.session.commit()


def places(event: Event) -> dict[tuple[int, int], tuple[int, int]]:
    """Each confirmed meeting's slot and point by number."""
    slots = [slot.id for slot in event.slots]
    points = [point.id for point in event.points]
    return {
        (row.a_id, row.b_id): (slots.index(row.slot_id), points.index(row.point_id))
        for row in db.session.query(Meeting).filter_by(state="confirmed")
    }


def test_the_first_meeting_is_the_earliest_and_both_hear_of_it(
    event: Event, four: list[Participant]
) -> None:
    aino, bjorn, *_ = four

    agree(aino, bjorn)

    assert places(event) == {(aino.id, bjorn.id): (0, 0)}
    after_asking = db.session.query(Mail).order_by(Mail.id).offset(1)
    subjects = {(mail.address, mail.subject) for mail in after_asking}
    assert subjects == {
        (aino.user.email, "New meeting with Björn"),
        (bjorn.user.email, "New meeting with Aino"),
    }
    assert '"kind":"accepted"' in db.session.query(Meeting.reasons).scalar()


def test_the_slot_that_adds_fewest_breaks_is_taken_and_nobody_is_moved(
    event: Event, four: list[Participant]
) -> None:
    aino, bjorn, carla, dora = four
    publish(event, (aino, carla, 3, 0), (bjorn, dora, 3, 1))

    agree(aino, bjorn)

    assert places(event) == {
        (aino.id, carla.id): (3, 0),
        (bjorn.id, dora.id): (3, 1),
        (aino.id, bjorn.id): (2, 0),
    }


def test_a_full_slot_and_an_absence_are_passed_over(event: Event, four: list[Participant]) -> None:
    aino, bjorn, carla, dora = four
    more = [make_participant(event, name) for name in ("Esko", "Fia")]
    publish(event, (carla, dora, 0, 0), (more[0], more[1], 0, 1))
    slot = event.slots[1]
    bjorn.absences = [Absence(starts_at=slot.starts_at, ends_at=slot.ends_at)]
    db.session.commit()

    agree(aino, bjorn)

    assert places(event)[aino.id, bjorn.id] == (2, 0)


def test_what_an_organiser_says_is_lost_is_passed_over(
    event: Event, four: list[Participant]
) -> None:
    """The first time is lost, the first table for the second, and one of them comes then."""
    aino, bjorn, carla, _dora = four
    organiser = make_user("Olli Organiser")
    one, two, three, *_ = event.slots
    for said in (
        Happening("time", None, None, one, two),
        Happening("point", None, event.points[0], two, three),
        Happening("late", carla, None, three, None),
    ):
        tell(event, organiser, said)
    db.session.commit()

    agree(aino, bjorn)
    agree(aino, carla)

    assert places(event) == {(aino.id, bjorn.id): (1, 1), (aino.id, carla.id): (2, 0)}


@pytest.mark.parametrize("why", ["cap", "body"])
def test_where_none_fits_it_waits_for_the_next_run(
    event: Event, four: list[Participant], why: str
) -> None:
    aino, bjorn, carla, dora = four
    if why == "cap":
        aino.max_meetings = 1
        publish(event, (aino, carla, 0, 0))
    else:  # Dora is Aino again, for another organisation, and busy all the time
        dora.user_id, dora.number = aino.user_id, 2
        others = [make_participant(event, f"Person {n}") for n in range(4)]
        publish(event, *((dora, other, n, 0) for n, other in enumerate(others)))

    agree(aino, bjorn)

    assert (aino.id, bjorn.id) not in places(event)
    text = db.session.query(Mail).order_by(Mail.id.desc()).first().text
    assert "next agenda may find one" in " ".join(text.split())


def test_a_chosen_time_is_the_time(event: Event, four: list[Participant]) -> None:
    aino, bjorn, *_ = four
    slot = event.slots[2]
    with force_locale("en"):
        request = send_request(aino, bjorn)
        propose_times(bjorn, find_between(bjorn, request.id), {slot.id})
        choose_time(aino, find_between(aino, request.id), slot.id)

    assert request.state == RequestState.ACCEPTED
    assert places(event) == {(aino.id, bjorn.id): (2, 0)}


def test_the_next_run_and_its_publishing_keep_what_the_two_settled(
    event: Event, four: list[Participant]
) -> None:
    aino, bjorn, carla, dora = four
    old_run = make_run(event, (aino, carla, 0, 0), (carla, dora, 0, 1), (aino, dora, 1, 0))
    agree(aino, bjorn)
    set_wish(carla, dora, "must")
    snapshot = from_json(to_json(snapshot_of(event)))

    meetings = {
        (each.pair.a, each.pair.b): (each.slot.start, each.point)
        for each in arrange(snapshot).meetings
    }
    changes = difference(old_run)
    publish_run(event, old_run, None)

    pair = min(aino.ref, bjorn.ref), max(aino.ref, bjorn.ref)
    assert meetings[pair] == (event.slots[0].starts_at, "Table 1")
    assert changes.left_out == ((aino.id, carla.id),)
    assert places(event) == {
        (aino.id, bjorn.id): (0, 0),
        (carla.id, dora.id): (0, 1),
        (aino.id, dora.id): (1, 0),
    }


def test_a_no_lets_the_next_publishing_cancel_it(event: Event, four: list[Participant]) -> None:
    aino, bjorn, *_ = four
    agree(aino, bjorn)
    set_wish(bjorn, aino, "no")

    publish(event)

    assert places(event) == {}
    assert not db.session.query(Meeting).one().kept


def test_an_agreed_time_alone_binds_the_run(event: Event, four: list[Participant]) -> None:
    aino, bjorn, *_ = four
    event.placement = "run"
    with force_locale("en"):
        request = send_request(aino, bjorn)
        propose_times(bjorn, find_between(bjorn, request.id), {event.slots[3].id})
        choose_time(aino, find_between(aino, request.id), event.slots[3].id)

    (meeting,) = arrange(snapshot_of(event)).meetings

    assert meeting.slot.start == event.slots[3].starts_at
    assert places(event) == {}


def test_two_who_accept_at_once_get_two_times(app: Flask, event: Event) -> None:
    """One table and one person wanted by all: each acceptance finds what is left."""
    event.points[1:] = []
    hub = make_participant(event, "Hub")
    guests = [make_participant(event, f"Guest {n}") for n in range(4)]
    with force_locale("en"):
        requests = [send_request(hub, guest).id for guest in guests]
    db.session.commit()
    ids = [guest.id for guest in guests]
    db.session.remove()

    def accept(guest_id: int, request_id: int) -> None:
        with app.app_context(), force_locale("en"):
            guest = db.session.get_one(Participant, guest_id)
            accept_request(guest, find_between(guest, request_id))
            db.session.commit()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(accept, ids, requests))

    assert db.session.query(Seat.slot_id).distinct().count() == 4
    assert db.session.query(Seat).count() == 8


def test_whoever_has_enough_in_a_row_gets_a_rest_and_the_words_for_it(
    event: Event, four: list[Participant], client: PageClient
) -> None:
    """Aino meets twice in a row as the event allows, so the next time is left to her."""
    aino, bjorn, carla, dora = four
    event.most_in_a_row = 2
    publish(event, (aino, carla, 0, 0), (aino, dora, 1, 0))

    agree(aino, bjorn)

    assert places(event)[aino.id, bjorn.id] == (3, 0)
    client.sign_in(aino.user)
    page = client.get(f"/e/kittila/agenda/free/{event.slots[2].id}")
    assert "you would have more than 2 in a row" in page.text
    meeting = db.session.query(Meeting).filter_by(a_id=aino.id, b_id=bjorn.id).one()
    moving = client.get(f"/e/kittila/agenda/meetings/{meeting.id}")
    assert moving.find("//input[@name='time']") == []
    assert "more than 2 meetings in a row are left out" in moving.text


def test_nobody_is_offered_who_rests_then(event: Event, four: list[Participant]) -> None:
    """Dora is Carla again, for another organisation, and rests when Carla does."""
    aino, bjorn, carla, dora = four
    dora.user_id, dora.number = carla.user_id, 2
    event.most_in_a_row = 1
    publish(event, (aino, bjorn, 3, 0), (bjorn, carla, 1, 0))

    assert resting_at(event, event.slots[2]) == {person.id for person in four}
    assert resting_at(event, event.slots[0]) == {bjorn.id, carla.id, dora.id}
