"""What holds for every route: reading changes nothing, changing asks for a token, ids are own."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.mailings.occasions import Occasion
from matchmaker.mailings.services import start_mailing
from matchmaker.marketplace.models import Item
from matchmaker.matching.models import Run
from matchmaker.registration.models import Absence, Participant
from matchmaker.wishes.models import Request, Wish
from tests.architecture.test_routes import address, our_rules
from tests.factories.events import make_event, make_item, make_participant, make_user, make_wish
from tests.factories.questions import make_answer, make_question
from tests.factories.runs import make_run
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

CHANGES = ("INSERT", "UPDATE", "DELETE")
# They answer otherwise than by "not found", and touch nothing of another event: some take no notice
# of an id that is not one's own, a second click finds what it removes gone, a file that is not here
# has nothing to enter, and a step of one's own registration has a number that is no id.
OWN_FORMS = {
    *("registration.block_on", "registration.block_off", "marketplace.remove"),
    *("runs.delete", "repair.undo", "roster.enter_all"),
    *("registration.keep", "registration.forget"),
    *("team.remove", "team.take_back", "two_factor.remove_passkey"),
}
# A mail program's own button to stop mails; the secret in the address is looked up, and not found.
WITHOUT_TOKEN = ["/mail/stop/<token>"]


@pytest.fixture
def organiser(context: object) -> User:
    """Organises Kittilä and takes part in it; there is something of every kind, all numbered 1."""
    user = make_user("Olli Organiser", creates_events=True)
    event = make_event(organiser=user)
    aino = make_participant(event, "Aino Niskala", user=user)
    marek = make_participant(event, "Marek Zieliński")
    make_item(aino, "offer", "Ore sorting")
    make_wish(marek, aino, "must")
    db.session.add(Request(event_id=event.id, asker_id=marek.id, answerer_id=aino.id))
    make_run(event, (aino, marek, 0, 0))
    start_mailing(event, user, Occasion.PRACTICAL)
    make_answer(marek, make_question(event, "Diet?", audience="participants"), "Fish")
    return user


@pytest.fixture
def without_tokens(app: Flask) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = False
    yield
    app.config["WTF_CSRF_ENABLED"] = True


def taking(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in our_rules(app) if method in (rule.methods or ())]


def test_no_page_that_is_only_read_changes_anything(
    app: Flask, client: PageClient, organiser: User
) -> None:
    client.sign_in(organiser)

    with counted_queries() as statements:
        for rule in taking(app, "GET"):
            client.http.get(address(rule, "kittila")).close()

    assert [text for text in statements if text.lstrip().startswith(CHANGES)] == []
    assert len(statements) > len(taking(app, "GET"))


def test_every_change_asks_for_the_token_of_its_form(
    app: Flask, client: PageClient, organiser: User
) -> None:
    client.sign_in(organiser)

    taken = [
        rule.rule
        for rule in taking(app, "POST")
        if client.http.post(address(rule, "kittila")).status_code != 400
    ]

    assert taken == WITHOUT_TOKEN


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_ids_of_another_event_are_not_found_in_ones_own(
    app: Flask, client: PageClient, organiser: User, without_tokens: None, method: str
) -> None:
    other = make_user("Ulla", creates_events=True)
    kokkola = make_event("kokkola", organiser=other)
    make_participant(kokkola, "Ulla Ulkopuolinen", user=other)
    client.sign_in(other)
    before = everything_of_kittila()

    found = [
        rule.endpoint
        for rule in taking(app, method)
        if "<int:" in rule.rule
        and client.http.open(address(rule, "kokkola"), method=method).status_code != 404
    ]

    assert set(found) <= OWN_FORMS
    assert everything_of_kittila() == before


def everything_of_kittila() -> list[str]:
    """All that its people, runs and meetings say, as text."""
    db.session.rollback()
    event_id = db.session.scalar(select(Event.id).where(Event.slug == "kittila"))
    people = select(Participant.id).where(Participant.event_id == event_id)
    of_event = [
        select(table.__table__).where(table.event_id == event_id)
        for table in (Participant, Request, Wish, Run, Meeting)
    ]
    of_people = [
        select(table.__table__).where(table.participant_id.in_(people)) for table in (Item, Absence)
    ]
    return [str(row) for query in (*of_event, *of_people) for row in db.session.execute(query)]
