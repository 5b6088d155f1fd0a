"""A sign-in link is shown to nobody whom it would let into what is not theirs."""

import pytest
from flask import Flask

from matchmaker.accounts.models import User
from matchmaker.accounts.services import send_sign_in_link
from matchmaker.events.models import EventOrganiser
from matchmaker.extensions import db
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import PageClient


@pytest.fixture
def reader(app: Flask, context: object, client: PageClient) -> User:
    """Organises Kittilä on a site that sends no mail, and creates events."""
    user = make_user("Olli Organiser", creates_events=True)
    make_event(organiser=user)
    client.sign_in(user)
    return user


def mailed(user: User) -> User:
    send_sign_in_link(user)
    db.session.commit()
    return user


def outbox(client: PageClient) -> str:
    return client.get("/e/kittila/organise/mail").response.get_data(as_text=True)


def test_links_of_new_people_and_of_oneself_are_shown(client: PageClient, reader: User) -> None:
    new, own = mailed(make_user()), mailed(reader)

    text = outbox(client)

    assert new.email in text
    assert own.email in text


def test_links_of_the_people_of_ones_own_event_are_shown(client: PageClient, reader: User) -> None:
    aino = make_participant(make_event("levi", organiser=reader), "Aino Niskala")
    mailed(aino.user)

    assert aino.user.email in outbox(client)


@pytest.mark.parametrize("role", ["helper", "viewer"])
def test_helping_at_an_event_shows_no_links_of_its_people(
    client: PageClient, reader: User, role: str
) -> None:
    elsewhere = make_event("kokkola")
    db.session.add(EventOrganiser(event_id=elsewhere.id, user_id=reader.id, role=role))
    mailed(make_participant(elsewhere, "Ulla").user)

    assert "/sign-in/" not in outbox(client)


@pytest.mark.parametrize("who", ["creator", "organiser", "participant elsewhere", "at both"])
def test_links_into_what_others_run_are_not_shown(
    client: PageClient, reader: User, who: str
) -> None:
    other = make_user("Ulla", creates_events=who == "creator")
    elsewhere = make_event("kokkola", organiser=other if who == "organiser" else None)
    if who in ("participant elsewhere", "at both"):
        make_participant(elsewhere, "Ulla", user=other)
    if who == "at both":
        make_participant(make_event("levi", organiser=reader), "Ulla", user=other)
    mailed(other)

    text = outbox(client)

    assert (other.email in text, "/sign-in/" in text) == (False, False)
