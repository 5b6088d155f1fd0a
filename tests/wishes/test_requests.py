"""Asking and answering, on both databases."""

import pytest

from matchmaker.errors import Conflict, Invalid, NotAllowed
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import Request, RequestState
from matchmaker.wishes.queries import (
    Correspondence,
    count_requests_pending,
    count_requests_waiting,
    find_received,
    find_request,
    find_sent,
    find_wish,
)
from matchmaker.wishes.services import clear_wish, send_request, set_wish, withdraw_request
from matchmaker.wishes.services_answers import accept_request, decline_request
from tests.factories.events import make_participant, make_wish
from tests.wishes.conftest import Trio

pytestmark = pytest.mark.both_databases


def answer(verb, me: Participant, asker: Participant) -> Request:
    return verb(me, find_received(me, find_request(asker, me).id))


def withdraw(me: Participant, other: Participant) -> Request:
    return withdraw_request(me, find_sent(me, find_request(me, other).id))


def level(me: Participant, other: Participant) -> str | None:
    wish = find_wish(me, other)
    return wish and wish.level


def mails() -> list[tuple[str, str]]:
    return [(mail.address, mail.subject) for mail in db.session.query(Mail).order_by(Mail.id)]


def test_asking_implies_a_wish(trio: Trio) -> None:
    request = send_request(trio.aino, trio.marek, " About ö-sorting 🪨 ")

    assert (request.state, request.note) == (RequestState.PENDING, "About ö-sorting 🪨")
    assert level(trio.aino, trio.marek) == "want"
    assert level(trio.marek, trio.aino) is None
    assert mails() == [(trio.marek.user.email, "Aino Niskala asks to meet you")]


def test_asking_leaves_a_must_a_must(trio: Trio) -> None:
    set_wish(trio.aino, trio.marek, "must")

    send_request(trio.aino, trio.marek)

    assert level(trio.aino, trio.marek) == "must"


def test_asking_twice_is_asking_once(trio: Trio) -> None:
    first = send_request(trio.aino, trio.marek, "First")
    second = send_request(trio.aino, trio.marek, "Second")

    assert second is first
    assert first.note == "First"
    assert len(mails()) == 1


def test_a_mail_shows_neither_the_note_nor_an_address(trio: Trio) -> None:
    send_request(trio.aino, trio.marek, "Our mine is for sale")

    text = db.session.query(Mail).one().text

    assert "Aino Niskala" in text
    assert "/r/" in text
    assert "Our mine" not in text
    assert trio.aino.user.email not in text


def test_somebody_unlisted_cannot_ask(trio: Trio) -> None:
    trio.aino.listed_at = None

    with pytest.raises(NotAllowed, match="Agree to it in your registration"):
        send_request(trio.aino, trio.marek)


def test_a_note_has_an_end(trio: Trio) -> None:
    with pytest.raises(Invalid, match="at most 500"):
        send_request(trio.aino, trio.marek, "x" * 501)


def test_accepting_makes_it_mutual(trio: Trio) -> None:
    send_request(trio.aino, trio.marek)

    request = answer(accept_request, trio.marek, trio.aino)
    answer(accept_request, trio.marek, trio.aino)

    assert request.state == RequestState.ACCEPTED
    assert level(trio.marek, trio.aino) == "want"
    assert mails()[1:] == [(trio.aino.user.email, "Marek Zieliński accepted your request")]


def test_asking_back_is_accepting(trio: Trio) -> None:
    send_request(trio.aino, trio.marek)

    request = send_request(trio.marek, trio.aino)

    assert (request.asker_id, request.state) == (trio.aino.id, RequestState.ACCEPTED)
    assert find_request(trio.marek, trio.aino) is None


def test_declining_is_final_for_the_asker(trio: Trio) -> None:
    send_request(trio.aino, trio.marek)
    answer(decline_request, trio.marek, trio.aino)
    answer(decline_request, trio.marek, trio.aino)

    with pytest.raises(NotAllowed, match="declined your request"):
        send_request(trio.aino, trio.marek)

    assert find_request(trio.aino, trio.marek).state == RequestState.DECLINED
    assert level(trio.marek, trio.aino) is None
    subjects = [subject for _, subject in mails()]
    assert subjects[1:] == ["Marek Zieliński cannot meet you this time"]


def test_who_declined_can_ask_in_turn(trio: Trio) -> None:
    send_request(trio.aino, trio.marek)
    answer(decline_request, trio.marek, trio.aino)

    request = send_request(trio.marek, trio.aino)

    assert (request.asker_id, request.state) == (trio.marek.id, RequestState.PENDING)


def test_a_withdrawn_request_can_be_sent_again(trio: Trio) -> None:
    first = send_request(trio.aino, trio.marek, "First")
    withdraw(trio.aino, trio.marek)
    withdraw(trio.aino, trio.marek)
    assert count_requests_waiting(trio.marek) == 0

    again = send_request(trio.aino, trio.marek, "Second")

    assert (again.id, again.state, again.note) == (first.id, RequestState.PENDING, "Second")
    assert count_requests_waiting(trio.marek) == 1


@pytest.mark.parametrize(
    ("first", "then", "sentence"),
    [
        (accept_request, decline_request, "accepted already"),
        (decline_request, accept_request, "declined already"),
    ],
)
def test_an_answer_stands(trio: Trio, first, then, sentence: str) -> None:
    send_request(trio.aino, trio.marek)
    answer(first, trio.marek, trio.aino)

    with pytest.raises(Conflict, match=sentence):
        answer(then, trio.marek, trio.aino)
    with pytest.raises(Conflict, match=sentence):
        withdraw(trio.aino, trio.marek)


def test_what_was_withdrawn_cannot_be_accepted(trio: Trio) -> None:
    send_request(trio.aino, trio.marek)
    withdraw(trio.aino, trio.marek)

    with pytest.raises(Conflict, match="is withdrawn"):
        answer(accept_request, trio.marek, trio.aino)


def test_the_limit_counts_what_waits(trio: Trio) -> None:
    others = [make_participant(trio.event, f"Person {n}") for n in range(trio.event.most_pending)]
    for other in others:
        send_request(trio.aino, other)
    assert count_requests_pending(trio.aino) == trio.event.most_pending

    with pytest.raises(NotAllowed, match="10 of your requests wait"):
        send_request(trio.aino, trio.marek)
    answer(decline_request, others[0], trio.aino)

    assert send_request(trio.aino, trio.marek).state == RequestState.PENDING


def test_after_a_no_of_ones_own_nothing_is_asked_or_accepted(trio: Trio) -> None:
    send_request(trio.marek, trio.aino)
    set_wish(trio.aino, trio.marek, "no")

    with pytest.raises(NotAllowed, match="Take that back on their page"):
        send_request(trio.aino, trio.marek)
    with pytest.raises(NotAllowed, match="Take that back on their page"):
        answer(accept_request, trio.aino, trio.marek)


def test_requests_of_others_are_not_found(trio: Trio) -> None:
    request = send_request(trio.aino, trio.marek)

    assert find_received(trio.claire, request.id) is None
    assert find_sent(trio.claire, request.id) is None
    assert find_received(trio.aino, request.id) is None
    assert find_sent(trio.marek, request.id) is None


def test_who_asks_in_vain_is_neither_mailed_for_nor_counted(trio: Trio) -> None:
    make_wish(trio.marek, trio.aino, "no")

    request = send_request(trio.aino, trio.marek)

    assert request.state == RequestState.PENDING
    assert mails() == []
    assert count_requests_waiting(trio.marek) == 0
    assert count_requests_pending(trio.aino) == 1


def test_a_no_taken_back_shows_the_request_again(trio: Trio) -> None:
    make_wish(trio.marek, trio.aino, "no")
    send_request(trio.aino, trio.marek)

    clear_wish(trio.marek, trio.aino)

    assert count_requests_waiting(trio.marek) == 1


def test_a_correspondence_names_the_other_side(trio: Trio) -> None:
    request = send_request(trio.aino, trio.marek)

    assert find_received(trio.marek, request.id) == Correspondence(request, trio.aino)
    assert find_sent(trio.aino, request.id) == Correspondence(request, trio.marek)
