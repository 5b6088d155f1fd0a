"""Titles of offers and needs in the reader's language, wherever they are quoted."""

import pytest

from matchmaker.agenda.services import publish_run
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from tests.factories.events import make_item
from tests.factories.runs import make_run
from tests.people.conftest import Kittila

FINNISH = "Rikastushiekan kuivaus"


@pytest.fixture
def translated(kittila: Kittila) -> Kittila:
    """Aino's offer, which answers Sara's need, has a Finnish title too."""
    for item in db.session.query(Item).filter_by(title="Dry tailings treatment"):
        item.language, item.texts = "en", {"fi": {"title": FINNISH, "text": ""}}
    make_item(kittila.aino, "offer", "Ore sorting")
    db.session.commit()
    return kittila


def choose(kittila: Kittila, locale: str) -> None:
    kittila.sara.user.locale = locale
    db.session.commit()


@pytest.mark.parametrize(("locale", "title"), [("fi", FINNISH), ("sv", "Dry tailings treatment")])
def test_reasons_cards_and_what_a_search_found_quote_titles_in_the_readers_language(
    translated: Kittila, locale: str, title: str
) -> None:
    choose(translated, locale)
    cards, stack, person = (
        translated.client.get(f"/e/kittila/people{path}")
        for path in ("?q=tailings", "/recommended", f"/{translated.aino.id}")
    )

    assert cards.texts("//li[.//a[text()='Aino Niskala']]//ul//b | //ul//strong")[:1] == [title]
    assert title in cards.texts("//p[@class='person-found']")[0]
    assert title in stack.texts("//div[@class='brief']//li")
    assert title in person.texts("//td/../th")[0]
    assert title in person.texts("//select[@name='about']/optgroup/option")


def test_the_agenda_and_its_calendar_quote_titles_in_the_readers_language(
    translated: Kittila,
) -> None:
    event, sara, aino = translated.event, translated.sara, translated.aino
    event.phase = Phase.PUBLISHED
    choose(translated, "fi")
    publish_run(event, make_run(event, (sara, aino, 0, 0)), None)
    db.session.commit()

    agenda = translated.client.get("/e/kittila/agenda")
    feed = translated.client.http.get(f"/feeds/{sara.feed_token}.ics").text.replace("\r\n ", "")

    assert f"{FINNISH}; Ore sorting" in agenda.text
    assert FINNISH in feed
    assert "Dry tailings" not in agenda.text + feed
