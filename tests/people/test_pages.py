"""The list of people and the page of each."""

import pytest

from matchmaker.events.models import TypePermission
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.matching import queries_needs_met
from matchmaker.matching.jobs_needs_met import compare_items
from matchmaker.registration.models import Status
from tests.factories.events import (
    make_event,
    make_item,
    make_organisation,
    make_participant,
    make_user,
    make_wish,
)
from tests.pages.client import Page, PageClient
from tests.people.conftest import Kittila
from tests.query_counter import counted_queries

PEOPLE = "/e/kittila/people"


def names(page: Page) -> list[str]:
    return page.texts("//ul[@class='people']//h2")


def reasons_of(page: Page, person: str) -> list[str]:
    return page.texts(f"//li[.//h2='{person}']//li")


def facet(page: Page, label: str) -> dict[str, str]:
    links = page.find(f"//nav[@id='filters']//div[h3='{label}']//a")
    return {link.xpath("string(span[1])"): link.xpath("string(span[2])") for link in links}


def verdicts(page: Page) -> list[object]:
    """The forms by which one wishes or asks; a bookmark is neither."""
    return page.find("//main//form[@method='post' and not(@class='bookmark')]")


def test_those_with_most_reasons_come_first_and_say_them(kittila: Kittila) -> None:
    page = kittila.client.get(PEOPLE)

    assert page.heading == "People"
    assert names(page) == ["Aino Niskala", "Marek Zieliński"]
    assert reasons_of(page, "Aino Niskala") == [
        "You need Dry tailings treatment; they offer it",
        "You both work on Raw materials",
        "You come from different regions",
    ]
    assert reasons_of(page, "Marek Zieliński") == ["You come from different regions"]
    assert page.texts("//li[.//h2='Aino Niskala']//b") == [
        "Dry tailings treatment",
        "Raw materials",
    ]


def test_no_address_is_shown_anywhere(kittila: Kittila) -> None:
    for path in (PEOPLE, f"{PEOPLE}/{kittila.aino.id}", "/e/kittila/requests"):
        text = kittila.client.get(path).response.get_data(as_text=True)
        assert kittila.aino.user.email not in text
        assert kittila.marek.user.email not in text


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("type=cluster", ["Marek Zieliński"]),
        ("country=FI", ["Aino Niskala"]),
        ("topic=digital", ["Marek Zieliński"]),
        ("kind=offer", ["Aino Niskala"]),
        ("kind=need&topic=raw", []),
        ("q=zielinski", ["Marek Zieliński"]),
        ("q=KIERTO+oy", ["Aino Niskala"]),
        ("q=permitting", ["Marek Zieliński"]),
        ("q=%F0%9F%AA%A8", []),
        ("type=unheard&page=9", []),
        ("page=9", ["Aino Niskala", "Marek Zieliński"]),
    ],
)
def test_filters_and_search_narrow_the_list(kittila: Kittila, query: str, left: list[str]) -> None:
    page = kittila.client.get(f"{PEOPLE}?{query}")

    assert names(page) == left
    assert bool(page.texts("//h2[.='Nobody fits all of this']")) is not bool(left)


def test_each_filter_says_how_many_it_would_leave(kittila: Kittila) -> None:
    make_wish(kittila.sara, kittila.marek, "must")

    page = kittila.client.get(f"{PEOPLE}?type=SME")

    assert page.heading == "1 person found"
    assert facet(page, "Type") == {"SME": "1", "cluster": "1"}
    assert facet(page, "Country") == {"Finland": "1"}
    assert facet(page, "Topic") == {"Raw materials": "1"}
    assert facet(page, "Offers and needs") == {"Offers something": "1"}
    chosen = page.find("//nav[@id='filters']//a[@aria-current='true']")
    assert [(link.xpath("string(span[1])"), link.get("href")) for link in chosen] == [
        ("SME", PEOPLE)
    ]


def test_a_topic_holds_the_topics_below_it(kittila: Kittila) -> None:
    kittila.event.topics[1].parent = kittila.event.topics[0]
    db.session.commit()

    page = kittila.client.get(f"{PEOPLE}?topic=raw")

    assert names(page) == ["Aino Niskala", "Marek Zieliński"]


def test_only_listed_and_approved_people_of_the_event_appear(kittila: Kittila) -> None:
    hidden = make_participant(kittila.event, "Hidden", listed=False)
    waiting = make_participant(kittila.event, "Waiting", status=Status.PENDING)
    stranger = make_participant(make_event("kokkola"), "Stranger")

    assert names(kittila.client.get(PEOPLE)) == ["Aino Niskala", "Marek Zieliński"]
    for person in (hidden, waiting, stranger, kittila.sara):
        kittila.client.get(f"{PEOPLE}/{person.id}", status=404)


def test_the_matrix_of_types_hides_whom_one_may_not_meet(kittila: Kittila) -> None:
    db.session.query(TypePermission).delete()
    cell = TypePermission(type_id=kittila.marek.type_id, other_id=kittila.sara.type_id)
    db.session.add(cell)
    db.session.commit()

    assert names(kittila.client.get(PEOPLE)) == ["Marek Zieliński"]
    kittila.client.get(f"{PEOPLE}/{kittila.aino.id}", status=404)


def test_colleagues_are_shown_without_a_meeting(kittila: Kittila) -> None:
    colleague = make_participant(
        kittila.event, "Per Kollega", organisation=kittila.sara.organisation
    )
    sentence = "You are of the same organisation: no meeting is planned."

    card = kittila.client.get(PEOPLE).find("//li[.//h2='Per Kollega']")[0]
    page = kittila.client.get(f"{PEOPLE}/{colleague.id}")

    assert card.xpath("string(.//p[@class='quiet'])") == sentence
    assert card.xpath(".//form[@class='wish'] | .//li") == []
    assert sentence in page.text
    assert verdicts(page) == []


def test_they_want_to_meet_you_is_said_but_not_how_much(kittila: Kittila) -> None:
    seen = []
    for level in ("want", "must"):
        wish = make_wish(kittila.marek, kittila.sara, level)
        seen.append((page := kittila.client.get(PEOPLE)).text)
        db.session.delete(wish)
        db.session.commit()

    assert reasons_of(page, "Marek Zieliński")[0] == "They want to meet you"
    assert seen[0] == seen[1]


def test_pressing_a_button_moves_nobody_in_the_list(kittila: Kittila) -> None:
    before = names(kittila.client.get(PEOPLE))
    make_wish(kittila.sara, kittila.marek, "must")

    page = kittila.client.get(PEOPLE)

    assert names(page) == before
    assert reasons_of(page, "Marek Zieliński") == ["You come from different regions"]


def test_a_page_holds_twenty_and_keeps_the_filters(kittila: Kittila) -> None:
    for n in range(22):
        make_participant(kittila.event, f"Person {n:02}", type_name="policymaker")

    first = kittila.client.get(f"{PEOPLE}?type=policymaker")
    second = kittila.client.get(f"{PEOPLE}?type=policymaker&page=2")

    assert names(first) == [f"Person {n:02}" for n in range(20)]
    assert names(second) == ["Person 20", "Person 21"]
    assert first.find("//a[@rel='next']/@href") == [f"{PEOPLE}?type=policymaker&page=2"]


def test_more_people_cost_no_more_queries(kittila: Kittila) -> None:
    few = count_queries(kittila)
    for n in range(30):
        person = make_participant(kittila.event, f"Person {n}")
        make_item(person, "offer", "Drone surveys")
        make_wish(person, kittila.sara)
        make_wish(kittila.sara, person)

    assert count_queries(kittila) == few


def count_queries(kittila: Kittila) -> list[int]:
    counts = []
    for path in (PEOPLE, f"{PEOPLE}/{kittila.aino.id}", "/e/kittila/requests"):
        db.session.rollback()
        with counted_queries() as statements:
            kittila.client.get(path)
        counts.append(len(statements))
    return counts


def test_without_offers_and_needs_the_page_says_what_to_do(kittila: Kittila) -> None:
    newcomer = make_participant(kittila.event, "Jón Þór")

    page = PageClient(kittila.client.app).sign_in(newcomer.user).get(PEOPLE)

    assert page.heading == "People"
    assert page.find("//a[.='Add offers and needs']/@href") == [
        "/e/kittila/register/offers-and-needs"
    ]


def test_somebody_unlisted_is_told_that_nobody_sees_them(kittila: Kittila) -> None:
    kittila.sara.listed_at = None
    db.session.commit()

    page = kittila.client.get(PEOPLE)

    assert page.texts("//section/h2")[0] == "Others cannot see you"
    assert names(page) == ["Aino Niskala", "Marek Zieliński"]


def test_before_wishes_open_people_are_shown_without_buttons(kittila: Kittila) -> None:
    make_wish(kittila.sara, kittila.aino, "must")
    kittila.event.phase = Phase.REGISTRATION
    db.session.commit()

    page = kittila.client.get(PEOPLE)

    assert "Wishes are not open yet" in page.texts("//*[@role='alert']")[0]
    assert "You said: must" in page.text
    assert verdicts(page) == []
    person = kittila.client.get(f"{PEOPLE}/{kittila.aino.id}")
    assert verdicts(person) == []


def test_an_event_of_one_says_so(kittila: Kittila) -> None:
    alone = make_participant(make_event("kokkola"), "Alone")

    page = PageClient(kittila.client.app).sign_in(alone.user).get("/e/kokkola/people")

    assert "Nobody to see yet" in page.texts("//h2")


def test_a_persons_page_says_who_and_why(kittila: Kittila) -> None:
    kittila.aino.languages = ["fi", "en"]
    kittila.aino.organisation.website = "javascript:alert(1)"
    kittila.aino.organisation.description = "Turns <side rock> into aggregate"
    db.session.commit()

    page = kittila.client.get(f"{PEOPLE}/{kittila.aino.id}")

    assert page.heading == "Aino Niskala"
    assert "Pohjolan Kierto Oy · SME · Finland" in page.text
    assert "Finnish, English" in page.text
    assert "Turns <side rock> into aggregate" in page.text
    assert page.texts("//section[@aria-labelledby='offers']//h3") == ["Dry tailings treatment"]
    assert page.find("//a[starts-with(@href, 'javascript')]") == []


@pytest.mark.parametrize("path", ["people", "people/{id}", "requests"])
def test_strangers_see_nothing(kittila: Kittila, path: str) -> None:
    address = f"/e/kittila/{path.format(id=kittila.aino.id)}"
    make_wish(kittila.aino, kittila.marek)
    elsewhere = make_participant(make_event("kokkola"), "Elsewhere")
    pending = make_participant(kittila.event, "Pending", status=Status.PENDING)

    for user, status in ((make_user("Nobody"), 404), (elsewhere.user, 404), (pending.user, 302)):
        page = PageClient(kittila.client.app).sign_in(user).get(address, status=status)
        assert "Aino Niskala" not in page.response.get_data(as_text=True)
    nobody = PageClient(kittila.client.app).get(address, status=302)
    assert nobody.response.headers["Location"].startswith("/sign-in?next=/e/kittila/")
    PageClient(kittila.client.app).sign_in(elsewhere.user).get(
        f"/e/kokkola/people/{kittila.aino.id}", status=404
    )


def test_one_organisation_in_two_countries_is_one(kittila: Kittila) -> None:
    kittila.aino.organisation = make_organisation("NORRBOTTEN gruv", country="FI")
    db.session.commit()

    card = kittila.client.get(PEOPLE).find("//li[.//h2='Aino Niskala']")[0]

    assert "no meeting is planned" in card.xpath("string(.)")


def test_the_list_says_while_who_fits_is_still_being_worked_out(
    kittila: Kittila, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "Who fits them is still being worked out"
    at_once = kittila.client.get(PEOPLE).text
    monkeypatch.setattr(queries_needs_met, "MOST_COMPARED_AT_ONCE", 0)
    before, before_it = (
        kittila.client.get(f"{PEOPLE}{path}").text for path in ("", "/recommended")
    )
    compare_items(kittila.event.id)
    after = kittila.client.get(PEOPLE).text
    make_item(kittila.marek, "offer", "Winter roads")
    changed = kittila.client.get(PEOPLE).text

    assert [told in page for page in (at_once, before, before_it, after, changed)] == [
        *(False, True, True, False, True)
    ]
