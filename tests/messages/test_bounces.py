"""Mails that come back later: each server's report is understood, and nothing else is."""

import mailbox
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from matchmaker.cli import main
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.insights.conditions import Condition, people_with
from matchmaker.messages.bounces import take_in
from matchmaker.messages.models import Mail
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Participant
from tests.factories.events import make_event, make_participant
from tests.pages.client import reload

REPORTS = Path(__file__).parent / "reports"
pytestmark = pytest.mark.usefixtures("context")
both_databases = pytest.mark.both_databases


@pytest.fixture
def aino(context: object) -> Participant:
    return make_participant(make_event(), "Aino")


def sent(person: Participant) -> Mail:
    event: Event = person.event
    mail = queue_mail(
        user=person.user, address=person.user.email, subject="S", text="T", event_id=event.id
    )
    mail.sent_at, mail.attempts = now(), 1
    db.session.commit()
    return mail


def report(server: str, mail_id: str) -> str:
    return (REPORTS / f"{server}.eml").read_text().replace("{message_id}", mail_id)


def parsed(server: str, mail_id: str) -> EmailMessage:
    return message_from_string(report(server, mail_id), policy=default)


@both_databases
@pytest.mark.parametrize(
    ("server", "reason"),
    [
        ("postfix", "aino@niskala.example: 550 5.1.1 no such mailbox"),
        (
            "exchange",
            "aino@niskala.onexchange.example: 554 5.2.2 mailbox full; STOREDRV.Deliver.Exception",
        ),
        (
            "gmail",
            "aino@niskala.example: 550-5.1.1 The email account that you tried to reach does not"
            " exist.",
        ),
    ],
)
def test_a_mail_that_came_back_is_marked_with_the_reason_and_on_the_health_board(
    aino: Participant, server: str, reason: str
) -> None:
    mail, other = sent(aino), sent(make_participant(aino.event, "Marek"))
    tally = take_in([parsed(server, mail.message_id)] * 2)
    db.session.commit()

    assert (tally.read, tally.marked) == (2, 1)
    assert (reload(mail).state, reload(mail).error) == ("bounced", reason)
    assert reload(other).state == "sent"
    assert people_with(aino.event, Condition.NO_MAIL) == {aino.id}
    sent(aino)
    assert people_with(aino.event, Condition.NO_MAIL) == set()


@pytest.mark.parametrize("server", ["waits", "holiday"])
def test_a_delay_or_an_answer_marks_nothing(aino: Participant, server: str) -> None:
    mail = sent(aino)

    assert take_in([parsed(server, mail.message_id)]).marked == 0
    assert reload(mail).state == "sent"


def test_a_report_of_a_mail_that_is_not_ours_or_not_sent_yet_marks_nothing(
    aino: Participant,
) -> None:
    waiting = sent(aino)
    waiting.sent_at = None
    db.session.commit()
    strangers = [parsed("postfix", "<guessed@lapland.example>"), EmailMessage()]

    assert take_in([*strangers, parsed("gmail", waiting.message_id)]).marked == 0


def test_the_command_reads_a_pipe_a_maildir_and_an_mbox(
    app: Flask, aino: Participant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [sent(aino).message_id for _ in range(3)]
    maildir = mailbox.Maildir(tmp_path / "new", create=True)
    maildir.add(report("exchange", ids[0]).encode())
    mbox = mailbox.mbox(tmp_path / "mbox", create=True)
    mbox.add(report("gmail", ids[1]).encode())
    mbox.close()
    db.session.rollback()  # the command writes, and SQLite has one writer
    monkeypatch.setenv("DATABASE_URL", app.config["SQLALCHEMY_DATABASE_URI"])
    monkeypatch.setenv("MATCHMAKER_DATA", str(tmp_path))

    boxes = CliRunner().invoke(main, ["bounces", str(tmp_path / "new"), str(tmp_path / "mbox")])
    piped = CliRunner().invoke(main, ["bounces"], input=report("postfix", ids[2]))

    assert boxes.output == "2 read, 2 marked as bounced.\n"
    assert piped.output == "1 read, 1 marked as bounced.\n"
