"""Passkeys: an answer signs in once, at this site, whoever holds the key."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from matchmaker.accounts.models import User
from matchmaker.accounts.queries_two_factor import factor_of, passkeys_of
from matchmaker.accounts.services_passkeys import (
    add_passkey,
    ask_to_make,
    ask_to_sign,
    passkeys_work,
    user_by_passkey,
)
from matchmaker.accounts.services_two_factor import drop_passkey
from matchmaker.clock import now, stopped_at
from matchmaker.errors import Invalid
from matchmaker.extensions import db
from tests.accounts.devices import Device
from tests.factories.events import make_user

both_databases = pytest.mark.both_databases
pytestmark = pytest.mark.usefixtures("context", "named")


@pytest.fixture
def named(app: Flask) -> Iterator[None]:
    """The site under a name, as browsers ask of it."""
    config = app.extensions["matchmaker.config"]
    app.extensions["matchmaker.config"] = replace(config, base_url="http://localhost:8000")
    yield
    app.extensions["matchmaker.config"] = config


def with_passkey(user: User) -> Device:
    device = Device()
    challenge, _options = ask_to_make(user)
    add_passkey(user, challenge, device.make(challenge), "Phone")
    db.session.commit()
    return device


@both_databases
def test_a_passkey_signs_in_whoever_made_it(app: Flask) -> None:
    user, other = make_user(), make_user()
    device, _theirs = with_passkey(user), with_passkey(other)
    challenge, _options = ask_to_sign()

    assert user_by_passkey(challenge, device.sign(challenge)) is user
    assert [key.sign_count for key in passkeys_of(user)] == [1]


@both_databases
def test_an_answer_works_once_and_for_ten_minutes(app: Flask) -> None:
    user = make_user()
    device = with_passkey(user)
    challenge, _options = ask_to_sign()
    answer = device.sign(challenge)
    user_by_passkey(challenge, answer)

    with pytest.raises(Invalid, match="too late or twice"):
        user_by_passkey(challenge, answer)
    later, _options = ask_to_sign()
    with pytest.raises(Invalid):
        user_by_passkey(later, answer)
    with stopped_at(now() + timedelta(minutes=11)), pytest.raises(Invalid):
        user_by_passkey(later, device.sign(later))


def elsewhere(device: Device) -> None:
    device.origin = "https://localhost.evil.example"


def for_another_site(device: Device) -> None:
    device.site = "evil.example"


def unverified(device: Device) -> None:
    device.verified = False


def copied(device: Device) -> None:
    device.count = -1


def of_another_key(device: Device) -> None:
    device.key = Device().key


@pytest.mark.parametrize("spoil", [elsewhere, for_another_site, unverified, copied, of_another_key])
def test_what_is_not_signed_here_by_its_holder_is_refused(
    spoil: Callable[[Device], None],
) -> None:
    device = with_passkey(make_user())
    signed_before, _options = ask_to_sign()
    user_by_passkey(signed_before, device.sign(signed_before))
    challenge, _options = ask_to_sign()
    spoil(device)

    with pytest.raises(Invalid):
        user_by_passkey(challenge, device.sign(challenge))


@both_databases
def test_an_answer_that_is_none_is_refused(app: Flask) -> None:
    user = make_user()
    for answer in ("", "[]", "{}", '{"id": {}}', '{"id": "\\u0000"}', "\x00"):
        challenge, _options = ask_to_sign()
        with pytest.raises(Invalid):
            user_by_passkey(challenge, answer)
        challenge, _options = ask_to_make(user)
        with pytest.raises(Invalid):
            add_passkey(user, challenge, answer, "")
    assert factor_of(user) is None


def test_a_key_made_for_one_is_not_kept_for_another() -> None:
    user, other = make_user(), make_user()
    device = Device()
    challenge, _options = ask_to_make(user)

    with pytest.raises(Invalid):
        add_passkey(other, challenge, device.make(challenge), "")
    assert passkeys_of(other) == []


def test_the_last_passkey_takes_the_second_step_with_it_and_no_other_does() -> None:
    user, other = make_user(), make_user()
    device = with_passkey(user)
    with_passkey(other)
    (mine,), (theirs,) = passkeys_of(user), passkeys_of(other)

    drop_passkey(user, theirs.id)
    assert len(passkeys_of(other)) == 1
    drop_passkey(user, mine.id)

    assert factor_of(user) is None
    challenge, _options = ask_to_sign()
    with pytest.raises(Invalid, match="not known here"):
        user_by_passkey(challenge, device.sign(challenge))


@pytest.mark.parametrize(
    ("base_url", "works"),
    [
        ("https://match.example.org", True),
        ("http://localhost:8000", True),
        ("http://match.example.org", False),
        ("https://192.0.2.7", False),
        ("http://127.0.0.1:8000", False),
    ],
)
def test_passkeys_are_offered_where_browsers_take_them(
    app: Flask, base_url: str, works: bool
) -> None:
    config = app.extensions["matchmaker.config"]
    app.extensions["matchmaker.config"] = replace(config, base_url=base_url)

    assert passkeys_work() is works
