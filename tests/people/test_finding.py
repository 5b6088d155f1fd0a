"""Searching people: slips, accents, forms of words, what matched, and what stays hidden."""

import pytest

from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.registration.models import Status
from tests.factories.events import make_item, make_organisation, make_participant
from tests.pages.client import Page
from tests.people.conftest import Kittila

PEOPLE = "/e/kittila/people"


def names(page: Page) -> list[str]:
    return page.texts("//ul[@class='people']//h2")


@pytest.fixture
def talkative(kittila: Kittila) -> Kittila:
    """Three more people, with words of three languages in what they offer and need."""
    for name, of, kind, title, text in (
        ("Åsa Öhman", "Västerbottens Gruvkluster", "offer", "Återvinning av batterier", ""),
        ("Pekka Mäkelä", "Kuusamon Kaivos Oy", "need", "Kuivarikastushiekan käsittely", ""),
        ("Núria Puig", "Clúster Minería", "offer", "Water reuse", "We treat acid mine drainage"),
    ):
        person = make_participant(kittila.event, name, organisation=make_organisation(of))
        make_item(person, kind, title, text=text)
    return kittila


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("makela", ["Pekka Mäkelä"]),
        ("ÖHMAN", ["Åsa Öhman"]),
        ("cluster mineria", ["Núria Puig"]),
        ("batteri", ["Åsa Öhman"]),
        ("återvinningen", ["Åsa Öhman"]),
        ("kaivoksen", ["Pekka Mäkelä"]),
        ("käsittelyä", ["Pekka Mäkelä"]),
        ("rikastushiekka", ["Pekka Mäkelä"]),
        ("treating drains", ["Núria Puig"]),
        ("treating batteries", []),
        ("tailngs", ["Aino Niskala"]),
        ("zielinsky", ["Marek Zieliński"]),
        ("xyz", []),
        ("…", []),
    ],
)
def test_a_search_finds_in_spite_of_form_accent_and_slip(
    talkative: Kittila, typed: str, found: list[str]
) -> None:
    assert sorted(names(talkative.client.get(f"{PEOPLE}?q={typed}"))) == sorted(found)


def test_a_name_comes_before_what_is_offered_and_that_before_its_text(kittila: Kittila) -> None:
    for name, title, text in (
        ("In Text", "Something", "for lumber mills"),
        ("In Title", "Lumber drying", ""),
        ("Lumber Jack", "Axes", ""),
    ):
        make_item(make_participant(kittila.event, name), "offer", title, text=text)

    page = kittila.client.get(f"{PEOPLE}?q=lumber")

    assert names(page) == ["Lumber Jack", "In Title", "In Text"]
    assert page.texts("//p[@class='person-found']") == [
        "Offers Lumber drying",
        "Found in the text of “Something”",
    ]


def test_a_word_nobody_uses_is_taken_for_one_they_do_and_that_is_said(kittila: Kittila) -> None:
    page = kittila.client.get(f"{PEOPLE}?q=tailngs")

    assert "Nothing here says “tailngs”, so this shows what says “tailings”." in page.text


def test_an_edit_is_found_at_once(kittila: Kittila) -> None:
    kittila.client.get(f"{PEOPLE}?q=tailings")
    item = db.session.query(Item).filter_by(participant_id=kittila.aino.id).one()
    item.title = "Snow logistics"
    db.session.commit()

    assert names(kittila.client.get(f"{PEOPLE}?q=snow")) == ["Aino Niskala"]
    assert names(kittila.client.get(f"{PEOPLE}?q=tailings")) == []


@pytest.mark.parametrize("page", ["people", "people/offers-and-needs"])
def test_what_one_may_not_see_is_neither_found_nor_guessed_from_a_slip(
    kittila: Kittila, page: str
) -> None:
    """A word known only from hidden people must not correct a slip: that would tell of it."""
    for hidden in (
        make_participant(kittila.event, "Hidden", listed=False),
        make_participant(kittila.event, "Waiting", status=Status.PENDING),
        make_participant(kittila.event, "Reserved"),
    ):
        make_item(hidden, "offer", "Graphite anodes")
        hidden.audiences = {"items": "met"}
    db.session.commit()

    for typed in ("graphite", "graphte"):
        text = kittila.client.get(f"/e/kittila/{page}?q={typed}").text
        assert "Graphite" not in text
        assert "graphite anodes" not in text
        assert "taken" not in text
        assert "so this shows" not in text
