"""Passwords in the browser: signing in with one, setting, changing and removing it."""

from datetime import timedelta

import pytest
from flask import Flask

from matchmaker.accounts.models import User
from matchmaker.accounts.services_passwords import MOST_FAILURES, set_new_password
from matchmaker.clock import stopped_at
from matchmaker.extensions import db
from tests.accounts.visits import ADDRESS, NOON, PASSWORD, is_signed_in, mailed_link, without_tokens
from tests.pages.client import PageClient, reload

pytestmark = pytest.mark.usefixtures("context")


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
