"""Countries and regions to choose from by typing: each under the names it has in our languages."""

from functools import cache
from itertools import groupby
from typing import Any

from babel import Locale

from matchmaker.organisations.countries import country_choices
from matchmaker.organisations.regions import Region, country_of, regions

LANGUAGES = ("en", "fi", "sv")
Option = tuple[str, str, dict[str, Any]]


def country_options(locale: Locale) -> list[Option]:
    """Every country as (code, name, attributes): its other names are searched too."""
    return [
        (code, name, {"data-names": _others(name, (code, *_country_names(code)))})
        for code, name in country_choices(locale)
    ]


def region_options(locale: Locale, unknown: str, *, kept: str = "") -> dict[str, list[Option]]:
    """The regions by the name of their country; a code that no list holds is kept."""
    own: list[Option] = [(kept, kept, {})] if kept and kept not in regions() else []
    groups: dict[str, list[Option]] = {"": [("", unknown, {}), *own]}
    by_country = {
        code: list(of_country)
        for code, of_country in groupby(regions().values(), lambda each: country_of(each.code))
    }
    for code, name in country_choices(locale):
        if code in by_country:
            groups[name] = [_region_option(each, locale) for each in by_country[code]]
    return groups


def _region_option(region: Region, locale: Locale) -> Option:
    name = region.named(locale.language)
    attributes = {
        "data-country": country_of(region.code),
        "data-names": _others(name, (region.code, *region.names)),
    }
    return region.code, f"{name} · {region.code}", attributes


@cache
def _country_names(code: str) -> tuple[str, ...]:
    return tuple(str(Locale(language).territories[code]) for language in LANGUAGES)


def _others(name: str, names: tuple[str, ...]) -> str:
    return " | ".join(dict.fromkeys(each for each in names if each != name))
