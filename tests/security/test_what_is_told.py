"""Who is told what: consent taken back, drafts, mails again and again, and what time gives away."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.accounts.services import mail_link_if_known, send_sign_in_link
from matchmaker.agenda.queries_difference import difference
from matchmaker.agenda.services import publish_run
from matchmaker.clock import stopped_at
from matchmaker.configuration import Config
from matchmaker.errors import NotAllowed
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.decisions import send_registration, withdraw
from matchmaker.registration.models import Participant
from matchmaker.registration.services import join
from matchmaker.registration.several import offer_handover
from matchmaker.wishes.queries import find_request, find_sent
from matchmaker.wishes.services import send_request, withdraw_request
from tests.factories.events import FIRST_SLOT, make_event, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import Page, PageClient
from tests.query_counter import counted_queries


@pytest.fixture
def event(context: object) -> Event:
    return make_event()


@pytest.fixture
def two(event: Event) -> tuple[Participant, Participant]:
    return make_participant(event, "Aino Niskala"), make_participant(event, "Marek Zieliński")


@pytest.mark.both_databases
def test_who_takes_back_being_shown_is_in_no_new_agenda(
    app: Flask, event: Event, two: tuple[Participant, Participant]
) -> None:
    aino, marek = two
    run = make_run(event, (aino, marek, 0, 0))
    marek.listed_at = None
    db.session.commit()

    left_out = len(difference(run).left_out)
    publish_run(event, run, None)
    db.session.commit()

    page = PageClient(app).sign_in(aino.user).get("/e/kittila/agenda")
    assert left_out == 1
    assert "Zieliński" not in page.response.get_data(as_text=True)


def test_the_feed_of_a_draft_is_not_found(
    client: PageClient, event: Event, two: tuple[Participant, Participant]
) -> None:
    path = f"/feeds/{two[0].feed_token}.ics"
    before = client.http.get(path).status_code
    event.phase = Phase.DRAFT
    db.session.commit()

    client.get(path, status=404)

    assert before == 200


def test_calendars_are_kept_by_no_shared_cache(
    client: PageClient, two: tuple[Participant, Participant]
) -> None:
    response = client.sign_in(two[0].user).http.get("/e/kittila/agenda.ics")

    assert response.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.both_databases
def test_asking_and_withdrawing_all_day_mails_once(two: tuple[Participant, Participant]) -> None:
    aino, marek = two

    for hours in (0, 1, 23, 48):
        with stopped_at(FIRST_SLOT + timedelta(hours=hours)):
            send_request(aino, marek)
            withdraw_request(aino, find_sent(aino, find_request(aino, marek).id))

    assert list(db.session.scalars(select(Mail.address))) == [marek.user.email] * 2


@pytest.mark.both_databases
def test_coming_and_going_has_an_end_for_the_day(event: Event) -> None:
    event.approval = "automatic"
    user = make_user("Aino Niskala")
    aino = make_participant(event, "Aino Niskala", user=user)

    with force_locale("en"), stopped_at(FIRST_SLOT):
        for _ in range(2):
            withdraw(aino)
            join(event, user, name="Aino")
            send_registration(aino)
        withdraw(aino)
        with pytest.raises(NotAllowed, match="You withdrew 3 times within a day"):
            join(event, user, name="Aino")
    with stopped_at(FIRST_SLOT + timedelta(days=1, minutes=1)):
        again = join(event, user, name="Aino")

    organiser = select(Mail.id).where(Mail.address == event.organiser_email)
    assert len(db.session.scalars(organiser).all()) == 3
    assert again.status == "registering"


@pytest.mark.both_databases
def test_a_link_too_many_takes_the_same_work_as_the_first(event: Event) -> None:
    user = make_user()

    with stopped_at(FIRST_SLOT):
        first = statements_of(user.email)
        for _ in range(4):
            send_sign_in_link(user)
        sixth = statements_of(user.email)

    assert first == sixth
    assert db.session.query(Mail).count() == 5


def test_registering_takes_the_same_work_for_a_known_address_as_for_a_new_one(
    client: PageClient, event: Event
) -> None:
    known = make_user().email
    token = client.token("/e/kittila/register")

    def work(address: str) -> list[str]:
        form = {"csrf_token": token, "name": "Aino", "email": address}
        with counted_queries() as statements:
            client.http.post("/e/kittila/register", data=form)
        return statements

    work("first@niskala.example")
    assert work(known) == work("new@niskala.example")


@pytest.mark.both_databases
def test_handing_over_takes_the_same_work_for_a_known_address_as_for_a_new_one(
    two: tuple[Participant, Participant],
) -> None:
    aino, marek = two

    def work(address: str) -> list[str]:
        db.session.commit()
        with counted_queries() as statements:
            offer_handover(aino, address, next_path="/")
        return statements

    work("first@niskala.example")
    assert work(marek.user.email) == work("new@niskala.example")


def statements_of(address: str) -> list[str]:
    db.session.commit()
    with counted_queries() as statements:
        mail_link_if_known(address, "/")
        db.session.commit()
    return statements


@pytest.mark.both_databases
def test_namesakes_who_register_at_once_are_all_in(app: Flask, event: Event) -> None:
    users = [make_user("Aino Niskala").id for _ in range(6)]
    event_id = event.id
    db.session.rollback()

    def register(user_id: int) -> str:
        with app.app_context():
            user, own = db.session.get(User, user_id), db.session.get(Event, event_id)
            ref = join(own, user, name="Aino Niskala").ref
            db.session.commit()
            db.session.remove()
        return ref

    with ThreadPoolExecutor(len(users)) as threads:
        refs = list(threads.map(register, users))

    assert sorted(refs) == ["aino-niskala", *(f"aino-niskala-{n}" for n in range(2, 7))]


def test_a_mailed_link_leads_to_the_configured_host(client: PageClient, event: Event) -> None:
    forged: dict[str, Any] = {
        "base_url": "http://evil.example",
        "headers": {"X-Forwarded-Host": "evil.example"},
    }
    path = "/e/kittila/register"
    page = Page(client.http.get(path, **forged))
    token = page.find("//input[@name='csrf_token']/@value")[0]
    form = {"csrf_token": token, "name": "Aino", "email": "aino@niskala.example"}

    answer = client.http.post(path, data=form, **forged)

    text = db.session.scalars(select(Mail.text)).one()
    assert answer.headers["Location"] == "/e/kittila/register/check-mail"
    assert "http://127.0.0.1:8000/sign-in/" in text
    assert "evil" not in text


def test_a_new_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    Config.from_env({"MATCHMAKER_DATA": str(tmp_path / "data")})

    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
