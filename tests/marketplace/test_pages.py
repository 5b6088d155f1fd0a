"""Offers and needs on their page: every row saved, one more on request, nothing typed is lost."""

import pytest

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.queries import items_of
from matchmaker.registration.models import Participant
from tests.factories.events import make_event, make_item, make_participant
from tests.pages.client import Page, PageClient, reload

pytestmark = pytest.mark.usefixtures("context")

ITEMS = "/e/kittila/register/offers-and-needs"


@pytest.fixture
def aino(client: PageClient) -> Participant:
    """An approved participant who is signed in."""
    participant = make_participant(make_event())
    client.sign_in(participant.user)
    return participant


def said(participant: Participant) -> list[tuple[str, str]]:
    return [(item.kind, item.title) for item in items_of(reload(participant))]


def test_another_row_saves_what_is_typed_and_shows_a_blank_one(
    client: PageClient, aino: Participant
) -> None:
    page = client.submit(
        f"{ITEMS}/more-offer", on=ITEMS, **{"offer-0-title": " Ore-sorting   sensors 🪨 "}
    )

    address = page.response.headers["Location"]
    shown = client.get(address)
    assert address == f"{ITEMS}?more=offer#more-offer"
    assert said(aino) == [("offer", "Ore-sorting sensors 🪨")]
    assert titles_on(shown, "offer") == ["Ore-sorting sensors 🪨", ""]
    assert titles_on(client.get(ITEMS), "offer") == ["Ore-sorting sensors 🪨"]
    assert titles_on(client.get(ITEMS), "need") == [""]


def titles_on(page: Page, kind: str) -> list[str]:
    names = [f"{kind}-{number}-title" for number in range(3)]
    return [value for name in names for value in page.find(f"//input[@name='{name}']/@value")]


def test_a_double_click_enters_it_once(client: PageClient, aino: Participant) -> None:
    for _click in range(2):
        client.submit(ITEMS, **{"need-0-title": "Permitting data", "need-0-topic": "digital"})

    assert said(aino) == [("need", "Permitting data")]


def test_a_row_is_changed_in_place_and_another_tabs_row_stays(
    client: PageClient, aino: Participant
) -> None:
    item = make_item(aino, "offer", "Drone survey")
    make_item(aino, "offer", "Entered in another tab")

    client.submit(
        ITEMS,
        **{
            "offer-0-item_id": str(item.id),
            "offer-0-title": "Drone surveys",
            "offer-0-text": "line one\r\nline two",
        },
    )

    assert said(aino) == [("offer", "Drone surveys"), ("offer", "Entered in another tab")]
    assert (reload(item).text, item.topic) == ("line one\nline two", None)


def test_removing_removes_once_and_saves_the_rest(client: PageClient, aino: Participant) -> None:
    item = make_item(aino, "offer", "Drone surveys")
    rows = {
        "offer-0-item_id": str(item.id),
        "offer-0-title": "Drone surveys",
        "need-0-title": "Permitting data",
    }
    address = f"{ITEMS}/{item.id}/remove"

    for _click in range(2):
        client.submit(address, on=ITEMS, **rows)

    assert said(aino) == [("need", "Permitting data")]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {"offer-0-title": "", "offer-0-text": "Only a text"},
            "Say it in a few words too",
        ),
        (
            {"offer-0-item_id": "7", "offer-0-title": ""},
            "Say it in a few words, or remove it.",
        ),
        ({"offer-0-title": "x" * 161}, "Shorten this to 160 characters or fewer."),
        ({"offer-0-title": "Gold", "offer-0-topic": "gold"}, "Not a valid choice."),
    ],
)
def test_a_wrong_row_is_marked_and_everything_typed_stays(
    client: PageClient, aino: Participant, row: dict[str, str], sentence: str
) -> None:
    page = client.submit(ITEMS, status=422, **row, **{"need-0-title": "Permitting data"})

    assert sentence in page.text
    assert page.find("//input[@name='need-0-title']/@value") == ["Permitting data"]
    assert said(aino) == []


def test_nobody_removes_what_is_anothers(client: PageClient, aino: Participant) -> None:
    lars = make_participant(aino.event, "Lars Kvist")
    item = make_item(lars, "offer", "Drone surveys")

    client.submit(f"{ITEMS}/{item.id}/remove", on=ITEMS)
    client.submit(ITEMS, **{"offer-0-item_id": str(item.id), "offer-0-title": "Taken over by Aino"})

    assert said(lars) == [("offer", "Drone surveys")]
    assert said(aino) == [("offer", "Taken over by Aino")]


def test_topics_stand_as_a_tree(client: PageClient, aino: Participant) -> None:
    make_subtopic(aino.event)

    page = client.get(ITEMS)

    names = [str(t) for t in page.find("//select[@name='offer-0-topic']/option/text()")]
    assert names == ["No topic", "Raw materials", "\u2003Mine water", "Digitalisation"]


def make_subtopic(event: Event) -> None:
    raw = event.topics[0]
    event.topics.append(type(raw)(key="water", name="Mine water", parent_id=raw.id, position=9))
    db.session.commit()


def test_the_most_is_told_and_nothing_is_lost(client: PageClient, aino: Participant) -> None:
    for number in range(40):
        db.session.add(Item(participant=aino, kind="offer", title=f"Offer {number}"))
    db.session.commit()

    page = client.submit(ITEMS, status=422, **{"need-0-title": "One more"})

    assert "which is the most there can be" in page.text
    assert page.find("//input[@name='need-0-title']/@value") == ["One more"]


def test_what_a_profile_needs_is_kept_as_far_as_its_category_asks(
    client: PageClient, aino: Participant
) -> None:
    details = {
        "stage": "field",
        "ipr": "granted",
        "cooperation": ["licence", "supply"],
        "partner_kinds": ["SME", "investor"],
        "partner_role": "Test it in a mine",
    }
    offer = {f"offer-0-{name}": value for name, value in details.items()}
    need = {f"need-0-{name}": value for name, value in details.items()}

    client.submit(
        ITEMS,
        **{"offer-0-title": "Ore sorting", "offer-0-category": "technology", **offer},
        **{"need-0-title": "Seed money", "need-0-category": "funding", **need},
    )

    technology, funding = items_of(reload(aino))
    assert {name: getattr(technology, name) for name in details} == details
    assert (funding.stage, funding.ipr, funding.cooperation) == ("", "", [])
    assert (funding.partner_kinds, funding.partner_role) == (
        ["SME", "investor"],
        "Test it in a mine",
    )


def test_a_text_in_another_language_stands_beside_the_first(
    client: PageClient, aino: Participant
) -> None:
    client.submit(
        ITEMS,
        **{
            "need-0-title": "Kaivosveden puhdistus",
            "need-0-text": "Talvella",
            "need-0-language": "fi",
            "need-0-title_en": "Mine-water cleaning",
            "need-0-category": "technology",
            "need-0-partner_role": "Kokeilla kaivoksessa",
            "need-0-role_en": "Test it in a mine",
        },
    )

    [need] = items_of(reload(aino))
    english, swedish = need.text_in("en"), need.text_in("sv")
    assert (english.title, english.language) == ("Mine-water cleaning", "en")
    assert (english.text, english.text_language) == ("Talvella", "fi")
    assert (english.role, swedish.role) == ("Test it in a mine", "Kokeilla kaivoksessa")
    assert (swedish.title, swedish.language) == ("Kaivosveden puhdistus", "fi")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title_en": "Gold"}, "Say which language you wrote it in first"),
        ({"language": "en", "title_en": "Gold"}, "You wrote it first in this language already"),
        ({"language": "fi", "text_en": "Gold"}, "Say it in a few words in this language too."),
        ({"category": "gold"}, "Not a valid choice."),
    ],
)
def test_languages_that_do_not_fit_are_told(
    client: PageClient, aino: Participant, typed: dict[str, str], sentence: str
) -> None:
    row = {f"offer-0-{name}": value for name, value in typed.items()}

    page = client.submit(ITEMS, status=422, **{"offer-0-title": "Kulta", **row})

    assert sentence in page.text
    assert said(aino) == []


def test_others_see_what_the_profile_says_and_the_text_in_their_language(
    client: PageClient, aino: Participant
) -> None:
    lars = make_participant(aino.event, "Lars Kvist")
    item = make_item(lars, "offer", "Kaivosveden puhdistus", text="Talvella")
    item.category, item.stage, item.cooperation = "technology", "field", ["licence", "supply"]
    item.language, item.texts = "fi", {"en": {"title": "Mine-water cleaning", "text": ""}}
    db.session.commit()

    page = client.get(f"/e/kittila/people/{lars.id}")

    assert page.texts("//section[@aria-labelledby='offers']//h3") == ["Mine-water cleaning"]
    assert page.texts("//section[@aria-labelledby='offers']//p[@lang='fi']") == ["Talvella"]
    assert page.texts("//dl[@class='item-facts']/div") == [
        "What it isTechnology",
        "How far it is developedTested in the field",
        "Cooperation soughtLicence, Supply",
    ]
