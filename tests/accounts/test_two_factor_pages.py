"""Two steps of signing in, in the browser."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from matchmaker.accounts.models import User
from matchmaker.accounts.queries_two_factor import count_codes_left, factor_of
from matchmaker.accounts.services import send_sign_in_link
from matchmaker.accounts.services_passwords import set_new_password
from matchmaker.clock import stopped_at
from matchmaker.extensions import db
from tests.accounts.apps import code, with_app
from tests.accounts.mailed import link_in, mails_to
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import PageClient, reload

NOON = datetime(2027, 4, 1, 12, 0, 10, tzinfo=UTC)
STEP = "/sign-in/second-step"
HOME = "/account/two-factor"

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def olli(context: object) -> User:
    return make_user("Olli Organiser", email="olli@niskala.example")


def by_link(client: PageClient, user: User, path: str = "/account") -> str:
    """Where the mailed link leads once its button is pressed."""
    send_sign_in_link(user, path)
    db.session.commit()
    return str(client.submit(link_in(mails_to(user.email)[-1])).response.location)


def is_signed_in(client: PageClient) -> bool:
    return client.http.get("/account").status_code == 200


def test_an_app_is_set_up_and_asked_for_from_then_on(client: PageClient, olli: User) -> None:
    client.sign_in(olli)
    page = client.get(f"{HOME}/app?next=/account")
    (offer,) = page.find("//input[@name='offer']/@value")
    secret = page.texts("//code")[0].replace(" ", "")
    wrong = client.submit(f"{HOME}/app", offer=offer, code="nonsense", status=422)
    assert "set the clock of your phone" in wrong.text
    assert wrong.texts("//code")[0].replace(" ", "") == secret, "the picture scanned stays"

    codes = client.submit(f"{HOME}/app?next=/account", offer=offer, code=code(secret), status=200)

    assert codes.heading == "Keep these recovery codes"
    assert codes.response.headers["Cache-Control"] == page.response.headers["Cache-Control"]
    assert codes.response.headers["Cache-Control"] == "no-store"
    assert len(codes.texts("//main//li/code")) == 10
    assert codes.find("//main//a/@href") == ["/account"]
    assert is_signed_in(client), "this browser stays signed in, though the others do not"
    assert "10 recovery codes are left" in client.get(HOME).text
    client.submit("/sign-out", on="/account")
    assert by_link(client, olli) == STEP
    assert not is_signed_in(client)
    assert client.submit(STEP, code=code(secret, later=1)).response.location == "/account"
    assert is_signed_in(client)


def test_neither_link_nor_password_alone_signs_in(client: PageClient, olli: User) -> None:
    set_new_password(olli, "reindeer ja porkkana")
    codes = with_app(olli)

    answer = client.submit(
        "/sign-in/password?next=/account", email=olli.email, password="reindeer ja porkkana"
    )

    assert answer.response.location == STEP
    assert not is_signed_in(client)
    refused = client.submit(STEP, code="123 456", status=422)
    assert "This code does not fit" in refused.text
    assert not is_signed_in(client)
    assert client.submit(STEP, code=codes[0]).response.location == "/account"
    assert is_signed_in(client)
    assert count_codes_left(olli) == 9


def test_the_second_step_waits_a_quarter_of_an_hour_and_for_its_own_browser(
    app: Flask, client: PageClient, olli: User
) -> None:
    with stopped_at(NOON):
        codes = with_app(olli)
        by_link(client, olli)
    with stopped_at(NOON + timedelta(minutes=14)):
        client.get(STEP)
        assert PageClient(app).get(STEP, status=302).response.location == "/sign-in"
    with stopped_at(NOON + timedelta(minutes=16)):
        assert client.get(STEP, status=302).response.location == "/sign-in"
        client.submit(STEP, on="/sign-in", code=codes[0])
        assert not is_signed_in(client)


def test_who_was_signed_in_before_is_not_once_another_begins(
    app: Flask, client: PageClient, olli: User
) -> None:
    with_app(olli)
    other = make_user("Aino Niskala")
    send_sign_in_link(other, "/account")
    db.session.commit()
    client.submit(link_in(mails_to(other.email)[0]), remember="y")
    assert is_signed_in(client)

    by_link(client, olli)

    assert not is_signed_in(client)


def test_passing_a_step_changes_what_forms_carry(client: PageClient, olli: User) -> None:
    codes = with_app(olli)
    by_link(client, olli)
    before = client.token(STEP)
    client.submit(STEP, code=codes[0])

    with client.http.session_transaction() as session:
        assert "begun" not in session
    stale = client.http.post("/account", data={"csrf_token": before, "name": "Mallory"})
    assert stale.status_code == 400
    assert reload(olli).name == "Olli Organiser"


def test_changing_it_asks_for_a_code_again(client: PageClient, olli: User) -> None:
    codes = with_app(olli)
    client.sign_in(olli)
    asked = client.get(f"{HOME}/app", status=302)
    assert asked.response.location == f"{HOME}/confirm?next={HOME}/app"
    sent = client.submit(f"{HOME}/app/remove", on=HOME)

    target = urlsplit(str(sent.response.location))
    assert target.path == f"{HOME}/confirm"
    assert factor_of(reload(olli)) is not None
    assert client.submit(f"{HOME}/confirm", code=codes[0]).response.location == HOME
    client.submit(f"{HOME}/app/remove", on=HOME)
    assert factor_of(reload(olli)) is None
    assert is_signed_in(client)


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_no_step_leads_to_another_site(client: PageClient, olli: User, path: str) -> None:
    codes = with_app(olli)
    by_link(client, olli, path)
    assert client.submit(STEP, code=codes[0]).response.location == "/"

    page = client.get(f"{HOME}?next={path}")

    assert not [link for link in page.find("//main//@href | //main//@action") if "evil" in link]
    with client.http.session_transaction() as session:
        session.pop("proved_at")
    sent = client.submit(f"{HOME}/confirm?next={path}", code=codes[1])
    assert sent.response.location == HOME


def test_where_the_owner_asks_for_it_organisers_are_led_to_it_first(
    client: PageClient, olli: User
) -> None:
    event = make_event(organiser=olli)
    event.two_factor_required = True
    make_participant(event, "Olli Organiser", user=olli)
    other = make_participant(event, "Aino Niskala")
    client.sign_in(olli)

    for path in ("", "people", "settings", f"people/{other.id}"):
        sent = client.get(f"/e/kittila/organise/{path}", status=302)
        target = urlsplit(str(sent.response.location))
        assert target.path == HOME
        assert parse_qs(target.query) == {"next": [f"/e/kittila/organise/{path}"]}
    page = client.get(f"{HOME}?next=/e/kittila/organise/people")
    assert "The owner of this event asks it" in page.text
    client.get("/e/kittila/people")
    client.get(f"/e/kittila/people/{other.id}")

    with_app(olli)
    client.sign_in(reload(olli))
    assert client.get("/e/kittila/organise/people").heading == "2 people are in"
