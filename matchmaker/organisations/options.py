"""Countries and regions to choose from by typing: each under the names it has in our languages."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from babel import Locale

from matchmaker.organisations.countries import country_choices
from matchmaker.organisations.regions import Region, country_of, regions

LANGUAGES = ("en", "fi", "sv")
Option = tuple[str, str, dict[str, Any]]


@cache
def country_options(language: str) -> Sequence[Option]:
    """Every country as (code, name, attributes): its other names are searched too."""
    return [
        (code, name, {"data-names": _others(name, (code, *_country_names(code)))})
        for code, name in country_choices(Locale(language))
    ]


def region_options(language: str, unknown: str, *, kept: str = "") -> dict[str, list[Option]]:
    """The regions by the name of their country; a code that no list holds is kept."""
    own: list[Option] = [(kept, kept, {})] if kept and kept not in regions() else []
    return {"": [("", unknown, {}), *own], **_regions_by_country(language)}


@cache
def _regions_by_country(language: str) -> Mapping[str, list[Option]]:
    by_country = {
        code: list(of_country)
        for code, of_country in groupby(regions().values(), lambda each: country_of(each.code))
    }
    return {
        name: [_region_option(each, language) for each in by_country[code]]
        for code, name in country_choices(Locale(language))
        if code in by_country
    }


def _region_option(region: Region, language: str) -> Option:
    name = region.named(language)
    attributes = {"data-country": country_of(region.code)}
    others = _others(name, region.names)
    if others:
        attributes["data-names"] = others
    return region.code, f"{name} · {region.code}", attributes


@cache
def _country_names(code: str) -> tuple[str, ...]:
    return tuple(str(Locale(language).territories[code]) for language in LANGUAGES)


def _others(name: str, names: tuple[str, ...]) -> str:
    return " | ".join(dict.fromkeys(each for each in names if each != name))
