"""Users are found by their address, links sign in once and for a while, nobody is flooded."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from matchmaker.accounts.models import SignInLink, User
from matchmaker.accounts.queries import link_by_token
from matchmaker.accounts.services import (
    allow_to_create_events,
    find_or_create_user,
    issue_link,
    mail_link_if_known,
    send_sign_in_link,
    use_link,
)
from matchmaker.audit.models import AuditEntry
from matchmaker.clock import stopped_at
from matchmaker.errors import Gone, Invalid
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from tests.accounts.mailed import link_in, mails_to
from tests.factories.events import make_user

NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)

both_databases = pytest.mark.both_databases


def token_of(address: str) -> str:
    return address.rsplit("/", 1)[1]


@both_databases
@pytest.mark.usefixtures("context")
def test_a_new_address_makes_a_user(app: Flask) -> None:
    user = find_or_create_user(" Örjan@Niskala.Example ", "Örjan 🦌")

    assert (user.email, user.email_key, user.name) == (
        "Örjan@niskala.example",
        "örjan@niskala.example",
        "Örjan 🦌",
    )
    assert user.may_create_events is False


@both_databases
@pytest.mark.usefixtures("context")
def test_a_known_address_keeps_its_user_and_name(app: Flask) -> None:
    known = make_user("Aino Niskala", email="Aino@niskala.example")

    found = find_or_create_user("aino@NISKALA.example", "Somebody Else")

    assert found.id == known.id
    assert found.name == "Aino Niskala"


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("text", ["", "aino", "aino@", "a b@niskala.example", "a@niskala..example"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match=r"Write it like name@example\.org") as refusal:
        find_or_create_user(text, "Aino")

    assert refusal.value.field == "email"


@both_databases
@pytest.mark.usefixtures("context")
def test_a_link_signs_its_user_in_once(app: Flask) -> None:
    user = make_user()
    link = link_by_token(token_of(issue_link(user, next_path="/e/kittila/register/you")))

    signed_in = use_link(link)

    assert (signed_in.id, link.next_path) == (user.id, "/e/kittila/register/you")
    with pytest.raises(Gone):
        use_link(link)


@both_databases
@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(("hours", "is_open"), [(23.99, True), (24, False)])
def test_a_link_works_for_a_day(app: Flask, hours: float, is_open: bool) -> None:
    with stopped_at(NOON):
        link = link_by_token(token_of(issue_link(make_user())))

    with stopped_at(NOON + timedelta(hours=hours)):
        if is_open:
            use_link(link)
        else:
            with pytest.raises(Gone):
                use_link(link)

        assert link.is_open is False


@pytest.mark.usefixtures("context")
def test_only_a_hash_of_the_secret_is_kept() -> None:
    token = token_of(issue_link(make_user()))

    kept = db.session.scalars(db.select(SignInLink)).one()

    assert token.split(".")[0] not in kept.secret_hash
    assert len(kept.secret_hash) == 64


@pytest.mark.usefixtures("context")
def test_a_token_we_did_not_sign_finds_nothing() -> None:
    token = token_of(issue_link(make_user()))
    changed = ("A" if token[0] != "A" else "B") + token[1:]

    assert link_by_token(changed) is None
    assert link_by_token(token.split(".")[0]) is None
    assert link_by_token("ö") is None


@both_databases
@pytest.mark.usefixtures("context")
def test_five_links_an_hour_are_mailed_and_no_more(app: Flask) -> None:
    user = make_user(email="aino@niskala.example")

    with stopped_at(NOON):
        for _ in range(6):
            send_sign_in_link(user, "/")
    with stopped_at(NOON + timedelta(minutes=59)):
        send_sign_in_link(user, "/")
    first_hour = len(mails_to(user.email))
    with stopped_at(NOON + timedelta(minutes=61)):
        send_sign_in_link(user, "/")

    assert (first_hour, len(mails_to(user.email))) == (5, 6)


@both_databases
@pytest.mark.usefixtures("context")
def test_asking_for_an_unknown_address_leaves_nothing_behind(app: Flask) -> None:
    mail_link_if_known("nobo@niskala.example", "/")
    db.session.commit()

    assert [db.session.scalars(db.select(table)).all() for table in (User, SignInLink, Mail)] == [
        [],
        [],
        [],
    ]


@pytest.mark.usefixtures("context")
def test_a_registration_link_lives_a_week_and_its_mail_names_the_event() -> None:
    user = make_user(email="aino@niskala.example")

    with stopped_at(NOON):
        send_sign_in_link(user, "/e/kittila/register/you", event_name="Kittilä 2027 & more")

    mail = mails_to(user.email)[0]
    link = link_by_token(token_of(link_in(mail)))
    assert mail.subject == "Continue your registration for Kittilä 2027 & more"
    assert link.expires_at == NOON + timedelta(days=7)
    assert "within 7 days" in mail.text
    assert "Why you get this: somebody, most likely you, typed aino@niskala.example" in mail.text


@pytest.mark.usefixtures("context")
def test_the_mail_repeats_no_name_that_a_stranger_may_have_typed() -> None:
    user = find_or_create_user("victim@niskala.example", "BUY NOW at evil.example")

    send_sign_in_link(user, "/")

    mail = mails_to(user.email)[0]
    assert "evil" not in mail.text + mail.subject


@both_databases
@pytest.mark.usefixtures("context")
def test_allowing_to_create_events_is_recorded_once(app: Flask) -> None:
    user = make_user(email="olli@niskala.example")

    allow_to_create_events(user)
    allow_to_create_events(user)

    entries = db.session.scalars(db.select(AuditEntry)).all()
    assert db.session.get(User, user.id).may_create_events is True
    assert [(entry.action, entry.subject) for entry in entries] == [
        ("allow to create events", "olli@niskala.example")
    ]
