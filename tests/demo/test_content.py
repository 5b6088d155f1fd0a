"""What the people of the demonstration say and where they come from: the promised size and mix."""

import re
from collections import Counter

import pytest

from matchmaker.demo.event import DemoEvent
from matchmaker.demo.naming import email, slug, website
from matchmaker.demo.written import WrittenItem, read_needs, read_offers
from matchmaker.matching.snapshot import Person

HOST_REGIONS = {"FI1D3", "FI1D5", "FI1D7", "FI1D8", "FI1D9"}


def test_150_approved_participants_come_in_a_believable_mix(demo: DemoEvent) -> None:
    mix = Counter(person.type for person in demo.snapshot.people)

    assert mix == {
        "Cluster": 40,
        "Policymaker": 20,
        "SME": 55,
        "Research": 15,
        "Investor": 8,
        "Support organisation": 12,
    }


def test_types_are_those_of_the_people_in_the_order_of_the_pages(demo: DemoEvent) -> None:
    assert demo.types == (
        "Cluster",
        "Policymaker",
        "SME",
        "Research",
        "Investor",
        "Support organisation",
    )


def test_they_come_from_18_countries_and_40_per_cent_from_the_host_regions(
    demo: DemoEvent,
) -> None:
    regions = Counter(person.region for person in demo.snapshot.people)

    at_home = {region: regions[region] for region in HOST_REGIONS}

    assert len({person.country for person in demo.snapshot.people}) == 18
    assert sum(at_home.values()) >= 60
    assert max(regions, key=lambda region: regions[region]) == "FI1D7"
    assert min(at_home.values()) >= 9


def test_some_20_organisations_send_two_people(demo: DemoEvent) -> None:
    sent = Counter(person.organisation for person in demo.snapshot.people)

    assert Counter(sent.values()) == {1: 110, 2: 20}


def test_people_say_at_least_60_different_offers_and_needs(demo: DemoEvent) -> None:
    items = [item for person in demo.snapshot.people for item in person.items]

    assert len({item.title for item in items if item.kind == "offer"}) >= 60
    assert len({item.title for item in items if item.kind == "need"}) >= 60


def test_every_topic_below_the_roots_is_used_by_an_offer_and_by_a_need(demo: DemoEvent) -> None:
    said = {(item.kind, item.topic) for person in demo.snapshot.people for item in person.items}

    branches = [topic.id for topic in demo.snapshot.topics if topic.parent]

    assert said == {(kind, branch) for kind in ("offer", "need") for branch in branches}


def test_topics_are_three_roots_with_five_branches_each(demo: DemoEvent) -> None:
    roots = {topic.id: topic.name for topic in demo.snapshot.topics if topic.parent is None}
    branches = Counter(topic.parent for topic in demo.snapshot.topics if topic.parent)

    assert list(roots.values()) == ["Circular economy", "Digitalisation", "Raw materials"]
    assert branches == dict.fromkeys(roots, 5)


@pytest.mark.parametrize("items", [read_offers(), read_needs()], ids=["offers", "needs"])
def test_written_items_have_their_own_short_title_and_a_text(items: dict[str, WrittenItem]) -> None:
    titles = [item.title for item in items.values()]

    assert len(set(titles)) == len(titles) >= 70
    assert max(map(len, titles)) <= 90
    assert all(20 < len(item.text) < 250 for item in items.values())
    assert {item.language for item in items.values()} == {"en", "fi", "sv"}


def test_every_need_is_met_by_offers_that_exist_and_every_offer_meets_one() -> None:
    meeting = {key for need in read_needs().values() for key in need.met_by}

    assert all(need.met_by for need in read_needs().values())
    assert meeting == set(read_offers())


def test_everybody_says_what_their_type_place_and_languages_suggest(
    everybody: list[Person],
) -> None:
    written = {item.title: item for item in (*read_offers().values(), *read_needs().values())}

    misfits = [
        (person.name, item.title)
        for person in everybody
        for item in person.items
        if not written[item.title].fits(person.type, person.country, person.languages)
    ]

    assert misfits == []


def test_nobody_needs_what_their_own_organisation_offers(demo: DemoEvent) -> None:
    offers = {item.title: item.key for item in read_offers().values()}
    met_by = {item.title: set(item.met_by) for item in read_needs().values()}

    offered, sought = set(), set()
    for person in demo.snapshot.people:
        for item in person.items:
            if item.kind == "offer":
                offered.add((person.organisation, offers[item.title]))
            else:
                sought |= {(person.organisation, key) for key in met_by[item.title]}

    assert offered & sought == set()


def test_names_ids_and_mail_addresses_are_unique(demo: DemoEvent, everybody: list[Person]) -> None:
    assert len({person.id for person in everybody}) == 153
    assert len({person.name for person in everybody}) == 153
    assert len({person.email for person in everybody}) == 153
    assert len({organisation.name for organisation in demo.organisations}) == 133
    assert len({organisation.website for organisation in demo.organisations}) == 133


def test_ids_are_safe_as_file_names_and_fit_the_database(everybody: list[Person]) -> None:
    for person in everybody:
        assert re.fullmatch(r"[a-z][a-z-]{2,59}", person.id)


def test_no_address_could_be_a_real_one(demo: DemoEvent, everybody: list[Person]) -> None:
    mails = [person.email for person in everybody]
    sites = [organisation.website for organisation in demo.organisations]

    for mail in (*mails, demo.organiser.email, demo.snapshot.organiser_email):
        assert re.fullmatch(r"[a-z.]+@[a-z-]{3,63}\.example", mail)
    for site in sites:
        assert re.fullmatch(r"https://[a-z-]{3,63}\.example", site)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Agnieszka Wrona", "agnieszka-wrona"),
        ("Marek Zieliński", "marek-zielinski"),
        ("Øystein Dæhlen", "oystein-daehlen"),
        ("Inka-Maria Näkkäläjärvi", "inka-maria-nakkalajarvi"),
        ("  Łódź & Straße  ", "lodz-strasse"),
    ],
)
def test_slugs_keep_names_readable_in_plain_letters(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_addresses_leave_the_legal_form_out() -> None:
    assert website("Hałda Nowa sp. z o.o.") == "https://halda-nowa.example"
    assert email("Ondřej Vaněček", "Slídolit s.r.o.") == "ondrej.vanecek@slidolit.example"


def test_region_codes_are_of_level_3_and_agree_with_the_country(
    demo: DemoEvent, everybody: list[Person]
) -> None:
    places = {(organisation.country, organisation.region) for organisation in demo.organisations}
    places |= {(person.country, person.region) for person in everybody}

    for country, region in places:
        assert re.fullmatch(rf"{'EL' if country == 'GR' else country}[0-9A-Z]{{3}}", region)


def test_organisations_are_those_of_the_people(demo: DemoEvent, everybody: list[Person]) -> None:
    of_people = {(person.organisation, person.country, person.region) for person in everybody}

    assert of_people == {(o.name, o.country, o.region) for o in demo.organisations}


def test_organisations_are_of_a_kind_and_describe_themselves(demo: DemoEvent) -> None:
    kinds = Counter(organisation.kind for organisation in demo.organisations)

    assert kinds == {
        "cluster": 34,
        "public authority": 16,
        "SME": 53,
        "research body": 12,
        "investor": 8,
        "support organisation": 10,
    }
    assert min(len(organisation.description) for organisation in demo.organisations) > 30
