"""When the organiser opens the wishes, everybody who is in hears of it, once."""

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.events.phases import Phase
from matchmaker.events.services import move_phase
from matchmaker.extensions import db
from matchmaker.messages.models import Kind, Mail
from matchmaker.registration.models import Status
from tests.factories.events import make_event, make_participant, make_user

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def test_opening_the_wishes_mails_each_account_that_is_in_once(app: Flask) -> None:
    organiser, event = make_user("Olli"), make_event(phase=Phase.REGISTRATION)
    aino = make_participant(event, "Aino", user=make_user(email="aino@niskala.example"))
    make_participant(event, "Aino", user=aino.user, number=2)
    make_participant(event, "Waiting", status=Status.PENDING)
    make_participant(make_event("kokkola"), "Elsewhere")

    for phase in (Phase.WISHES, Phase.SCHEDULING, Phase.WISHES):
        move_phase(event, phase, organiser)
    late = make_participant(event, "Late", user=make_user(email="late@niskala.example"))
    for phase in (Phase.REGISTRATION, Phase.WISHES):
        move_phase(event, phase, organiser)

    mails = db.session.scalars(select(Mail).order_by(Mail.id)).all()
    assert [mail.address for mail in mails] == [aino.user.email, late.user.email]
    assert {mail.kind for mail in mails} == {Kind.REMINDERS}
    assert "Find people: http://127.0.0.1:8000/e/kittila/people\n" in mails[0].text
