"""Wishing, on both databases: the last word counts, and the rules of the event hold."""

import pytest

from matchmaker.errors import Invalid, NotAllowed
from matchmaker.events.models import TypePermission
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.registration.models import Status
from matchmaker.wishes.models import RequestState
from matchmaker.wishes.queries import (
    count_wishes,
    find_request,
    levels_of,
)
from matchmaker.wishes.services import clear_wish, send_request, set_wish
from tests.factories.events import make_event, make_organisation, make_participant
from tests.wishes.conftest import Trio

pytestmark = pytest.mark.both_databases


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


def test_who_only_sees_may_refuse_but_neither_wish_nor_ask(trio: Trio) -> None:
    aino, marek = trio.aino.type_id, trio.marek.type_id
    db.session.query(TypePermission).delete()
    db.session.add(TypePermission(type_id=aino, other_id=marek, asks=False))

    with pytest.raises(NotAllowed, match="do not meet at this event"):
        set_wish(trio.aino, trio.marek, "want")
    set_wish(trio.aino, trio.marek, "no")
    assert levels_of(trio.aino) == {trio.marek.id: "no"}
    with pytest.raises(NotAllowed, match="not among the people you may meet"):
        set_wish(trio.marek, trio.aino, "want")


def test_one_asks_only_in_the_direction_that_is_open(trio: Trio) -> None:
    aino, marek = trio.aino.type_id, trio.marek.type_id
    db.session.query(TypePermission).delete()
    db.session.add(TypePermission(type_id=marek, other_id=aino))

    set_wish(trio.aino, trio.marek, "want")
    with pytest.raises(NotAllowed, match="do not ask those of Marek"):
        send_request(trio.aino, trio.marek)
    assert send_request(trio.marek, trio.aino).state == RequestState.PENDING


def test_only_the_approved_and_listed_can_be_wished_for(trio: Trio) -> None:
    trio.marek.listed_at = None
    trio.claire.status = Status.WITHDRAWN
    stranger = make_participant(make_event("kokkola"), "Jón Þór")

    for other in (trio.marek, trio.claire, stranger, trio.aino):
        with pytest.raises(NotAllowed, match="not among the people you may meet"):
            set_wish(trio.aino, other, "want")


@pytest.mark.parametrize("take_back", [clear_wish, lambda *two: set_wish(*two, "no")])
def test_taking_back_a_wish_takes_back_the_request(trio: Trio, take_back) -> None:
    send_request(trio.aino, trio.marek)

    take_back(trio.aino, trio.marek)

    assert find_request(trio.aino, trio.marek).state == RequestState.WITHDRAWN
