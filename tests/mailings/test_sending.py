"""A mailing reaches each person once, whatever happens, and only those to whom it still applies."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from config import Config
from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.clock import stopped_at
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.mailings import jobs
from matchmaker.mailings.audience import Audience
from matchmaker.mailings.jobs import work_off
from matchmaker.mailings.models import Mailing, MailingState
from matchmaker.mailings.occasions import Occasion
from matchmaker.mailings.queries import counts_of, deliveries, fitting_ids
from matchmaker.mailings.services import schedule, send_again, start_mailing, stop
from matchmaker.messages.models import Kind
from matchmaker.messages.sending import send_waiting
from matchmaker.messages.stopping import stop_kind
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_tags import Tag
from tests.factories.events import (
    make_event,
    make_organisation,
    make_participant,
    make_user,
    make_wish,
)
from tests.messages.smtp_server import Inbox

NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)

both_databases = pytest.mark.both_databases
pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def organiser(app: Flask, context: object) -> User:
    return make_user("Olli")


@pytest.fixture
def event(organiser: User) -> Event:
    return make_event(organiser=organiser)


def people_of(event: Event, number: int) -> list[Participant]:
    return [make_participant(event, f"Person {place:02}") for place in range(number)]


def let_go(
    event: Event, user: User, occasion: Occasion = Occasion.REMIND_WISHES, **more: int
) -> Mailing:
    mailing = start_mailing(event, user, occasion)
    for name, value in more.items():
        setattr(mailing, name, value)
    schedule(mailing, user)
    db.session.commit()
    return mailing


def reached(inbox: Inbox) -> list[str]:
    return sorted(message["To"] for message in inbox.arrived)


def addresses(people: list[Participant]) -> list[str]:
    return sorted(person.user.email for person in people)


@both_databases
def test_everybody_it_applies_to_gets_one_mail_in_their_language(
    config: Config, inbox: Inbox, event: Event, organiser: User
) -> None:
    event.languages = ["en", "fi"]
    aino, marek, wisher = (make_participant(event, name) for name in ("Aino", "Marek", "Wisher"))
    make_participant(event, "Pending", status=Status.PENDING)
    aino.user.locale = "fi"
    make_wish(wisher, aino)
    mailing = let_go(event, organiser)

    handed = [work_off(50) for _ in range(3)]
    send_waiting(config)

    assert handed == [2, 0, 0]
    assert reached(inbox) == addresses([aino, marek])
    assert {message["To"]: message["Content-Language"] for message in inbox.arrived} == {
        aino.user.email: "fi",
        marek.user.email: "en",
    }
    text = inbox.arrived[1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Hello Marek," in text
    assert "/e/kittila/people" in text
    assert "Stop reminders" in text
    assert (mailing.state, counts_of(mailing)) == (MailingState.DONE, {"sent": 2})


@both_databases
def test_a_worker_killed_in_the_middle_leaves_nobody_out_and_nobody_with_two(
    monkeypatch: pytest.MonkeyPatch,
    config: Config,
    inbox: Inbox,
    event: Event,
    organiser: User,
) -> None:
    people = people_of(event, 7)
    mailing = let_go(event, organiser)
    given, queued = jobs.queue_for, iter(range(100))

    def dies_at_the_fifth(*what: object) -> object:
        if next(queued) == 4:
            raise KeyboardInterrupt
        return given(*what)  # type: ignore[arg-type]

    work_off(2)
    monkeypatch.setattr(jobs, "queue_for", dies_at_the_fifth)
    with pytest.raises(KeyboardInterrupt):
        work_off(5)
    db.session.rollback()
    monkeypatch.undo()
    work_off(50)
    work_off(50)
    send_waiting(config)

    assert reached(inbox) == addresses(people)
    assert counts_of(mailing) == {"sent": 7}


@both_databases
def test_a_mail_server_that_dies_after_half_loses_nothing_and_sends_nothing_twice(
    config: Config, inbox: Inbox, event: Event, organiser: User
) -> None:
    people = people_of(event, 6)
    mailing = let_go(event, organiser)
    with stopped_at(NOON):
        mailing.due_at = NOON
        db.session.commit()
        inbox.dies_after = 3
        work_off(50)
        send_waiting(config)
        assert counts_of(mailing) == {"sent": 3, "waiting": 3}
    with stopped_at(NOON + timedelta(hours=2)):
        inbox.dies_after = None
        work_off(50)
        send_waiting(config)

    assert reached(inbox) == addresses(people)
    assert counts_of(mailing) == {"sent": 6}


@both_databases
def test_who_does_it_while_the_mail_waits_gets_none(
    config: Config, inbox: Inbox, event: Event, organiser: User
) -> None:
    aino, marek, tuuli = (make_participant(event, name) for name in ("Aino", "Marek", "Tuuli"))
    mailing = let_go(event, organiser)
    with stopped_at(NOON):
        mailing.due_at = NOON
        db.session.commit()
        inbox.dies_after = 0
        work_off(2)
        make_wish(tuuli, aino)
        work_off(50)
        send_waiting(config)
        send_waiting(config)
        make_wish(aino, tuuli)
        work_off(50)
    with stopped_at(NOON + timedelta(hours=2)):
        inbox.dies_after = None
        send_waiting(config)

    assert reached(inbox) == addresses([marek])
    assert counts_of(mailing) == {"sent": 1, "settled": 2}


@both_databases
def test_nobody_is_written_to_twice_for_the_same_within_the_days_of_peace(
    config: Config, inbox: Inbox, event: Event, organiser: User
) -> None:
    people = people_of(event, 2)
    first = let_go(event, organiser)
    work_off(50)
    newcomer = make_participant(event, "Newcomer")
    second = let_go(event, organiser)
    work_off(50)
    thanks = let_go(event, organiser, Occasion.THANKS)
    work_off(50)
    all_the_same = let_go(event, organiser, days_of_peace=0)
    work_off(50)

    assert counts_of(first) == {"waiting": 2}
    assert counts_of(second) == {"waiting": 1, "spared": 2}
    assert counts_of(thanks) == {"waiting": 3}
    assert counts_of(all_the_same) == {"waiting": 3}
    assert {newcomer, *people} == set(db.session.scalars(select(Participant)))


@both_databases
def test_a_refused_address_is_told_with_its_reason_and_tried_again_when_asked(
    config: Config, inbox: Inbox, event: Event, organiser: User
) -> None:
    aino, marek = make_participant(event, "Aino"), make_participant(event, "Marek")
    stop_kind(marek.user, Kind.REMINDERS)
    inbox.refuse = {aino.user.email: "550 5.1.1 no such user"}
    mailing = let_go(event, organiser)
    work_off(50)
    send_waiting(config)

    assert counts_of(mailing) == {"refused": 1, "unwanted": 1}
    refused = deliveries(mailing, "refused", 1)
    assert (refused[0].name, "no such user" in refused[0].error) == ("Aino", True)

    inbox.refuse = {}
    number = send_again(mailing, organiser)
    db.session.commit()
    work_off(50)
    send_waiting(config)

    assert (number, reached(inbox)) == (1, [aino.user.email])
    assert counts_of(mailing) == {"sent": 1, "unwanted": 1}


def test_a_round_hands_over_no_more_than_it_may(event: Event, organiser: User) -> None:
    people_of(event, 5)
    mailing = let_go(event, organiser)

    assert [work_off(2) for _ in range(4)] == [2, 2, 1, 0]
    assert counts_of(mailing) == {"waiting": 5}


def test_a_stopped_mailing_sends_no_more(
    config: Config, inbox: Inbox, event: Event, organiser: User
) -> None:
    people_of(event, 4)
    mailing = let_go(event, organiser)
    work_off(2)
    stop(mailing, organiser)
    db.session.commit()
    work_off(50)
    send_waiting(config)

    assert (reached(inbox), counts_of(mailing)) == ([], {"stopped": 4})
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert (last.action, last.details) == (
        "mailing stopped",
        {"state": ["sending", "stopped"]},
    )


def test_it_waits_for_its_moment_and_reminds_again_where_it_still_applies(
    event: Event, organiser: User
) -> None:
    aino, marek = make_participant(event, "Aino"), make_participant(event, "Marek")
    with stopped_at(NOON):
        mailing = start_mailing(event, organiser, Occasion.REMIND_WISHES)
        mailing.repeats, mailing.repeat_days = 1, 4
        schedule(mailing, organiser, NOON + timedelta(hours=1))
        db.session.commit()
        assert work_off(50) == 0
    with stopped_at(NOON + timedelta(hours=1)):
        assert (work_off(50), work_off(50)) == (2, 0)
    make_wish(aino, marek)
    with stopped_at(NOON + timedelta(days=4)):
        assert work_off(50) == 0
    with stopped_at(NOON + timedelta(days=4, hours=2)):
        assert (work_off(50), work_off(50), work_off(50)) == (1, 0, 0)

    rounds = db.session.scalars(select(Mailing).order_by(Mailing.id)).all()
    assert [counts_of(each) for each in rounds] == [{"waiting": 2}, {"waiting": 1}]


def test_an_account_that_is_here_twice_gets_one_mail(event: Event, organiser: User) -> None:
    user = make_user("Kaksi")
    for number in (1, 2):
        make_participant(event, "Kaksi", user=user, number=number)
    mailing = let_go(event, organiser)

    work_off(50)

    assert counts_of(mailing) == {"waiting": 1, "spared": 1}


@both_databases
def test_recipients_are_those_who_fit_every_filter(event: Event) -> None:
    swedish = make_organisation("Norrbotten AB", country="SE")
    aino = make_participant(event, "Aino", type_name="cluster", organisation=swedish)
    marek = make_participant(event, "Marek", type_name="cluster")
    out = make_participant(event, "Out", status=Status.WITHDRAWN)
    aino.user.locale = "sv"
    cluster = next(kind.id for kind in event.types if kind.name == "cluster")
    db.session.add(Tag(participant_id=marek.id, tag="VIP"))
    db.session.commit()

    def fit(**narrowing: object) -> set[int]:
        return fitting_ids(event, Audience(**narrowing))  # type: ignore[arg-type]

    assert fit(type_ids=(cluster,)) == {aino.id, marek.id}
    assert fit(countries=("SE",)) == {aino.id}
    assert fit(languages=("sv",)) == {aino.id}
    assert fit(languages=("en",)) == {marek.id}
    assert fit(tags=("VIP",)) == {marek.id}
    assert fit(type_ids=(cluster,), countries=("SE",), tags=("VIP",)) == set()
    assert fit(statuses=("withdrawn",), people=(out.id,)) == set()
