"""Signing in and out in the browser: what it gives, and what it keeps to itself."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from config import Config
from matchmaker.accounts.models import User
from matchmaker.accounts.services import send_sign_in_link
from matchmaker.accounts.services_passwords import MOST_FAILURES, set_new_password
from matchmaker.app import create_app
from matchmaker.clock import stopped_at
from matchmaker.extensions import db, limiter
from matchmaker.messages.models import Mail
from tests.accounts.mailed import link_in, mails_to
from tests.factories.events import make_user
from tests.pages.client import Page, PageClient, reload

ADDRESS = "aino@niskala.example"
PASSWORD = "reindeer ja porkkana"
NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def aino(context: object) -> User:
    return make_user("Aino Niskala", email=ADDRESS)


def mailed_link(user: User, next_path: str = "/account") -> str:
    send_sign_in_link(user, next_path)
    db.session.commit()
    return link_in(mails_to(user.email)[-1])


def is_signed_in(client: PageClient) -> bool:
    return client.http.get("/account").status_code == 200


def without_tokens(page: Page) -> str:
    text = page.response.get_data(as_text=True)
    return re.sub(
        r'csrf_token" type="hidden" value="[^"]+"|"X-CSRFToken": "[^"]+"|[\w.-]{80,}', "", text
    )


@pytest.mark.usefixtures("aino")
def test_a_known_address_gets_a_link_that_signs_in_and_leads_on(client: PageClient) -> None:
    client.submit("/sign-in?next=/account", email=" AINO@niskala.example ")
    link = link_in(mails_to(ADDRESS)[0])

    page = client.submit(link, remember="y")

    assert page.response.location == "/account"
    assert client.get("/account").text.startswith(
        "Your account You sign in as aino@niskala.example"
    )


@pytest.mark.usefixtures("aino")
def test_the_answer_does_not_tell_whether_an_address_is_known(app: Flask) -> None:
    answers = []
    for address in (ADDRESS, "nobo@niskala.example"):
        client = PageClient(app)
        sent = client.submit("/sign-in?next=/account", email=address)
        shown = client.get("/sign-in/check-mail")
        answers.append((sent.response.location, without_tokens(shown).replace(address, "")))

    assert answers[0] == answers[1]
    assert [mail.address for mail in db.session.scalars(db.select(Mail))] == [ADDRESS]


def test_the_answer_stays_the_same_when_no_more_links_are_mailed(
    client: PageClient, aino: User
) -> None:
    answers = {client.submit("/sign-in", email=aino.email).response.location for _ in range(7)}

    assert answers == {"/sign-in/check-mail"}
    assert len(mails_to(aino.email)) == 5


@pytest.mark.parametrize("typed", ["", "aino", "aino@niskala", "a" * 250 + "@niskala.example"])
def test_what_is_no_address_is_told_at_the_field_and_kept(client: PageClient, typed: str) -> None:
    page = client.submit("/sign-in", email=typed, status=422)

    assert page.find("//input[@id='email']/@aria-invalid") == ["true"]
    assert page.find("//input[@id='email']/@value") == [typed]


def test_opening_a_link_uses_nothing_up(client: PageClient, aino: User) -> None:
    link = mailed_link(aino)

    for _ in range(2):
        page = client.get(link)

    assert page.heading == "Sign in and go on"
    assert "You go on as Aino Niskala" in page.text
    assert is_signed_in(client) is False


def test_a_used_link_offers_a_new_one_and_names_nobody(app: Flask, aino: User) -> None:
    link = mailed_link(aino, "/e/kittila/people")
    PageClient(app).submit(link)
    finder = PageClient(app)

    page = finder.get(link, status=410)
    finder.submit(f"{link}/new", on=link)
    told = finder.get("/sign-in/check-mail")

    assert page.heading == "This link has done its work"
    assert "niskala" not in (page.text + told.text).lower()
    renewed = link_in(mails_to(ADDRESS)[-1])
    assert renewed != link
    assert finder.submit(renewed).response.location == "/e/kittila/people"


def test_a_used_link_leads_on_whoever_is_signed_in_by_it(client: PageClient, aino: User) -> None:
    link = mailed_link(aino, "/account")
    client.submit(link)

    page = client.get(link, status=302)

    assert page.response.location == "/account"


def test_an_expired_link_says_so_and_signs_nobody_in(client: PageClient, aino: User) -> None:
    with stopped_at(NOON):
        link = mailed_link(aino)
        token = client.token(link)
    with stopped_at(NOON + timedelta(hours=24)):
        response = client.http.post(link, data={"csrf_token": token})

    assert response.status_code == 410
    assert is_signed_in(client) is False


def test_a_link_we_never_made_is_not_found(client: PageClient) -> None:
    assert client.get("/sign-in/abc.def", status=404).heading == "Not found"


def test_a_link_is_not_used_without_the_pages_own_form(client: PageClient, aino: User) -> None:
    link = mailed_link(aino)

    response = client.http.post(link)

    assert response.status_code == 400
    assert client.get(link).heading == "Sign in and go on"


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(
    client: PageClient, aino: User, target: str
) -> None:
    client.http.get("/sign-in", query_string={"next": target})
    token = client.token("/sign-in")
    client.http.post(
        "/sign-in", query_string={"next": target}, data={"email": ADDRESS, "csrf_token": token}
    )

    page = client.submit(link_in(mails_to(ADDRESS)[0]))

    assert page.response.location == "/"


def test_a_password_signs_in(client: PageClient, aino: User) -> None:
    set_new_password(aino, PASSWORD)
    db.session.commit()

    page = client.submit("/sign-in/password?next=/account", email=ADDRESS, password=PASSWORD)

    assert page.response.location == "/account"
    assert is_signed_in(client) is True


def test_a_wrong_password_an_unknown_address_and_too_many_tries_read_the_same(
    client: PageClient, aino: User
) -> None:
    set_new_password(aino, PASSWORD)
    db.session.commit()
    tries = [(ADDRESS, "wrong wrong")] * MOST_FAILURES
    tries += [(ADDRESS, PASSWORD), ("nobo@niskala.example", PASSWORD)]

    pages = [
        client.submit("/sign-in/password", email=address, password=password, status=422)
        for address, password in tries
    ]

    texts = {
        without_tokens(page).replace(address, "")
        for page, (address, _) in zip(pages, tries, strict=True)
    }
    assert len(texts) == 1
    assert "have a sign-in link mailed: that always works" in pages[0].text


def test_wrong_passwords_do_not_lock_the_mailed_link(client: PageClient, aino: User) -> None:
    set_new_password(aino, PASSWORD)
    db.session.commit()
    for _ in range(MOST_FAILURES + 1):
        client.submit("/sign-in/password", email=ADDRESS, password="wrong wrong", status=422)

    client.submit(mailed_link(aino))

    assert is_signed_in(client) is True


def test_signing_out_ends_the_session_and_the_remembered_one(
    client: PageClient, aino: User
) -> None:
    client.submit(mailed_link(aino), remember="y")

    client.submit("/sign-out", on="/account")

    assert is_signed_in(client) is False
    assert client.http.get_cookie("remember_token") is None


@pytest.mark.parametrize(("values", "remembered"), [({"remember": "y"}, True), ({}, False)])
def test_a_device_stays_signed_in_only_if_asked_to(
    client: PageClient, aino: User, values: dict[str, str], remembered: bool
) -> None:
    client.submit(mailed_link(aino), **values)
    client.http.delete_cookie("matchmaker")  # what closing the browser does

    assert is_signed_in(client) is remembered


def test_a_new_password_signs_out_every_other_device(app: Flask, aino: User) -> None:
    phone, laptop = PageClient(app), PageClient(app)
    phone.submit(mailed_link(aino), remember="y")
    laptop.submit(mailed_link(aino), remember="y")

    laptop.submit("/account/password", password=PASSWORD, repeated=PASSWORD)

    assert (is_signed_in(laptop), is_signed_in(phone)) == (True, False)


def test_changing_a_password_asks_for_the_old_one(client: PageClient, aino: User) -> None:
    set_new_password(aino, PASSWORD)
    db.session.commit()
    client.submit("/sign-in/password", email=ADDRESS, password=PASSWORD)
    new = {"password": "another fine one", "repeated": "another fine one"}

    refused = client.submit("/account/password", current="wrong wrong", **new, status=422)
    client.submit("/account/password", current=PASSWORD, **new)

    assert "This is not your password" in refused.text
    client.submit("/sign-out", on="/account")
    client.submit("/sign-in/password", email=ADDRESS, password="another fine one")
    assert is_signed_in(client) is True


def test_whoever_forgot_it_sets_a_new_one_after_a_mailed_link(
    client: PageClient, aino: User
) -> None:
    set_new_password(aino, PASSWORD)
    db.session.commit()
    with stopped_at(NOON):
        client.submit(mailed_link(aino))
        shortly = client.get("/account/password")
    with stopped_at(NOON + timedelta(minutes=31)):
        later = client.get("/account/password")

    assert shortly.find("//input[@name='current']") == []
    assert len(later.find("//input[@name='current']")) == 1


@pytest.mark.parametrize(
    ("password", "repeated", "told"),
    [
        ("short one", "short one", "Too short: use at least 10 characters."),
        ("Password123", "Password123", "among the first passwords anybody would try"),
        (PASSWORD, PASSWORD + "!", "The two differ."),
        ("x1yz" * 60, "x1yz" * 60, "Too long: use at most 200 characters."),
    ],
)
def test_a_weak_or_mistyped_password_is_refused(
    client: PageClient, aino: User, password: str, repeated: str, told: str
) -> None:
    client.sign_in(aino)

    page = client.submit("/account/password", password=password, repeated=repeated, status=422)

    assert told in page.text
    assert reload(aino).password_hash is None


def test_a_password_can_be_removed(client: PageClient, aino: User) -> None:
    set_new_password(aino, PASSWORD)
    db.session.commit()
    client.sign_in(aino)

    client.submit("/account/password/remove", current="wrong wrong", status=422)
    kept = reload(aino).password_hash
    client.submit("/account/password/remove", current=PASSWORD)

    assert kept is not None
    assert reload(aino).password_hash is None
    assert is_signed_in(client) is True


def test_a_name_is_changed(client: PageClient, aino: User) -> None:
    client.sign_in(aino)

    client.submit("/account", name=" Aino Örn 🦌 ")
    refused = client.submit("/account", name="", status=422)

    assert reload(aino).name == "Aino Örn 🦌"
    assert "Type your name" in refused.text


@pytest.mark.parametrize("path", ["/account", "/account/password", "/account/password/remove"])
def test_a_stranger_is_led_to_sign_in_and_back(client: PageClient, path: str) -> None:
    page = client.get(path, status=302)

    assert page.response.location == f"/sign-in?next={path}"


def test_a_session_of_an_erased_user_is_none(client: PageClient, aino: User) -> None:
    client.sign_in(aino)
    db.session.delete(aino)
    db.session.commit()

    assert is_signed_in(client) is False


def test_one_network_address_may_not_try_without_end(tmp_path: Path) -> None:
    config = Config(tmp_path, f"sqlite:///{tmp_path / 'limits.db'}", "s" * 32)
    app = create_app(config)
    try:
        with app.app_context():
            flask_migrate.upgrade()
        client = PageClient(app)
        token = client.token("/sign-in/password")
        answers = [
            client.http.post(
                "/sign-in/password",
                data={"email": ADDRESS, "password": PASSWORD, "csrf_token": token},
            )
            for _ in range(11)
        ]
    finally:
        limiter.enabled = False
        with app.app_context():
            db.engine.dispose()

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert "Too many tries" in answers[-1].get_data(as_text=True)
    assert int(answers[-1].headers["Retry-After"]) <= 60
