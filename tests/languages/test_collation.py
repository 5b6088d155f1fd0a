"""Names stand in the order that the reader's language has them."""

import pytest
from babel import Locale
from flask import Flask
from flask_babel import force_locale

from matchmaker.collation import by_name, sort_key
from matchmaker.extensions import db
from matchmaker.organisations.countries import country_choices
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import PageClient

NAMES_OF_PEOPLE = ("Öhman", "Zander", "Åberg", "ahde")
NAMES = ["Öberg", "zander", "Ångström", "Aalto", "Ärlig", "Oma", "ahde", "Ünal", "Yrjö", "Özil"]


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", "Aalto ahde Ångström Ärlig Öberg Oma Özil Ünal Yrjö zander"),
        ("fi", "Aalto ahde Oma Ünal Yrjö zander Ångström Ärlig Öberg Özil"),
        ("sv", "Aalto ahde Oma Ünal Yrjö zander Ångström Ärlig Öberg Özil"),
    ],
)
def test_names_stand_in_the_order_of_the_language(app: Flask, language: str, ordered: str) -> None:
    with app.app_context(), force_locale(language):
        assert " ".join(by_name(NAMES)) == ordered


def test_accents_decide_only_between_equal_letters_and_case_last() -> None:
    ordered = ["Coté", "cote", "côte", "Cote b", "cotton"]

    assert sorted(ordered, key=lambda text: sort_key(text, "en")) == [
        *("cote", "Coté", "côte", "Cote b", "cotton"),
    ]


def test_composed_and_decomposed_letters_are_one() -> None:
    assert sort_key("A\u030angstro\u0308m", "sv")[0] == sort_key("Ångström", "sv")[0]


@pytest.mark.parametrize(
    ("language", "some"),
    [
        ("en", "Åland Islands, Albania, Sweden, Zimbabwe"),
        ("fi", "Ahvenanmaa, Itävalta, Ruotsi, Suomi"),
        ("sv", "Finland, Sverige, Zimbabwe, Åland, Österrike"),
    ],
)
def test_countries_are_named_and_ordered_in_the_language(language: str, some: str) -> None:
    names = [name for _code, name in country_choices(Locale(language))]

    assert ", ".join(name for name in names if name in some.split(", ")) == some


def test_the_organiser_sees_people_in_the_order_of_their_own_language(
    app: Flask, client: PageClient
) -> None:
    with app.app_context():
        organiser = make_user("Olli")
        event = make_event(organiser=organiser)
        for name in NAMES_OF_PEOPLE:
            make_participant(event, name)
        orders = {}
        for locale in ("en", "sv"):
            organiser.locale = locale
            db.session.commit()
            page = client.sign_in(organiser).get("/e/kittila/organise/people")
            orders[locale] = [name for name in page.text.split() if name in NAMES_OF_PEOPLE]

    assert orders["en"][:4] == ["Åberg", "ahde", "Öhman", "Zander"]
    assert orders["sv"][:4] == ["ahde", "Zander", "Åberg", "Öhman"]
