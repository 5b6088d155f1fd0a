"""The list of offers and needs, and the page of an organisation."""

import pytest

from matchmaker.events.models import TypePermission
from matchmaker.extensions import db
from tests.factories.events import make_event, make_item, make_organisation, make_participant
from tests.pages.client import Page
from tests.people.conftest import Kittila

ITEMS = "/e/kittila/people/offers-and-needs"


def titles(page: Page) -> list[str]:
    return page.texts("//ul[@class='people']//h2")


@pytest.fixture
def rich(kittila: Kittila) -> Kittila:
    make_item(kittila.sara, "offer", "Permitting data")
    make_item(kittila.aino, "need", "Drone surveys", topic="digital", text="Above the tree line")
    return kittila


def test_what_answers_ones_own_comes_first(rich: Kittila) -> None:
    page = rich.client.get(ITEMS)

    assert titles(page) == ["Dry tailings treatment", "Permitting data", "Drone surveys"]
    assert page.texts("//ul[contains(@class, 'fits')]//a") == [
        "All",
        "1 person needs what you offer",
        "1 person offers what you need",
    ]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("fits=need", ["Permitting data"]),
        ("fits=offer", ["Dry tailings treatment"]),
        ("kind=need", ["Permitting data", "Drone surveys"]),
        ("topic=digital", ["Permitting data", "Drone surveys"]),
        ("kind=offer&topic=digital", []),
        ("country=FI&kind=need", ["Drone surveys"]),
        ("type=cluster", ["Permitting data"]),
        ("q=treeline", []),
        ("q=trees", ["Drone surveys"]),
        ("q=zielinski", ["Permitting data"]),
        ("sort=name", ["Drone surveys", "Dry tailings treatment", "Permitting data"]),
        ("fits=perhaps&page=7", ["Dry tailings treatment", "Permitting data", "Drone surveys"]),
    ],
)
def test_filters_and_search_narrow_it(rich: Kittila, query: str, left: list[str]) -> None:
    assert titles(rich.client.get(f"{ITEMS}?{query}")) == left


def test_each_leads_to_whose_it_is_and_can_be_wished_from_there(rich: Kittila) -> None:
    page = rich.client.get(f"{ITEMS}?fits=offer")

    assert page.find("//h2/a/@href") == [f"/e/kittila/people/{rich.aino.id}"]
    action = page.find("//form[@class='wish']/@action")[0]
    back = rich.client.submit(action, on=ITEMS, level="want")
    assert back.response.location.startswith(f"{ITEMS}?fits=offer#item-")
    pressed = rich.client.get(f"{ITEMS}?fits=offer").find("//button[@aria-pressed='true']/@id")
    assert [identity.endswith("-want") for identity in pressed] == [True]


def test_nothing_is_listed_of_whom_one_may_not_see(rich: Kittila) -> None:
    db.session.query(TypePermission).delete()
    rich.marek.audiences = {"items": "organisers"}
    db.session.add(TypePermission(type_id=rich.sara.type_id, other_id=rich.marek.type_id))
    db.session.commit()

    page = rich.client.get(ITEMS)

    assert titles(page) == []
    assert page.heading == "Offers and needs"
    for secret in ("Permitting", "Drone", "needs what you offer"):
        assert secret not in page.text


def test_an_organisation_shows_its_people_here_and_what_they_say(rich: Kittila) -> None:
    firm = rich.aino.organisation
    firm.website, firm.description, firm.region = "https://kierto.example", "Side rock", "FI1D7"
    make_participant(rich.event, "Hidden", organisation=firm, listed=False)
    make_participant(make_event("kokkola"), "Elsewhere", organisation=firm)
    db.session.commit()

    page = rich.client.get(f"/e/kittila/organisations/{firm.id}")

    assert page.heading == "Pohjolan Kierto Oy"
    assert titles(page) == []
    assert page.texts("//ul[@class='people']//h3") == ["Aino Niskala"]
    assert "SME · Lapland · Finland" in page.text
    assert page.find("//a[@href='https://kierto.example']")
    assert page.texts("//section[@aria-labelledby='needs']//h3") == ["Drone surveys"]


def test_an_organisation_of_nobody_one_may_see_is_not_found(rich: Kittila) -> None:
    absent, hidden = make_organisation("Absent"), make_organisation("Hidden")
    make_participant(rich.event, "Hidden", organisation=hidden, listed=False)
    make_participant(make_event("kokkola"), "Elsewhere", organisation=absent)

    for organisation in (absent, hidden):
        rich.client.get(f"/e/kittila/organisations/{organisation.id}", status=404)
    own = rich.client.get(f"/e/kittila/organisations/{rich.sara.organisation_id}")
    assert "This is your own organisation" in own.text
