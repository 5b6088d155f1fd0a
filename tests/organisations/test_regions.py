"""Regions are chosen by name in three languages; their codes are those that files hold."""

from matchmaker.exchange import geography
from matchmaker.organisations.options import country_options, region_options
from matchmaker.organisations.regions import country_of, region_name, regions

EU = frozenset(
    (
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE"),
        *("IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    )
)


def test_every_region_of_the_union_is_there_and_can_be_read_from_a_file() -> None:
    second_level = [code for code in regions() if len(code) == 4 and code[:2] in EU]

    assert len(second_level) == 242  # NUTS 2021
    assert [geography.region(code) for code in regions()] == list(regions())


def test_a_region_is_named_in_the_readers_language() -> None:
    named = [region_name("FI1D", language) for language in ("en", "fi", "sv")]

    assert named == [
        "Northern and Eastern Finland",
        "Pohjois- ja Itä-Suomi",
        "Norra och östra Finland",
    ]
    assert [region_name("FI1D7", language) for language in ("fi", "sv")] == ["Lappi", "Lappland"]
    assert (region_name("DE21", "fi"), region_name("XX99", "en")) == ("Oberbayern", "XX99")


def test_a_list_in_one_language_is_searched_under_the_names_of_all() -> None:
    countries = {code: (name, more) for code, name, more in country_options("sv")}
    lapland = next(
        (name, more) for code, name, more in region_options("en", "")["Finland"] if code == "FI1D7"
    )

    assert countries["DE"] == ("Tyskland", {"data-names": "DE | Germany | Saksa"})
    assert lapland[0] == "Lapland · FI1D7"
    assert lapland[1]["data-country"] == "FI"
    assert {"Lappi", "Lappland"} <= set(lapland[1]["data-names"].split(" | "))


def test_regions_stand_under_their_countries_and_a_code_of_a_file_is_kept() -> None:
    groups = region_options("fi", "En tiedä", kept="DE212")

    assert [option[:2] for option in groups[""]] == [("", "En tiedä"), ("DE212", "DE212")]
    assert {country_of(option[0]) for option in groups["Kreikka"]} == {"GR"}
    assert sum(map(len, groups.values())) == len(regions()) + 2
