"""Sending a registration, approving, rejecting, withdrawing: once each, and who is told."""

import pytest
from sqlalchemy import select

from matchmaker.audit.models import AuditEntry
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.decisions import (
    approve,
    approve_all,
    reject,
    send_registration,
    withdraw,
)
from matchmaker.registration.models import Status
from matchmaker.registration.services import join
from tests.factories.events import make_event, make_participant, make_user

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]

ORGANISER = "organiser@matchmaker.example"


def mails() -> list[tuple[str, str]]:
    in_order = db.session.scalars(select(Mail).order_by(Mail.id))
    return [(mail.address, mail.subject) for mail in in_order]


def automatic_event() -> Event:
    event = make_event()
    event.approval = "automatic"
    db.session.commit()
    return event


def test_a_registration_waits_for_the_organiser_who_is_told() -> None:
    aino = make_participant(make_event(), status=Status.REGISTERING)

    sent = [send_registration(aino) for _click in range(2)]

    assert sent == [True, False]
    assert (aino.status, aino.decided_at) == (Status.PENDING, None)
    assert mails() == [
        (aino.user.email, "Your registration for A sustainable approach to raw materials"),
        (ORGANISER, "Aino Niskala asks to join A sustainable approach to raw materials"),
    ]


def test_where_approval_is_automatic_one_is_in_at_once() -> None:
    aino = make_participant(automatic_event(), status=Status.REGISTERING)

    send_registration(aino)

    assert aino.is_approved
    assert mails() == [(aino.user.email, "You are in: A sustainable approach to raw materials")]


def test_nothing_is_sent_before_the_first_step_is_done() -> None:
    aino = join(make_event(), make_user(), name="Aino Niskala")

    with pytest.raises(Invalid, match="First say who you are"):
        send_registration(aino)

    assert (aino.status, mails()) == (Status.REGISTERING, [])


def test_approving_twice_mails_and_records_once() -> None:
    event, olli = make_event(), make_user("Olli Organiser")
    aino = make_participant(event, status=Status.PENDING)

    approved = [approve(aino, olli) for _click in range(2)]

    entry = db.session.scalars(select(AuditEntry)).one()
    assert approved == [True, False]
    assert (entry.action, entry.actor_id, entry.subject) == (
        "participant approved",
        olli.id,
        aino.ref,
    )
    assert [address for address, _subject in mails()] == [aino.user.email]


def test_a_mistaken_rejection_can_be_turned_round() -> None:
    olli = make_user("Olli Organiser")
    aino = make_participant(make_event(), status=Status.PENDING)
    reject(aino, olli)

    approve(aino, olli)

    assert aino.is_approved
    assert [subject[:9] for _address, subject in mails()] == ["About you", "You are i"]


@pytest.mark.parametrize("status", [Status.REGISTERING, Status.WITHDRAWN])
def test_who_has_not_sent_or_has_withdrawn_cannot_be_let_in(status: Status) -> None:
    aino = make_participant(make_event(), status=status)

    with pytest.raises(Conflict, match="nothing to decide"):
        approve(aino, make_user())

    assert (aino.status, mails()) == (status, [])


def test_approving_all_lets_in_those_who_wait_at_this_event_alone() -> None:
    event, other = make_event(), make_event("kokkola")
    waiting = [make_participant(event, status=Status.PENDING) for _person in range(3)]
    elsewhere = make_participant(other, status=Status.PENDING)
    declined = make_participant(event, status=Status.REJECTED)

    number = approve_all(event, make_user())

    assert number == 3
    assert {person.status for person in waiting} == {Status.APPROVED}
    assert (elsewhere.status, declined.status) == (Status.PENDING, Status.REJECTED)


def test_withdrawing_keeps_what_was_entered_and_tells_the_organiser_once() -> None:
    aino = make_participant(make_event())

    withdrawn = [withdraw(aino) for _click in range(2)]

    assert withdrawn == [True, False]
    assert (aino.status, aino.is_listed, aino.organisation is None) == ("withdrawn", False, False)
    assert mails() == [
        (ORGANISER, "Aino Niskala withdrew from A sustainable approach to raw materials")
    ]


def test_a_mail_says_where_to_go_and_why_it_came() -> None:
    aino = make_participant(make_event(), status=Status.PENDING)

    approve(aino, make_user())

    text = db.session.scalars(select(Mail.text)).one()
    assert "http://127.0.0.1:8000/e/kittila/registration\n" in text
    assert "27–29 April 2027" in " ".join(text.split())
    assert "Why you get this: you registered with this address." in text
