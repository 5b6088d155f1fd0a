"""Passwords: how they are kept, guesses counted, and what changing one ends."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import extract_parameters
from flask import Flask

from matchmaker.accounts.models import User
from matchmaker.accounts.passwords import NOBODYS_HASH, easily_guessed
from matchmaker.accounts.queries import link_by_token
from matchmaker.accounts.services import issue_link
from matchmaker.accounts.services_passwords import (
    MOST_FAILURES,
    check_password,
    drop_password,
    set_new_password,
)
from matchmaker.clock import stopped_at
from matchmaker.extensions import db
from tests.accounts.mailed import mails_to
from tests.factories.events import make_user

PASSWORD = "reindeer ja porkkana 🥕"
NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)

both_databases = pytest.mark.both_databases


def make_user_with_password() -> User:
    user = make_user(email="aino@niskala.example")
    set_new_password(user, PASSWORD)
    db.session.commit()
    return user


@pytest.mark.usefixtures("context")
def test_a_password_is_kept_as_an_argon2id_hash_of_the_chosen_cost() -> None:
    user = make_user_with_password()

    kept, nobodys = (extract_parameters(text) for text in (user.password_hash, NOBODYS_HASH))

    assert (kept.type.name, kept.time_cost, kept.memory_cost, kept.parallelism) == (
        "ID",
        2,
        19456,
        1,
    )
    assert nobodys == kept


@both_databases
@pytest.mark.usefixtures("context")
def test_the_right_password_signs_in_and_no_other_does(app: Flask) -> None:
    user = make_user_with_password()
    make_user(email="none@niskala.example")

    assert check_password(" AINO@niskala.example", PASSWORD) is user
    assert check_password("aino@niskala.example", PASSWORD.upper()) is None
    assert check_password("none@niskala.example", PASSWORD) is None
    assert check_password("unknown@niskala.example", PASSWORD) is None


@both_databases
@pytest.mark.usefixtures("context")
def test_after_too_many_wrong_tries_not_even_the_right_one_for_an_hour(app: Flask) -> None:
    user = make_user_with_password()
    with stopped_at(NOON):
        for _ in range(MOST_FAILURES):
            check_password(user.email, "wrong wrong wrong")

    with stopped_at(NOON + timedelta(minutes=59)):
        refused = check_password(user.email, PASSWORD)
    with stopped_at(NOON + timedelta(minutes=60)):
        accepted = check_password(user.email, PASSWORD)

    assert refused is None
    assert accepted is user


@pytest.mark.usefixtures("context")
def test_signing_in_forgets_earlier_wrong_tries() -> None:
    user = make_user_with_password()
    for _ in range(2):
        for _ in range(MOST_FAILURES - 1):
            check_password(user.email, "wrong wrong wrong")

        assert check_password(user.email, PASSWORD) is user


@both_databases
@pytest.mark.usefixtures("context")
def test_changing_it_ends_sessions_voids_links_and_tells_the_owner(app: Flask) -> None:
    user = make_user(email="aino@niskala.example")
    session_before = user.get_id()
    link = link_by_token(issue_link(user).rsplit("/", 1)[1])

    set_new_password(user, PASSWORD)

    db.session.refresh(link)
    assert user.get_id() != session_before
    assert link.is_open is False
    assert [mail.subject for mail in mails_to(user.email)] == [
        "Your password for Matchmaker was set"
    ]


@pytest.mark.usefixtures("context")
def test_a_removed_password_no_longer_signs_in() -> None:
    user = make_user_with_password()
    session_before = user.get_id()

    drop_password(user)

    assert check_password(user.email, PASSWORD) is None
    assert user.get_id() != session_before
    assert mails_to(user.email)[-1].subject == "Your password for Matchmaker was removed"


@pytest.mark.parametrize(
    ("password", "easy"),
    [
        ("Password123", True),
        ("aaaaaaaaaaab", True),
        ("AINO@niskala.example", True),
        ("reindeer ja porkkana", False),
    ],
)
def test_the_first_guesses_are_known(password: str, easy: bool) -> None:
    assert easily_guessed(password, "aino@niskala.example") is easy
