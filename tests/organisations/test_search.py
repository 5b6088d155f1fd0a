"""An organisation is found however its name is typed, and without reading every name there is."""

import pytest
from flask.ctx import AppContext

from matchmaker.extensions import db
from matchmaker.organisations.queries import MOST_CANDIDATES, nearly_named, suggest_organisations
from matchmaker.organisations.services import describe_organisation, find_or_create_organisation
from tests.factories.events import make_organisation
from tests.query_counter import counted_queries

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]

KNOWN = (
    "Arctic Industry Cluster",
    "Arctic Water Oy",
    "Pohjolan Kierto Oy",
    "Université de Liège",
    "Kuusamo Stone 🪨",
)


@pytest.fixture(autouse=True)
def known(context: AppContext) -> None:
    for name in KNOWN:
        find_or_create_organisation(name, country="FI")
    db.session.commit()


ANSWERS = {
    "Artic Industry": "Arctic Industry Cluster",
    "arctic industri clust": "Arctic Industry Cluster",
    "AIC": "Arctic Industry Cluster",
    "universite de liege": "Université de Liège",
    "univ lieg": "Université de Liège",
    "POHJOLAN KIRTO AB": "Pohjolan Kierto Oy",
    "stone 🪨": "Kuusamo Stone 🪨",
}


def test_a_slip_an_accent_an_acronym_or_another_legal_form_does_not_hide_it() -> None:
    assert {typed: suggest_organisations(typed)[0].name for typed in ANSWERS} == ANSWERS


def test_what_is_not_like_any_finds_none() -> None:
    unlike = ("", " ", "x", "%", "__", "Volcano Research", "🌋🌋🌋")

    assert [suggest_organisations(typed) for typed in unlike] == [[]] * len(unlike)


def test_a_name_nearly_the_same_is_meant_only_where_the_country_may_be_the_same() -> None:
    names = [
        [found.name for found in nearly_named("Pohjolan Kirto", country)]
        for country in ("FI", "", "SE")
    ]

    assert names == [["Pohjolan Kierto Oy"], ["Pohjolan Kierto Oy"], []]


def test_a_renamed_organisation_is_found_by_its_new_name() -> None:
    stone = suggest_organisations("kuusamo")[0]

    describe_organisation(
        stone,
        name="Ruka Rock",
        kind="SME",
        country="FI",
        region="",
        website="",
        description="",
    )

    assert [found.name for found in suggest_organisations("ruka rok")] == ["Ruka Rock"]
    assert suggest_organisations("kuusamo") == []


def test_one_query_reads_a_few_names_however_many_there_are() -> None:
    db.session.add_all(make_many())
    db.session.commit()
    db.session.expunge_all()

    with counted_queries() as queries:
        found = suggest_organisations("Artic Industry")

    assert (len(queries), found[0].name) == (1, "Arctic Industry Cluster")
    assert len(list(db.session)) <= MOST_CANDIDATES


def make_many() -> list[object]:
    pattern = type(make_organisation("Seed"))
    words = ("Mining", "Water", "Steel", "Forest", "Data")
    return [
        pattern(name=f"{words[n % 5]} {words[n % 3]} Works {n}", country="SE") for n in range(300)
    ]
