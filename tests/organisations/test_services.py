"""Each organisation is entered once, however its name is typed."""

import pytest

from matchmaker.errors import Invalid
from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import fold_name, suggest_organisations
from matchmaker.organisations.services import (
    describe_organisation,
    find_or_create_organisation,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def test_a_name_typed_differently_finds_the_same_organisation() -> None:
    first = find_or_create_organisation(
        "Pohjolan Kierto Oy", country="FI", website="https://a.example"
    )

    again = find_or_create_organisation(
        "  pohjolan  KIERTO oy ", country="FI", website="https://b.example"
    )

    assert again is first
    assert (again.name, again.website) == ("Pohjolan Kierto Oy", "https://a.example")


def test_the_same_name_in_another_country_is_another_organisation() -> None:
    finnish = find_or_create_organisation("Nordic Water", country="FI")

    swedish = find_or_create_organisation("Nordic Water", country="SE")

    assert (finnish.country, swedish.country) == ("FI", "SE")
    assert db.session.query(Organisation).count() == 2


def test_no_country_finds_the_known_one_and_enters_none() -> None:
    known = find_or_create_organisation("Nordic Water", country="FI")

    assert find_or_create_organisation("nordic water") is known


def test_another_legal_form_is_another_organisation() -> None:
    limited = find_or_create_organisation("Kierto Oy", country="FI")

    assert find_or_create_organisation("Kierto Ab", country="FI") is not limited


def test_an_organisation_without_a_name_or_of_unknown_kind_is_refused() -> None:
    with pytest.raises(Invalid, match="Give the organisation's name"):
        find_or_create_organisation(" \t ")
    with pytest.raises(Invalid, match="Choose one of these kinds"):
        find_or_create_organisation("Kierto", kind="club")

    assert db.session.query(Organisation).count() == 0


def test_details_may_not_make_two_organisations_the_same() -> None:
    find_or_create_organisation("Nordic Water", country="FI")
    swedish = find_or_create_organisation("Nordic Water", country="SE")

    with pytest.raises(Invalid, match="already is an organisation"):
        describe_organisation(
            swedish, kind="SME", country="FI", region="", website="", description=""
        )


def test_suggestions_put_names_that_begin_so_first_and_take_signs_literally() -> None:
    for name in ("Lapland Mining 100%", "Mining Lapland", "Åre Mining", "Kuusamo Stone"):
        find_or_create_organisation(name, country="FI")

    assert [found.name for found in suggest_organisations("mining")] == [
        "Mining Lapland",
        "Åre Mining",
        "Lapland Mining 100%",
    ]
    assert [found.name for found in suggest_organisations("0%")] == ["Lapland Mining 100%"]
    assert suggest_organisations("m") == []


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Åland  Försök", "aland forsok"),
        ("ÉCOLE\u00a0Été", "ecole ete"),
        ("Straße GmbH", "strasse gmbh"),
        ("🪨 Kivi", "🪨 kivi"),
    ],
)
def test_folding_ignores_case_accents_and_spacing(typed: str, folded: str) -> None:
    assert fold_name(typed) == folded
