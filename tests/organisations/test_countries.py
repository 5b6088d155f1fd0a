"""Countries offered are those of ISO 3166, so that what a form takes a file can hold."""

from babel import Locale

from matchmaker.exchange import geography
from matchmaker.organisations.countries import country_choices


def test_every_country_offered_can_be_read_from_a_file() -> None:
    offered = [code for code, _name in country_choices(Locale("fi"))]

    assert [geography.country(code) for code in offered] == offered


def test_only_countries_are_offered() -> None:
    offered = dict(country_choices(Locale("sv")))

    assert (offered["AX"], offered["XK"]) == ("Åland", "Kosovo")
    assert offered.keys().isdisjoint({"EU", "IC", "UN", "ZZ"})
    assert len(offered) == 250  # the 249 of ISO 3166-1, and Kosovo
