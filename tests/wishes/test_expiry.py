"""A request without an answer ends by the event's rule, never without a reminder."""

from datetime import timedelta

import pytest

from matchmaker import clock
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.wishes import services_expiry
from matchmaker.wishes.expiry import expires_at
from matchmaker.wishes.models import Request, RequestState
from matchmaker.wishes.queries import find_between
from matchmaker.wishes.services import send_request
from matchmaker.wishes.services_answers import propose_times
from matchmaker.wishes.services_expiry import remind_and_expire
from tests.factories.events import FIRST_SLOT, make_wish
from tests.pages.client import reload
from tests.wishes.conftest import Trio

pytestmark = pytest.mark.both_databases

BEGIN = FIRST_SLOT - timedelta(days=30)


@pytest.fixture
def asked(trio: Trio) -> Request:
    """Aino asks Marek; requests end after three days."""
    with clock.stopped_at(BEGIN):
        trio.event.request_days = 3
        request = send_request(trio.aino, trio.marek)
        db.session.commit()
    return request


def after(**time: float) -> list[tuple[str, str]]:
    """The mails of a round of the worker that much later, and once more at once."""
    db.session.query(Mail).delete()
    db.session.commit()
    with clock.stopped_at(BEGIN + timedelta(**time)):
        remind_and_expire()
        remind_and_expire()
    db.session.expire_all()
    return [(mail.address, mail.subject) for mail in db.session.query(Mail).order_by(Mail.id)]


def test_a_reminder_comes_a_day_before_the_end(trio: Trio, asked: Request) -> None:
    marek, aino = trio.marek.user.email, trio.aino.user.email

    assert after(days=1.9) == []
    assert after(days=2) == [(marek, "Aino Niskala still waits for your answer")]
    assert after(days=2.9) == []
    assert reload(asked).state == RequestState.PENDING
    assert after(days=3) == [(aino, "No answer from Marek Zieliński yet")]
    assert reload(asked).state == RequestState.EXPIRED
    assert after(days=9) == []
    assert [step.deed for step in asked.steps] == ["asked", "expired"]


def test_a_worker_that_slept_reminds_first(trio: Trio, asked: Request) -> None:
    assert len(after(days=9)) == 1
    assert reload(asked).state == RequestState.PENDING
    with clock.stopped_at(BEGIN + timedelta(days=9.5)):
        assert expires_at(asked, trio.event) == BEGIN + timedelta(days=10)
    assert len(after(days=10)) == 1
    assert reload(asked).state == RequestState.EXPIRED


def test_while_wishes_are_closed_time_stands_still(trio: Trio, asked: Request) -> None:
    after(days=2)
    trio.event.phase = Phase.SCHEDULING
    db.session.commit()

    assert after(days=9) == []
    assert reload(asked).state == RequestState.PENDING


def test_without_a_rule_a_request_waits_for_ever(trio: Trio, asked: Request) -> None:
    trio.event.request_days = 0
    db.session.commit()

    assert after(days=200) == []
    assert expires_at(asked, trio.event) is None


def test_proposed_times_begin_the_days_anew_and_wait_for_the_asker(
    trio: Trio, asked: Request
) -> None:
    with clock.stopped_at(BEGIN + timedelta(days=2)):
        propose_times(trio.marek, find_between(trio.marek, asked.id), {trio.event.slots[0].id})
        db.session.commit()

    assert after(days=4) == [(trio.aino.user.email, "Marek Zieliński still waits for your answer")]
    assert after(days=5) == [(trio.marek.user.email, "No answer from Aino Niskala yet")]
    assert (reload(asked).state, asked.times) == (RequestState.EXPIRED, [])


def test_whoever_said_no_is_not_reminded_and_the_asker_cannot_tell(
    trio: Trio, asked: Request
) -> None:
    make_wish(trio.marek, trio.aino, "no")

    assert after(days=2) == []
    assert reload(asked).reminded_at == BEGIN + timedelta(days=2)
    assert after(days=3) == [(trio.aino.user.email, "No answer from Marek Zieliński yet")]


def test_an_expired_request_can_be_made_anew(trio: Trio, asked: Request) -> None:
    after(days=2)
    after(days=3)
    with clock.stopped_at(BEGIN + timedelta(days=4)):
        again = send_request(trio.aino, trio.marek)
        db.session.commit()

    assert (again.state, again.reminded_at) == (RequestState.PENDING, None)
    assert after(days=5.9) == []
    assert len(after(days=6)) == 1


def test_a_worker_that_dies_in_the_middle_has_done_nothing(
    trio: Trio, asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(services_expiry, "mail_reminder", die)
        with pytest.raises(SystemExit), clock.stopped_at(BEGIN + timedelta(days=2)):
            remind_and_expire()
    db.session.rollback()

    assert reload(asked).reminded_at is None
    assert len(after(days=2)) == 1
