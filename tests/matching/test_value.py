"""What a meeting is worth: exact reasons and points of small events."""

from dataclasses import replace

import pytest

from matchmaker.events.weights import Weights
from matchmaker.matching.candidates import candidates
from matchmaker.matching.outcome import PairValue, Reason
from matchmaker.matching.reasons import between, met_of, stock_of
from matchmaker.matching.snapshot import Settings, Snapshot
from matchmaker.matching.value import pair_values, values_for
from tests.matching.small import event, need, offer, people, person, wishes


def only_pair(snapshot: Snapshot) -> PairValue:
    (pair,) = pair_values(snapshot)
    return pair


def test_wishes_of_both_sides_add_up() -> None:
    said = (*wishes("b>a", level="must"), *wishes("a>b"))

    pair = only_pair(event(*people("a b"), wishes=said))

    assert pair == PairValue("a", "b", (Reason("want", 12, "a"), Reason("must", 30, "b")))
    assert pair.value == 42


def test_a_request_accepted_both_ways_counts_once() -> None:
    pair = only_pair(event(*people("a b"), accepted=frozenset({("a", "b"), ("b", "a")})))

    assert pair.reasons == (Reason("accepted", 20),)


def test_an_offer_that_meets_a_need_names_both_and_who_needs() -> None:
    pair = only_pair(
        event(
            person("a", need("Dry tailings treatment", "tailings")),
            person("b", offer("Treatment of tailings, dry", "raw")),
        )
    )

    assert pair.reasons == (
        Reason(
            "offer_meets_need",
            10,
            person="a",
            offer="Treatment of tailings, dry",
            need="Dry tailings treatment",
            topic="tailings",
        ),
        Reason("same_topic", 3, topic="raw"),
    )


def test_offers_count_in_both_directions() -> None:
    pair = only_pair(
        event(
            person("a", need("Drone surveys"), offer("Graphite anodes")),
            person("b", offer("Drone surveys"), need("Graphite anodes")),
        )
    )

    assert [(reason.person, reason.need) for reason in pair.reasons] == [
        ("a", "Drone surveys"),
        ("b", "Graphite anodes"),
    ]


def test_many_offers_of_one_thing_meet_a_need_once() -> None:
    talkative = [offer("Mine-water monitoring", text=str(number)) for number in range(20)]

    pair = only_pair(event(person("a", need("Mine-water monitoring")), person("b", *talkative)))

    assert pair.value == 10


def test_one_offer_serves_one_need() -> None:
    many = [need("Mine-water monitoring", text=str(number)) for number in range(5)]

    pair = only_pair(event(person("a", *many), person("b", offer("Mine-water monitoring"))))

    assert pair.value == 10


def test_at_most_three_needs_of_a_side_count() -> None:
    titles = ["Drone surveys", "Graphite anodes", "Slag binder", "Biochar filters", "Core logging"]

    pair = only_pair(event(person("a", *map(need, titles)), person("b", *map(offer, titles))))

    assert pair.value == 30


def test_the_offer_most_alike_is_named() -> None:
    pair = only_pair(
        event(
            person("a", need("Drone surveys of pits")),
            person("b", offer("Drone surveys of forests"), offer("Drone surveys of pits")),
        )
    )

    assert [reason.offer for reason in pair.reasons] == ["Drone surveys of pits"]


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (["tailings"], ["tailings"], "tailings"),
        (["raw"], ["tailings"], "raw"),
        (["raw", "tailings"], ["raw", "tailings"], "tailings"),
    ],
)
def test_the_deepest_shared_topic_is_the_reason(
    one: list[str], other: list[str], shared: str
) -> None:
    pair = only_pair(
        event(
            person("a", *[offer("Wind", topic) for topic in one]),
            person("b", *[offer("Snow", topic) for topic in other]),
        )
    )

    assert pair.reasons == (Reason("same_topic", 3, topic=shared),)


@pytest.mark.parametrize("other", ["batteries", "digital", ""])
def test_neighbouring_topics_are_not_the_same(other: str) -> None:
    snapshot = event(person("a", offer("Wind", "tailings")), person("b", offer("Snow", other)))

    assert pair_values(snapshot) == ()


def test_preferred_types_count_whichever_way_round() -> None:
    settings = Settings(consent="suggest", preferred=frozenset({("SME", "cluster")}))

    pair = only_pair(event(person("a", type="cluster"), person("b"), settings=settings))

    assert pair.reasons == (Reason("type_preference", 4),)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (("FI", "FI1D7"), ("FI", "FI1D8"), True),
        (("FI", "FI1D7"), ("FI", "FI1D"), False),
        (("FI", "FI1D7"), ("FI", ""), False),
        (("FI", ""), ("SE", "SE332"), True),
        (("FI", ""), ("", ""), False),
    ],
)
def test_regions_differ_where_neither_lies_in_the_other(
    one: tuple[str, str], other: tuple[str, str], apart: bool
) -> None:
    snapshot = event(
        person("a", country=one[0], region=one[1]), person("b", country=other[0], region=other[1])
    )

    assert [pair.reasons for pair in pair_values(snapshot)] == (
        [(Reason("different_regions", 2),)] if apart else []
    )


def test_a_reason_without_weight_is_no_reason() -> None:
    weights = Weights(offer_meets_need=0, same_topic=0, type_preference=0, different_regions=0)
    snapshot = event(
        person("a", need("Drone surveys", "raw"), region="FI1D7"),
        person("b", offer("Drone surveys", "raw"), region="FI1D8", type="cluster"),
        settings=Settings(
            consent="suggest", weights=weights, preferred=frozenset({("SME", "cluster")})
        ),
    )

    assert pair_values(snapshot) == ()


@pytest.mark.parametrize("change", [{"want": 0}, {"same_topic": -1}, {"must": 1001}])
def test_weights_out_of_range_are_refused(change: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=f"The weight of {next(iter(change))} is a number from"):
        Weights(**change)


def test_a_reader_sees_everyone_the_event_lets_them_meet() -> None:
    snapshot = event(
        person("a"),
        person("b", organisation="A Oy"),
        *people("c d"),
        wishes=wishes("c>a"),
        settings=Settings(consent="accepted"),
    )

    assert values_for(snapshot, "a") == {
        "c": PairValue("a", "c", (Reason("want", 12, "c"),)),
        "d": PairValue("a", "d", ()),
    }


def test_no_reader_can_tell_a_no_from_silence() -> None:
    silent = event(*people("a b c"), wishes=wishes("a>b"))
    refused = event(*people("a b c"), wishes=(*wishes("a>b"), *wishes("b>a c>a", level="no")))

    assert values_for(refused, "a") == values_for(silent, "a")


def test_what_a_run_keeps_of_those_who_may_meet_gives_the_same_values() -> None:
    attending = (
        person("a", offer("Dry tailings treatment"), need("Ore sorting")),
        person("b", need("Tailings treatment, dry"), offer("Sorting of ore")),
        person("c", need("Dry tailings treatment")),
    )
    snapshot = event(*attending, wishes=wishes("a>b"), settings=Settings(consent="wishes"))

    stock = stock_of(attending, snapshot.topics)
    met = met_of(attending, between(stock, attending, candidates(snapshot)))

    assert {(each.offerer, each.needer) for each in met} == {("a", "b"), ("b", "a")}
    assert pair_values(replace(snapshot, met=met)) == pair_values(snapshot)
    assert [why.kind for why in only_pair(snapshot).reasons].count("offer_meets_need") == 2
