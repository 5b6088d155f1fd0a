"""Who may meet whom: nobody who said no, no colleagues, and only as the event's consent has it."""

import pytest

from matchmaker.matching.candidates import candidates, in_order
from matchmaker.matching.snapshot import CONSENTS, Consent, Settings, Snapshot
from tests.matching.small import event, people, person, wishes


def pairs(snapshot: Snapshot) -> set[str]:
    ids = [one.id for one in in_order(snapshot.people)]
    return {f"{ids[one]} {ids[other]}" for one, other in candidates(snapshot).tolist()}


@pytest.mark.parametrize(
    ("consent", "expected"),
    [
        ("accepted", {"a b"}),
        ("wishes", {"a b", "b c"}),
        ("suggest", {"a b", "a c", "a d", "b c", "b d", "c d"}),
    ],
)
def test_consent_decides_how_much_must_have_been_wished(
    consent: Consent, expected: set[str]
) -> None:
    said = (*wishes("a>b"), *wishes("b>a c>b", level="must"))

    snapshot = event(*people("a b c d"), wishes=said, settings=Settings(consent=consent))

    assert pairs(snapshot) == expected


@pytest.mark.parametrize("consent", CONSENTS)
@pytest.mark.parametrize("refusal", ["a>b", "b>a"])
def test_a_no_of_either_side_is_final(consent: Consent, refusal: str) -> None:
    reverse = ">".join(reversed(refusal.split(">")))
    said = (*wishes(refusal, level="no"), *wishes(reverse, level="must"))

    snapshot = event(
        *people("a b"),
        wishes=said,
        accepted=frozenset({("a", "b")}),
        settings=Settings(consent=consent),
    )

    assert pairs(snapshot) == set()


@pytest.mark.parametrize("consent", ["accepted", "wishes"])
def test_an_accepted_request_is_consent_of_both(consent: Consent) -> None:
    snapshot = event(
        *people("a b c"), accepted=frozenset({("c", "a")}), settings=Settings(consent=consent)
    )

    assert pairs(snapshot) == {"a c"}


@pytest.mark.parametrize(
    "name",
    ["Pohjolan Kierto Oy", " pohjolan  kierto\tOY ", "POHJOLAN KIERTO OY", "Pohjölan Kiérto Oy"],
)
def test_two_people_of_one_organisation_never_meet(name: str) -> None:
    snapshot = event(
        person("a", organisation="Pohjolan Kierto Oy"),
        person("b", organisation=name),
        person("c"),
        wishes=wishes("a>b b>a", level="must"),
    )

    assert pairs(snapshot) == {"a c", "b c"}


def test_a_name_spelt_with_combining_marks_is_the_same_name() -> None:
    snapshot = event(person("a", organisation="Kittilä"), person("b", organisation="Kittila\u0308"))

    assert pairs(snapshot) == set()


def test_people_without_an_organisation_are_no_colleagues() -> None:
    snapshot = event(person("a", organisation=" "), person("b", organisation=""))

    assert pairs(snapshot) == {"a b"}


def test_types_that_may_meet_in_one_direction_may_meet() -> None:
    settings = Settings(consent="suggest", may_meet=frozenset({("SME", "cluster")}))

    snapshot = event(*people("a b"), person("c", type="cluster"), settings=settings)

    assert pairs(snapshot) == {"a c", "b c"}


def test_a_wish_does_not_lift_the_rule_of_types() -> None:
    settings = Settings(may_meet=frozenset({("SME", "cluster")}))

    snapshot = event(*people("a b"), wishes=wishes("a>b b>a", level="must"), settings=settings)

    assert pairs(snapshot) == set()


def test_wishes_and_requests_of_people_who_left_count_for_nothing() -> None:
    snapshot = event(
        *people("a b"),
        wishes=wishes("a>gone gone>b"),
        accepted=frozenset({("gone", "a")}),
        settings=Settings(consent="wishes"),
    )

    assert pairs(snapshot) == set()


def test_nobody_is_a_candidate_of_an_empty_event() -> None:
    assert pairs(event()) == set()


def test_one_person_in_two_roles_never_meets_themselves() -> None:
    roles = (person("a", body="aino"), person("b", body="aino"))

    assert pairs(event(*roles, person("c"), settings=Settings(consent="suggest"))) == {"a c", "b c"}
