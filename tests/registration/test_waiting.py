"""Places and the waiting list: first come first served, by type, told by mail, never too many."""

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.decisions import approve, reject, send_registration, withdraw
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.waiting import set_places
from tests.factories.events import make_event, make_participant, make_user

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def applicants(event: Event, *types: str) -> list[Participant]:
    return [
        make_participant(event, f"P{n}", type_name=name, status=Status.PENDING)
        for n, name in enumerate(types)
    ]


def states(people: list[Participant]) -> list[str]:
    return [str(one.status) for one in people]


def test_without_a_place_one_waits_and_comes_in_when_somebody_leaves(app: Flask) -> None:
    event, olli = make_event(), make_user("Olli")
    set_places(event, olli, 1, {})
    people = applicants(event, "SME", "SME", "SME")
    for one in people:
        approve(one, olli)
    full = states(people)
    withdraw(people[0])
    after = states(people)
    reject(people[1], olli)

    assert full == ["approved", "waiting", "waiting"]
    assert after == ["withdrawn", "approved", "waiting"]
    assert states(people) == ["withdrawn", "rejected", "approved"]
    to_last = db.session.scalars(
        select(Mail.subject).where(Mail.user_id == people[2].user_id).order_by(Mail.id)
    ).all()
    assert [subject.partition(":")[0] for subject in to_last] == [
        *("You are on the waiting list", "You are in"),
    ]


def test_a_place_of_a_type_goes_to_the_first_of_that_type(app: Flask) -> None:
    event, olli = make_event(), make_user("Olli")
    sme = next(kind for kind in event.types if kind.name == "SME")
    set_places(event, olli, None, {sme.id: 1})
    people = applicants(event, "SME", "SME", "cluster")
    for one in people:
        approve(one, olli)
    before = states(people)

    assert set_places(event, olli, None, {}) == 1
    assert before == ["approved", "waiting", "approved"]
    assert states(people) == ["approved"] * 3


def test_who_registers_where_all_come_in_waits_when_it_is_full(app: Flask) -> None:
    event = make_event()
    event.approval, event.places = "automatic", 0
    one = make_participant(event, status=Status.REGISTERING)

    send_registration(one)

    assert states([one]) == ["waiting"]
