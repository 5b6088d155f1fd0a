"""A mail is part of the change it tells of, and cannot carry headers of its own."""

import pytest
from flask import Flask

from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.messages.services import queue_mail
from tests.factories.events import make_user

both_databases = pytest.mark.both_databases
pytestmark = pytest.mark.usefixtures("context")


@both_databases
def test_a_change_taken_back_takes_its_mail_with_it(app: Flask) -> None:
    queue_mail(user=make_user(), address="aino@niskala.example", subject="Approved", text="Hei")

    db.session.rollback()

    assert db.session.scalars(db.select(Mail)).all() == []


@both_databases
def test_a_subject_is_one_line_and_fits_its_column(app: Flask) -> None:
    subject = "Approved:\r\nBcc: everybody@niskala.example " + "ä" * 300

    mail = queue_mail(user=None, address="aino@niskala.example", subject=subject, text="Hei")

    assert mail.subject.startswith("Approved: Bcc: everybody@niskala.example ä")
    assert len(mail.subject) == 200


def test_every_mail_has_an_id_of_its_own() -> None:
    ids = {
        queue_mail(user=None, address="a@niskala.example", subject="Hei", text="Hei").message_id
        for _ in range(20)
    }

    assert len(ids) == 20
