"""Signing in by a mailed link: what it gives, and what it keeps to itself."""

from datetime import timedelta

import pytest
from flask import Flask

from matchmaker.accounts.models import User
from matchmaker.clock import stopped_at
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from tests.accounts.mailed import link_in, mails_to
from tests.accounts.visits import ADDRESS, NOON, is_signed_in, mailed_link, without_tokens
from tests.pages.client import PageClient

pytestmark = pytest.mark.usefixtures("context")


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
