"""Reasons in words: right for who reads them, and never telling who did not wish."""

import pytest

from matchmaker.matching.outcome import PairValue, Reason, Unplaced
from matchmaker.matching.words import Names, Part, for_organiser, for_reader, text, why_not
from tests.matching.small import event, person

NAMES = Names.of(event(person("a", name="Aino Niskala"), person("m", name="Marek Zieliński")))
NEED = Reason("offer_meets_need", 10, "a", offer="Dry stacking", need="Tailings treatment")


def pair(*reasons: Reason) -> PairValue:
    return PairValue("a", "m", reasons)


def read(*reasons: Reason, reader: str) -> list[str]:
    return [text(sentence) for sentence in for_reader(pair(*reasons), reader, NAMES, str)]


def organise(*reasons: Reason) -> list[str]:
    return [text(sentence) for sentence in for_organiser(pair(*reasons), NAMES, str)]


def test_the_words_that_match_are_strong() -> None:
    (sentence,) = for_reader(pair(NEED), "a", NAMES, str)

    assert sentence.parts == (
        Part("You need ", strong=False),
        Part("Tailings treatment", strong=True),
        Part("; they offer ", strong=False),
        Part("Dry stacking", strong=True),
    )


@pytest.mark.parametrize(
    ("reader", "offer", "words"),
    [
        ("a", "Dry stacking", "You need “Tailings treatment”; they offer “Dry stacking”"),
        ("m", "Dry stacking", "They need “Tailings treatment”; you offer “Dry stacking”"),
        ("a", "tailings treatment ", "You need “Tailings treatment”; they offer it"),
        ("m", "tailings treatment ", "They need “Tailings treatment”; you offer it"),
    ],
)
def test_needs_and_offers_read_from_either_side(reader: str, offer: str, words: str) -> None:
    reason = Reason("offer_meets_need", 10, "a", offer=offer, need="Tailings treatment")

    assert read(reason, reader=reader) == [words]


@pytest.mark.parametrize(("reader", "tone"), [("a", "offer"), ("m", "need")])
def test_the_tone_tells_who_brings_what_the_other_needs(reader: str, tone: str) -> None:
    both_work_on = Reason("same_topic", 3, topic="tailings")

    sentences = for_reader(pair(NEED, both_work_on), reader, NAMES, str)

    assert [sentence.tone for sentence in sentences] == [tone, ""]


@pytest.mark.parametrize(
    ("wishers", "words"),
    [
        ("am", ["You both want to meet"]),
        ("a", ["You want to meet them"]),
        ("m", ["They want to meet you"]),
        ("", []),
    ],
)
@pytest.mark.parametrize("level", ["must", "want"])
def test_wishes_read_the_same_at_any_level(wishers: str, words: list[str], level: str) -> None:
    wishes = [Reason(level, 12, person=wisher) for wisher in wishers]  # type: ignore[arg-type]

    assert read(*wishes, reader="a") == words


def test_what_both_share_reads_the_same_for_both() -> None:
    shared = (
        Reason("accepted", 20),
        Reason("same_topic", 3, topic="tailings"),
        Reason("type_preference", 4),
        Reason("different_regions", 2),
    )

    assert read(*shared, reader="a") == read(*shared, reader="m")
    assert read(*shared, reader="a") == [
        "You agreed to meet",
        "You both work on “Tailings”",
        "The organisers bring your two types of participant together",
        "You come from different regions",
    ]


def test_the_organiser_reads_names_and_levels() -> None:
    assert organise(
        Reason("must", 30, "m"),
        Reason("want", 12, "a"),
        Reason("accepted", 20),
        NEED,
        Reason("offer_meets_need", 10, "m", offer="Training", need="training"),
        Reason("same_topic", 3, topic="tailings"),
        Reason("type_preference", 4),
        Reason("different_regions", 2),
    ) == [
        "Marek Zieliński must meet Aino Niskala",
        "Aino Niskala wants to meet Marek Zieliński",
        "They agreed to meet",
        "Aino Niskala needs “Tailings treatment”, Marek Zieliński offers “Dry stacking”",
        "Marek Zieliński needs “training”, Aino Niskala offers it",
        "Both work on “Tailings”",
        "The event brings their two types of participant together",
        "They come from different regions",
    ]


def test_titles_that_look_like_placeholders_stay_as_they_are() -> None:
    reason = Reason("offer_meets_need", 10, "a", offer="100 % %(need)s", need="%s")

    assert read(reason, reader="a") == ["You need “%s”; they offer “100 % %(need)s”"]


def test_a_translation_may_turn_the_words_round() -> None:
    finnish = {
        "You need %(need)s; they offer %(offer)s": "He tarjoavat: %(offer)s; tarvitset: %(need)s"
    }

    (sentence,) = for_reader(pair(NEED), "a", NAMES, lambda message: finnish.get(message, message))

    assert text(sentence) == "He tarjoavat: “Dry stacking”; tarvitset: “Tailings treatment”"


def test_names_that_are_gone_leave_their_ids() -> None:
    reason = Reason("same_topic", 3, topic="removed")

    assert read(reason, reader="a") == ["You both work on “removed”"]


@pytest.mark.parametrize(
    ("unplaced", "words"),
    [
        (Unplaced(pair(), "never_free_together"), ["They are never free at the same time"]),
        (Unplaced(pair(), "tables_full"), ["No meeting point is free at any time both are"]),
        (Unplaced(pair(), "person_full"), ["No room left in their agendas"]),
        (
            Unplaced(pair(), "person_full", full=("m",), cost=12),
            ["Marek Zieliński has no room left", "Fitting it in would cost at most 12 in value"],
        ),
        (
            Unplaced(pair(), "person_full", full=("a", "m")),
            ["Neither has room left"],
        ),
        (
            Unplaced(pair(), "costs_more"),
            ["Fitting it in would push out meetings worth more"],
        ),
        (Unplaced(pair(), "costs_more", cost=3), ["Fitting it in would cost at most 3 in value"]),
        (
            Unplaced(pair(), "tables_full", cost=0),
            [
                "No meeting point is free at any time both are",
                "It could take the place of others without loss",
            ],
        ),
    ],
)
def test_the_organiser_reads_why_a_wish_did_not_fit(unplaced: Unplaced, words: list[str]) -> None:
    assert [text(sentence) for sentence in why_not(unplaced, NAMES, str)] == words
