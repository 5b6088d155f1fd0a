"""Wishing and asking in several windows at once, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask_babel import force_locale

from matchmaker.errors import Refusal
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import Request, RequestState, Wish
from matchmaker.wishes.queries import (
    count_requests_pending,
)
from matchmaker.wishes.services import send_request, set_wish
from tests.factories.events import make_participant
from tests.wishes.conftest import Trio

pytestmark = pytest.mark.both_databases


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
