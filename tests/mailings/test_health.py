"""The health board counts whom a word would help, and names them."""

import itertools
from datetime import timedelta

import pytest
from flask import Flask

from matchmaker.accounts.models import User
from matchmaker.agenda.services import publish_run
from matchmaker.clock import now, stopped_at
from matchmaker.events.models import Event, MeetingPoint
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.insights.conditions import Condition, people_with
from matchmaker.mailings.health import board_of
from matchmaker.mailings.jobs import work_off
from matchmaker.mailings.occasions import Occasion
from matchmaker.mailings.services import schedule, start_mailing
from matchmaker.marketplace.advice import KINDS, advice_for
from matchmaker.messages.models import MOST_ATTEMPTS
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.registration.services_advice import put_off
from matchmaker.registration.services_sessions import attend
from matchmaker.wishes.models import Request
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
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

BOARD = "/e/kittila/organise/health"
both_databases = pytest.mark.both_databases
pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def organiser(app: Flask, context: object) -> User:
    return make_user("Olli")


@pytest.fixture
def event(organiser: User) -> Event:
    return make_event(organiser=organiser, phase=Phase.WISHES)


def away(person: Participant, *slots: int) -> None:
    for slot in slots:
        times = person.event.slots[slot]
        db.session.add(
            Absence(participant_id=person.id, starts_at=times.starts_at, ends_at=times.ends_at)
        )
    db.session.commit()


def ask(asker: Participant, answerer: Participant, days: int) -> None:
    db.session.add(
        Request(
            event_id=asker.event_id,
            asker_id=asker.id,
            answerer_id=answerer.id,
            created_at=now() - timedelta(days=days),
        )
    )
    db.session.commit()


@both_databases
def test_people_without_items_or_wishes_and_unfinished_ones_are_found(event: Event) -> None:
    aino, marek = make_participant(event, "Aino"), make_participant(event, "Marek")
    make_item(aino, "offer", "Ore sorting")
    make_wish(marek, aino, "no")
    make_wish(aino, marek, "want")
    half = make_participant(event, "Half", status=Status.REGISTERING)
    pending = make_participant(event, "Pending", status=Status.PENDING)

    assert people_with(event, Condition.NO_ITEMS) == {marek.id}
    assert people_with(event, Condition.NO_WISHES) == {marek.id}
    assert people_with(event, Condition.UNFINISHED) == {half.id}
    assert people_with(event, Condition.UNDECIDED) == {pending.id}


@both_databases
def test_a_common_slot_with_one_is_enough_and_a_no_changes_nothing(event: Event) -> None:
    aino, marek, claire = (make_participant(event, name) for name in ("Aino", "Marek", "Claire"))
    away(aino, 0, 1)
    away(marek, 2, 3)
    make_wish(aino, marek, "must")
    assert people_with(event, Condition.NO_COMMON_SLOT) == {aino.id}

    make_wish(marek, aino, "no")
    assert people_with(event, Condition.NO_COMMON_SLOT) == {aino.id}

    make_wish(aino, claire, "want")
    assert people_with(event, Condition.NO_COMMON_SLOT) == set()

    make_wish(claire, aino, "no")
    assert people_with(event, Condition.NO_COMMON_SLOT) == set()


@both_databases
def test_who_chose_no_session_that_takes_times_for_meetings_is_found(event: Event) -> None:
    aino, marek = make_participant(event, "Aino"), make_participant(event, "Marek")
    lunch = make_session(event, "Lunch", FIRST_SLOT - timedelta(hours=1), FIRST_SLOT)
    attend(marek, lunch)
    assert people_with(event, Condition.NO_SESSION) == set()

    mine = make_session(event, "The mine", FIRST_SLOT, FIRST_SLOT + timedelta(minutes=20))
    attend(aino, mine)
    db.session.commit()
    assert people_with(event, Condition.NO_SESSION) == {marek.id}
    for person, kind in itertools.product((aino, marek), set(KINDS) - {"sessions"}):
        put_off(person, kind)
    advice = [advice_for(person) for person in (aino, marek)]
    assert [each and each.kind for each in advice] == [None, "sessions"]
    with stopped_at(FIRST_SLOT + timedelta(minutes=20)):
        assert people_with(event, Condition.NO_SESSION) == set()
    event.phase = Phase.PUBLISHED
    assert people_with(event, Condition.NO_SESSION) == set()


@both_databases
def test_fewer_meetings_than_promised_count_once_an_agenda_is_published(
    event: Event, organiser: User
) -> None:
    aino, marek = make_participant(event, "Aino"), make_participant(event, "Marek")
    aino.min_meetings, marek.min_meetings = 2, 1
    make_wish(aino, marek)
    run = make_run(event, (aino, marek, 0, 0))
    assert people_with(event, Condition.FEW_MEETINGS) == set()

    publish_run(event, run, organiser)
    db.session.commit()

    assert people_with(event, Condition.FEW_MEETINGS) == {aino.id}


@both_databases
def test_requests_wait_for_whoever_is_to_answer_and_grow_old(event: Event) -> None:
    aino, marek, claire, tuuli = (
        make_participant(event, name) for name in ("Aino", "Marek", "Claire", "Tuuli")
    )
    ask(aino, marek, 0)
    ask(claire, marek, 4)
    ask(aino, claire, 9)
    ask(aino, tuuli, 9)
    make_wish(tuuli, aino, "no")

    assert people_with(event, Condition.OWES_ANSWER) == {marek.id, claire.id}
    assert board_of(event).ages == [(0, 1), (1, 0), (3, 1), (7, 1)]


@both_databases
def test_mail_that_did_not_arrive_is_amiss_until_one_does(event: Event) -> None:
    aino = make_participant(event, "Aino")
    for given_up in (True, False):
        mail = queue_mail(
            user=aino.user, address=aino.user.email, subject="", text="", event_id=event.id
        )
        mail.attempts = MOST_ATTEMPTS if given_up else 1
        mail.sent_at = None if given_up else now()
        db.session.commit()
        assert people_with(event, Condition.NO_MAIL) == ({aino.id} if given_up else set())


@both_databases
def test_who_is_online_is_amiss_where_no_video_room_is_left(event: Event) -> None:
    aino, _marek = make_participant(event, "Aino"), make_participant(event, "Marek")
    aino.online = True
    room = MeetingPoint(event_id=event.id, name="Video room 1", kind="video", position=9)
    db.session.add(room)
    db.session.commit()
    assert people_with(event, Condition.NO_ROOM) == set()

    room.event_id, room.removed_from_id = None, event.id
    db.session.commit()

    assert people_with(event, Condition.NO_ROOM) == {aino.id}


@both_databases
def test_demand_is_spread_over_the_slots_both_have(event: Event) -> None:
    aino, marek, claire = (make_participant(event, name) for name in ("Aino", "Marek", "Claire"))
    away(marek, 0, 1)
    make_wish(aino, marek)
    make_wish(marek, aino)
    make_wish(aino, claire)
    make_wish(claire, marek, "want")
    make_wish(marek, claire, "no")

    slots = board_of(event).slots

    assert [slot.demand for slot in slots] == [0.2, 0.2, 0.8, 0.8]
    assert [slot.free for slot in slots] == [2, 2, 3, 3]
    assert {slot.points for slot in slots} == {2}


def test_the_board_takes_as_many_queries_for_many_as_for_few(event: Event) -> None:
    def count() -> int:
        db.session.expire_all()
        event.name  # noqa: B018 - read anew before counting
        with counted_queries() as statements:
            board_of(event)
        return len(statements)

    make_participant(event, "First")
    few = count()
    people = [make_participant(event, f"Person {place}") for place in range(12)]
    for person, other in itertools.pairwise(people):
        make_wish(person, other)
        ask(person, other, 2)
        make_item(other, "need", "Sorting")

    assert count() <= few + 1
    assert few <= 22


def test_one_click_leads_to_a_mailing_to_exactly_these_people(
    client: PageClient, event: Event, organiser: User
) -> None:
    aino, marek = make_participant(event, "Aino"), make_participant(event, "Marek")
    make_wish(aino, marek)
    make_item(aino, "offer", "Ore sorting")
    client.sign_in(organiser)

    board = client.get(BOARD)
    answer = client.submit(
        "/e/kittila/organise/mailings", on=BOARD, condition=str(Condition.NO_WISHES)
    )
    page = client.get(answer.response.headers["Location"])

    assert "Without a wish" in board.text
    assert "Write to 1 person" in board.text
    assert page.texts("//main//table//th[@scope='row']") == ["Marek"]
    assert page.heading == "Reminder to say whom to meet"
    assert "/e/kittila/people" in page.text


def test_who_heard_lately_is_shown_and_gets_no_button(
    client: PageClient, event: Event, organiser: User
) -> None:
    make_participant(event, "Aino")
    mailing = start_mailing(event, organiser, Occasion.REMIND_WISHES)
    schedule(mailing, organiser)
    db.session.commit()
    work_off(10)

    page = client.sign_in(organiser).get(BOARD)

    wishes = next(text for text in page.texts("//li") if "Without a wish" in text)
    assert "1 of them heard of it lately" in wishes
    assert "Write to" not in wishes


def test_everybody_of_a_line_is_listed(client: PageClient, event: Event, organiser: User) -> None:
    for place in range(60):
        make_participant(event, f"Person {place:02}")
    client.sign_in(organiser)

    page = client.get(f"{BOARD}/no-items?page=2")

    assert page.texts("//main//table//th[@scope='row']") == [
        f"Person {n:02}" for n in range(50, 60)
    ]
    client.get(f"{BOARD}/nonsense", status=404)
