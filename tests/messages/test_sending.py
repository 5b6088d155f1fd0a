"""Mails leave once each, are tried again for a while, and keep no secret behind."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask

from config import Config
from matchmaker.clock import stopped_at
from matchmaker.configuration import MailServer
from matchmaker.extensions import db
from matchmaker.messages.models import MOST_ATTEMPTS, Mail
from matchmaker.messages.sending import send_waiting
from matchmaker.messages.services import queue_mail
from tests.factories.events import make_event
from tests.messages.smtp_server import PASSWORD, USER, Inbox, running

NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)

both_databases = pytest.mark.both_databases
pytestmark = pytest.mark.usefixtures("context")


def queue(name: str = "aino", *, event_id: int | None = None) -> Mail:
    mail = queue_mail(
        user=None,
        address=f"{name}@niskala.example",
        subject=f"Hyvää päivää, {name} 🦌",
        text="Meetings at Kittilä\n\nhttps://events.example.org/" + "x" * 90 + "\n",
        event_id=event_id,
    )
    db.session.commit()
    return mail


def plain(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def addressees(inbox: Inbox) -> list[str]:
    return [message["To"].split("@")[0] for message in inbox.arrived]


@both_databases
def test_a_mail_arrives_as_it_was_written(app: Flask, config: Config, inbox: Inbox) -> None:
    mail = queue(event_id=make_event().id)
    text = mail.text

    sent = send_waiting(config)

    message = inbox.arrived[0]
    assert sent == 1
    assert message["Subject"] == "Hyvää päivää, aino 🦌"
    assert plain(message) == text
    assert (message["From"], message["To"]) == ("event@niskala.example", "aino@niskala.example")
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert (mail.state, mail.text) == ("sent", text)


def test_each_mail_has_one_recipient_and_the_oldest_goes_first(
    config: Config, inbox: Inbox
) -> None:
    for name in ("aino", "oiva", "tuuli"):
        queue(name)

    send_waiting(config)

    assert inbox.recipients == [[f"{name}@niskala.example"] for name in ("aino", "oiva", "tuuli")]


@both_databases
def test_a_sent_mail_is_not_sent_again(app: Flask, config: Config, inbox: Inbox) -> None:
    queue()

    counts = [send_waiting(config) for _ in range(3)]

    assert counts == [1, 0, 0]
    assert len(inbox.arrived) == 1


def test_a_secret_mail_keeps_no_text_once_it_is_sent(config: Config) -> None:
    mail = queue(event_id=None)

    send_waiting(config)

    assert (mail.state, mail.text) == ("sent", "")


@both_databases
def test_two_workers_send_each_mail_once(app: Flask, config: Config, inbox: Inbox) -> None:
    names = [f"person{number:02}" for number in range(30)]
    for name in names:
        queue(name)
    sent: list[int] = []

    def work() -> None:
        with app.app_context():
            sent.append(send_waiting(config))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(sent) == 30
    assert sorted(addressees(inbox)) == names


@both_databases
def test_a_server_that_dies_halfway_gets_the_rest_later(
    app: Flask, config: Config, inbox: Inbox
) -> None:
    inbox.dies_after = 2
    with stopped_at(NOON):
        mails = [queue(name) for name in ("aino", "oiva", "tuuli", "ukko")]
        first = send_waiting(config)
        states = [mail.state for mail in mails]
        inbox.dies_after = None
        second = send_waiting(config)
    with stopped_at(NOON + timedelta(minutes=1)):
        third = send_waiting(config)

    assert (first, second, third) == (2, 1, 1)
    assert states == ["sent", "sent", "waiting", "waiting"]
    assert addressees(inbox) == ["aino", "oiva", "ukko", "tuuli"]
    assert inbox.arrived[3]["Message-ID"] == mails[2].message_id


def test_an_unreachable_server_is_tried_less_and_less_often_and_then_no_more(
    config: Config,
) -> None:
    nobody = replace(config, mail_server=MailServer("127.0.0.1", 1))
    tried, moment = [], NOON
    with stopped_at(moment):
        mail = queue()
    for _ in range(MOST_ATTEMPTS):
        with stopped_at(moment):
            send_waiting(nobody)
        tried.append((moment - NOON) // timedelta(minutes=1))
        moment = mail.due_at

    assert tried == [0, 1, 6, 21, 81, 261, 621, 1341]
    assert (mail.state, mail.text) == ("failed", "")
    assert "refused" in mail.error.lower()


def test_a_refused_address_is_given_up_and_does_not_hold_up_the_others(
    config: Config, inbox: Inbox
) -> None:
    inbox.refuse["aino@niskala.example"] = "550 no such mailbox"
    mails = [queue(name) for name in ("aino", "oiva")]

    sent = send_waiting(config)

    assert sent == 1
    assert [mail.state for mail in mails] == ["failed", "sent"]
    assert "no such mailbox" in mails[0].error


def test_an_address_refused_for_now_is_tried_again(config: Config, inbox: Inbox) -> None:
    inbox.refuse["aino@niskala.example"] = "451 greylisted"
    with stopped_at(NOON):
        mail = queue()
        send_waiting(config)
        first = mail.state
    inbox.refuse.clear()
    with stopped_at(NOON + timedelta(minutes=1)):
        send_waiting(config)

    assert (first, mail.state, mail.error) == ("waiting", "sent", "")


def test_a_mail_in_the_hand_of_a_dead_worker_is_sent_after_a_while(
    config: Config, inbox: Inbox
) -> None:
    with stopped_at(NOON):
        mail = queue()
        mail.attempts, mail.due_at = 1, NOON + timedelta(minutes=15)
        db.session.commit()
        meanwhile = send_waiting(config)
    with stopped_at(NOON + timedelta(minutes=15)):
        afterwards = send_waiting(config)

    assert (meanwhile, afterwards) == (0, 1)


def test_the_server_is_signed_in_to_with_the_password_that_is_set(config: Config) -> None:
    strict, mails = Inbox(), [queue(name) for name in ("aino", "oiva")]
    with running(strict, with_login=True) as where:
        wrong = replace(where, user=USER, password="wrong")
        refused = send_waiting(replace(config, mail_server=wrong))
        right = replace(where, user=USER, password=PASSWORD)
        sent = send_waiting(replace(config, mail_server=right))

    assert (refused, sent) == (0, 1)
    assert (strict.signed_in[0], strict.signed_in[-1]) == (False, True)
    assert "535" in mails[0].error


def test_an_address_of_an_international_domain_is_written_in_ascii(
    config: Config, inbox: Inbox
) -> None:
    queue_mail(user=None, address="aino@ähtäri.example", subject="Hei", text="Hei\n")
    db.session.commit()

    send_waiting(config)

    assert inbox.recipients == [["aino@xn--htri-koac.example"]]


@both_databases
def test_without_a_server_each_mail_is_printed_once(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    given: Config = app.extensions["matchmaker.config"]
    mail = queue()

    counts = [send_waiting(given) for _ in range(2)]

    printed = capsys.readouterr().out
    assert counts == [1, 0]
    assert printed == f"Mail to aino@niskala.example: Hyvää päivää, aino 🦌\n\n{mail.text}\n"
    assert mail.state == "printed"


def test_of_many_mails_alike_the_console_shows_how_many(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    event = make_event()
    for number in range(5):
        address, subject = f"p{number}@niskala.example", "Your agenda" if number else "Welcome"
        queue_mail(user=None, address=address, subject=subject, text="Hei\n", event_id=event.id)
    db.session.commit()

    printed = send_waiting(app.extensions["matchmaker.config"])

    assert printed == 5
    assert capsys.readouterr().out == (
        "Mail to p0@niskala.example: Welcome\n\nHei\n\n"
        "4 mails: Your agenda\nOrganisers read them under Mail.\n\n"
    )


def test_sign_in_mails_are_shown_whole_however_many(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(5):
        address = f"p{number}@niskala.example"
        queue_mail(user=None, address=address, subject="Your link", text=f"link {number}\n")
    db.session.commit()

    send_waiting(app.extensions["matchmaker.config"])

    shown = capsys.readouterr().out
    assert [f"link {number}\n" in shown for number in range(5)] == [True] * 5


def test_a_printed_mail_is_not_sent_once_a_server_is_set(
    app: Flask, config: Config, inbox: Inbox
) -> None:
    queue()

    send_waiting(app.extensions["matchmaker.config"])
    sent = send_waiting(config)

    assert sent == 0
    assert inbox.arrived == []


def test_a_mail_cannot_steer_the_console(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    queue_mail(user=None, address="a@niskala.example", subject="\x1b[2J", text="a\x1b]0;b\x07\n")
    db.session.commit()

    send_waiting(app.extensions["matchmaker.config"])

    assert capsys.readouterr().out == "Mail to a@niskala.example: ?[2J\n\na?]0;b?\n\n"
