"""Which offers meet which needs, measured on a list labelled by hand."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from matchmaker.matching.similarity import matches
from matchmaker.matching.snapshot import Item, Topic
from matchmaker.own_texts import OwnText
from tests.matching.small import TOPICS, need, offer

LABELLED = Path(__file__).with_name("labelled.csv")


def meets(offered: Item, needed: Item) -> bool:
    return len(matches((offered,), (needed,), TOPICS).offers) == 1


def labelled() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [r for r in rows if r["kind"] == "offer"], [r for r in rows if r["kind"] == "need"]


def found_and_true() -> tuple[set[tuple[str, str, bool]], set[tuple[str, str, bool]]]:
    """Offer, need, and whether under one topic: as matched, and as labelled."""
    offers, needs = labelled()
    topics = tuple(Topic(name, name) for name in sorted({row["topic"] for row in offers + needs}))
    match = matches(
        tuple(offer(row["title"], row["topic"], row["text"]) for row in offers),
        tuple(need(row["title"], row["topic"], row["text"]) for row in needs),
        topics,
    )
    found = {
        (offers[o]["id"], needs[n]["id"], offers[o]["topic"] == needs[n]["topic"])
        for o, n in zip(match.offers, match.needs, strict=True)
    }
    topic = {row["id"]: row["topic"] for row in offers}
    true = {
        (met, row["id"], topic[met] == row["topic"])
        for row in needs
        for met in row["met_by"].split()
    }
    return found, true


@pytest.mark.parametrize(
    ("one_topic", "found_right", "found_wrong", "missed"), [(True, 44, 3, 7), (False, 7, 1, 10)]
)
def test_the_thresholds_do_on_the_labelled_list_what_the_documentation_says(
    one_topic: bool, found_right: int, found_wrong: int, missed: int
) -> None:
    found, true = ({m for m in side if m[2] is one_topic} for side in found_and_true())

    assert (len(found & true), len(found - true), len(true - found)) == (
        found_right,
        found_wrong,
        missed,
    )


@pytest.mark.parametrize(
    ("offered", "needed"),
    [
        ("Kaivosvesien puhdistus", "Kaivosveden puhdistaminen talvella"),
        ("Betonia sivukivestä", "Sivukiven käyttö betonissa"),
        ("Återvinning av litiumbatterier", "Återvinnare av batterier"),
    ],
)
def test_endings_and_compounds_do_not_hide_a_word(offered: str, needed: str) -> None:
    assert meets(offer(offered), need(needed))


@pytest.mark.parametrize(
    ("offered", "needed"),
    [
        ("Automation för gruvor", "Kaivosautomaatio"),
        ("Hydrometallurgical recovery of cobalt", "Hydrometallurgia ja koboltti"),
        ("Digital twin of a plant", "Digitaalinen kaksonen"),
        ("Återvinning av litiumbatterier", "Recycling of lithium batteries"),
    ],
)
def test_loan_words_carry_a_match_across_languages_under_one_topic(
    offered: str, needed: str
) -> None:
    assert meets(offer(offered, "raw"), need(needed, "tailings"))


def test_a_topic_alone_does_not_meet_a_need() -> None:
    assert not meets(offer("Dry stacking", "tailings"), need("Sulphate measurements", "tailings"))


def test_neighbouring_topics_ask_for_closer_words() -> None:
    offered = "Drone surveys for stockpiles and pits"
    needed = "Drone measurements of an open pit"

    assert meets(offer(offered, "raw"), need(needed, "tailings"))
    assert not meets(offer(offered, "batteries"), need(needed, "tailings"))
    assert not meets(offer(offered), need(needed))


def test_texts_without_a_word_meet_nothing() -> None:
    assert not meets(offer("–"), need("?"))


def test_a_market_larger_than_one_step_is_matched_whole() -> None:
    offers = tuple(offer("Drone surveys", text="") for _ in range(1030))

    found = matches(offers, (need("Graphite"), need("Drone surveys")), ())

    assert found.offers.tolist() == list(range(1030))
    assert set(found.needs.tolist()) == {1}


def test_topics_in_a_circle_do_not_hang() -> None:
    circle = (Topic("a", "A", parent="b"), Topic("b", "B", parent="a"))

    found = matches((offer("Drone surveys", "a"),), (need("Drone surveys", "b"),), circle)

    assert found.offers.tolist() == [0]


def test_what_is_said_in_several_languages_is_met_in_each() -> None:
    water = offer("Kaivosveden puhdistus", "raw", "Talvella ja kesällä, kaivoksella")
    both = replace(water, language="fi", texts=(OwnText("en", "Mine-water cleaning"),))
    asked = need("Cleaning of mine water")

    assert (meets(water, asked), meets(both, asked)) == (False, True)
    assert meets(both, need("Kaivosveden puhdistaminen"))


def test_a_further_language_takes_no_match_away() -> None:
    offers = tuple(offer(title, "raw") for title in ("Drone surveys", "Ore sorting", "Mill repair"))
    needs = tuple(need(title) for title in ("Ore-sorting sensors", "Survey by drone"))
    more = (OwnText("sv", "Något helt annat", "Som ingen frågar efter"),)

    alone = matches(offers, needs, TOPICS)
    beside = matches(tuple(replace(each, texts=more) for each in offers), needs, TOPICS)

    assert list(zip(beside.offers, beside.needs, strict=True)) == [(0, 1), (1, 0)]
    assert list(zip(alone.offers, alone.needs, strict=True)) == [(0, 1), (1, 0)]
