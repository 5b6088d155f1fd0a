"""Answering a request: with a reason, at another time; and what both sides read of it."""

import pytest

from matchmaker.errors import Conflict, Invalid, NotAllowed
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Absence, Participant
from matchmaker.wishes.models import Request, RequestState
from matchmaker.wishes.queries import (
    count_requests_pending,
    count_requests_waiting,
    find_between,
    find_request,
)
from matchmaker.wishes.services import (
    clear_wish,
    edit_request,
    send_request,
    set_wish,
    withdraw_request,
)
from matchmaker.wishes.services_answers import (
    accept_request,
    choose_time,
    decline_request,
    propose_times,
    refuse_times,
)
from matchmaker.wishes.steps import tell_steps
from tests.factories.events import make_item, make_participant
from tests.wishes.conftest import Trio

pytestmark = pytest.mark.both_databases


@pytest.fixture
def asked(trio: Trio) -> Request:
    """Aino asks Marek."""
    request = send_request(trio.aino, trio.marek, "About tailings")
    db.session.commit()
    return request


def seen(me: Participant, request: Request):
    return find_between(me, request.id)


def slots(trio: Trio, *numbers: int) -> set[int]:
    return {trio.event.slots[number].id for number in numbers}


def subjects() -> list[str]:
    return [mail.subject for mail in db.session.query(Mail).order_by(Mail.id)]


def told(me: Participant, request: Request) -> list[str]:
    other = seen(me, request).other
    return [step.sentence for step in tell_steps(request, request.steps, me, other.name)]


def test_a_reason_goes_with_a_decline(trio: Trio, asked: Request) -> None:
    decline_request(trio.marek, seen(trio.marek, asked), "  My days are full 🪨 ")

    assert (asked.state, asked.reason) == (RequestState.DECLINED, "My days are full 🪨")
    assert subjects()[-1] == "Marek Zieliński cannot meet you this time"
    assert "My days" not in db.session.query(Mail).order_by(Mail.id.desc()).first().text


def test_a_later_decline_changes_no_reason(trio: Trio, asked: Request) -> None:
    decline_request(trio.marek, seen(trio.marek, asked), "Full")
    decline_request(trio.marek, seen(trio.marek, asked), "Something else")

    assert asked.reason == "Full"
    assert len(subjects()) == 2


def test_times_wait_for_the_asker_who_chooses_one(trio: Trio, asked: Request) -> None:
    propose_times(trio.marek, seen(trio.marek, asked), slots(trio, 1, 2))
    waiting = count_requests_waiting(trio.aino), count_requests_waiting(trio.marek)
    choose_time(trio.aino, seen(trio.aino, asked), trio.event.slots[2].id)
    choose_time(trio.aino, seen(trio.aino, asked), trio.event.slots[2].id)

    assert waiting == (1, 0)
    assert (asked.state, asked.slot_id) == (RequestState.ACCEPTED, trio.event.slots[2].id)
    assert (asked.times, asked.proposed_at) == ([], None)
    assert subjects()[1:] == [
        "Marek Zieliński proposes a time to meet",
        "Aino Niskala chose one of your times",
    ]
    assert told(trio.marek, asked) == [
        "Aino Niskala asked.",
        "You proposed times.",
        "Aino Niskala chose one of the times.",
    ]


def test_where_no_time_suits_the_request_waits_again(trio: Trio, asked: Request) -> None:
    propose_times(trio.marek, seen(trio.marek, asked), slots(trio, 0))

    refuse_times(trio.aino, seen(trio.aino, asked))

    assert (asked.state, asked.times) == (RequestState.PENDING, [])
    assert (count_requests_waiting(trio.aino), count_requests_waiting(trio.marek)) == (0, 1)
    assert subjects()[-1] == "None of your times suits Aino Niskala"
    accept_request(trio.marek, seen(trio.marek, asked))
    assert (asked.state, asked.slot_id) == (RequestState.ACCEPTED, None)


def test_only_times_free_for_both_can_be_proposed_or_chosen(trio: Trio, asked: Request) -> None:
    slot = trio.event.slots[1]
    with pytest.raises(Invalid, match="one to 3 times"):
        propose_times(trio.marek, seen(trio.marek, asked), slots(trio, 0, 1, 2, 3))
    propose_times(trio.marek, seen(trio.marek, asked), slots(trio, 1))
    with pytest.raises(Conflict, match="no longer proposes this time"):
        choose_time(trio.aino, seen(trio.aino, asked), trio.event.slots[3].id)
    trio.aino.absences.append(Absence(starts_at=slot.starts_at, ends_at=slot.ends_at))
    db.session.commit()

    with pytest.raises(Conflict, match="is taken meanwhile"):
        choose_time(trio.aino, seen(trio.aino, asked), slot.id)
    with pytest.raises(Conflict, match="is taken meanwhile"):
        propose_times(trio.marek, seen(trio.marek, asked), slots(trio, 1, 2))
    assert asked.state == RequestState.PENDING


@pytest.mark.parametrize("last_word", ["no", ""])
def test_a_no_takes_proposed_times_back_as_clearing_does(
    trio: Trio, asked: Request, last_word: str
) -> None:
    propose_times(trio.marek, seen(trio.marek, asked), slots(trio, 1))

    if last_word:
        set_wish(trio.marek, trio.aino, last_word)
    else:
        clear_wish(trio.marek, trio.aino)

    assert (asked.state, asked.times, asked.proposed_at) == (RequestState.PENDING, [], None)
    assert told(trio.aino, asked)[-1] == "Marek Zieliński took the times back."
    with pytest.raises(Conflict, match="no longer proposes"):
        choose_time(trio.aino, seen(trio.aino, asked), trio.event.slots[1].id)


def test_a_pending_request_can_be_changed_and_no_other(trio: Trio, asked: Request) -> None:
    offer = make_item(trio.marek, "offer", "Dry tailings treatment")

    edit_request(trio.aino, seen(trio.aino, asked), "About dry tailings", offer.id)
    edit_request(trio.aino, seen(trio.aino, asked), "About dry tailings", offer.id)

    assert (asked.note, asked.about) == ("About dry tailings", offer)
    assert told(trio.aino, asked) == ["You asked.", "You changed the request."]
    accept_request(trio.marek, seen(trio.marek, asked))
    with pytest.raises(Conflict, match="is accepted already"):
        edit_request(trio.aino, seen(trio.aino, asked), "Something else", None)
    assert len(subjects()) == 2


def test_a_request_is_about_something_of_one_of_the_two(trio: Trio) -> None:
    own = make_item(trio.aino, "need", "Dry tailings treatment")
    strange = make_item(trio.claire, "offer", "Funding")

    request = send_request(trio.aino, trio.marek, about=own.id)
    other = send_request(trio.marek, trio.claire, about=own.id)

    assert (request.about, other.about) == (own, None)
    edit_request(trio.aino, seen(trio.aino, request), "", strange.id)
    assert request.about is None


def test_what_others_keep_from_participants_is_nothing_to_ask_about(trio: Trio) -> None:
    hidden = make_item(trio.marek, "offer", "A secret process")
    trio.marek.audiences = {"items": "organisers"}
    db.session.commit()

    assert send_request(trio.aino, trio.marek, about=hidden.id).about is None


def test_the_limit_is_the_events(trio: Trio) -> None:
    trio.event.most_pending = 1
    request = send_request(trio.aino, trio.marek)

    with pytest.raises(NotAllowed, match="1 of your requests waits for an answer"):
        send_request(trio.aino, make_participant(trio.event, "Dora"))
    propose_times(trio.marek, seen(trio.marek, request), slots(trio, 1))
    assert count_requests_pending(trio.aino) == 1
    withdraw_request(trio.aino, seen(trio.aino, request))

    assert send_request(trio.aino, trio.claire).state == RequestState.PENDING


def test_asking_anew_keeps_the_history(trio: Trio, asked: Request) -> None:
    withdraw_request(trio.aino, seen(trio.aino, asked))
    send_request(trio.aino, trio.marek, "Again")

    again = find_request(trio.aino, trio.marek)
    assert again.id == asked.id
    assert told(trio.marek, again) == [
        "Aino Niskala asked.",
        "Aino Niskala took the request back.",
        "Aino Niskala asked.",
    ]
