"""Wishing, asking and answering, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask_babel import force_locale

from matchmaker.errors import Conflict, Invalid, NotAllowed, Refusal
from matchmaker.events.models import TypePermission
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant, Status
from matchmaker.wishes.models import Request, RequestState, Wish
from matchmaker.wishes.queries import (
    Correspondence,
    count_requests_pending,
    count_requests_waiting,
    count_wishes,
    find_received,
    find_request,
    find_sent,
    find_wish,
    levels_of,
)
from matchmaker.wishes.services import clear_wish, send_request, set_wish, withdraw_request
from matchmaker.wishes.services_answers import accept_request, decline_request
from tests.factories.events import make_event, make_organisation, make_participant, make_wish
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


@pytest.mark.parametrize("said", [["must"], ["want", "want"], ["must", "no", "want"]])
def test_the_last_word_counts(trio: Trio, said: list[str]) -> None:
    for word in said:
        set_wish(trio.aino, trio.marek, word)

    assert levels_of(trio.aino) == {trio.marek.id: said[-1]}
    assert levels_of(trio.marek) == {}


def test_a_wish_can_be_taken_back_twice(trio: Trio) -> None:
    set_wish(trio.aino, trio.marek, "must")

    clear_wish(trio.aino, trio.marek)
    clear_wish(trio.aino, trio.marek)

    assert levels_of(trio.aino) == {}


def test_a_no_is_not_counted_as_a_wish(trio: Trio) -> None:
    set_wish(trio.aino, trio.marek, "no")
    set_wish(trio.aino, trio.claire, "want")

    assert count_wishes(trio.aino) == 1


def test_an_unknown_level_is_refused(trio: Trio) -> None:
    with pytest.raises(Invalid, match="must, want or no"):
        set_wish(trio.aino, trio.marek, "perhaps")


@pytest.mark.parametrize(
    ("phase", "sentence"),
    [
        (Phase.REGISTRATION, "not open yet"),
        (Phase.SCHEDULING, "until it is published"),
        (Phase.CLOSED, "is over"),
    ],
)
def test_wishes_wait_for_their_phase(trio: Trio, phase: Phase, sentence: str) -> None:
    trio.event.phase = phase

    for act in (lambda *two: set_wish(*two, "must"), clear_wish, send_request):
        with pytest.raises(NotAllowed, match=sentence):
            act(trio.aino, trio.marek)


def test_nobody_wishes_within_their_organisation(trio: Trio) -> None:
    trio.aino.organisation = make_organisation("Pohjolan Kierto Oy", country="FI")
    trio.marek.organisation = make_organisation("POHJOLAN KIERTO OY", country="PL")

    with pytest.raises(NotAllowed, match="same organisation: no meeting is planned"):
        set_wish(trio.aino, trio.marek, "must")


def test_one_direction_of_the_matrix_is_enough(trio: Trio) -> None:
    db.session.query(TypePermission).delete()
    db.session.add(TypePermission(type_id=trio.marek.type_id, other_id=trio.aino.type_id))

    set_wish(trio.aino, trio.marek, "want")
    set_wish(trio.marek, trio.aino, "want")
    with pytest.raises(NotAllowed, match="Claire Vidal is not among the people you may meet"):
        set_wish(trio.aino, trio.claire, "want")

    assert levels_of(trio.aino) == {trio.marek.id: "want"}


def test_only_the_approved_and_listed_can_be_wished_for(trio: Trio) -> None:
    trio.marek.listed_at = None
    trio.claire.status = Status.WITHDRAWN
    stranger = make_participant(make_event("kokkola"), "Jón Þór")

    for other in (trio.marek, trio.claire, stranger, trio.aino):
        with pytest.raises(NotAllowed, match="not among the people you may meet"):
            set_wish(trio.aino, other, "want")


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


@pytest.mark.parametrize("take_back", [clear_wish, lambda *two: set_wish(*two, "no")])
def test_taking_back_a_wish_takes_back_the_request(trio: Trio, take_back) -> None:
    send_request(trio.aino, trio.marek)

    take_back(trio.aino, trio.marek)

    assert find_request(trio.aino, trio.marek).state == RequestState.WITHDRAWN


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


def test_ten_at_once_leave_one_wish(app: Flask, trio: Trio) -> None:
    outcomes = at_once(app, [(wish_again, trio.aino.id, trio.marek.id)] * 10)

    assert outcomes == [None] * 10
    assert db.session.query(Wish).count() == 1


def test_the_limit_holds_for_two_tabs_at_once(app: Flask, trio: Trio) -> None:
    for n in range(trio.event.most_pending - 1):
        send_request(trio.aino, make_participant(trio.event, f"Person {n}"))
    db.session.commit()

    calls = [(ask, trio.aino.id, other.id) for other in (trio.marek, trio.claire)]
    outcomes = at_once(app, calls)

    assert sorted(outcome is None for outcome in outcomes) == [False, True]
    assert count_requests_pending(trio.aino) == trio.event.most_pending


def test_two_who_ask_each_other_at_once_agree(app: Flask, trio: Trio) -> None:
    aino, marek = trio.aino.id, trio.marek.id
    db.session.commit()

    outcomes = at_once(app, [(ask, aino, marek), (ask, marek, aino)])

    assert outcomes == [None, None]
    assert [row.state for row in db.session.query(Request)] == [RequestState.ACCEPTED]


def at_once(app: Flask, calls) -> list[str | None]:
    """What each call, in a transaction of its own, was refused for; all begin together."""
    db.session.commit()

    def run(call) -> str | None:
        act, me, other = call
        with app.app_context(), force_locale("en"):
            try:
                act(db.session.get(Participant, me), db.session.get(Participant, other))
                db.session.commit()
            except Refusal as refusal:
                db.session.rollback()
                return refusal.sentence
            finally:
                db.session.remove()
        return None

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def wish_again(me: Participant, other: Participant) -> None:
    set_wish(me, other, "must")


def ask(me: Participant, other: Participant) -> None:
    send_request(me, other)


def test_a_correspondence_names_the_other_side(trio: Trio) -> None:
    request = send_request(trio.aino, trio.marek)

    assert find_received(trio.marek, request.id) == Correspondence(request, trio.aino)
    assert find_sent(trio.aino, request.id) == Correspondence(request, trio.marek)
