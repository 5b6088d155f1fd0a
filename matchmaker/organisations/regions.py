"""NUTS regions: the shape of a code, its country, and their names in three languages. Pure.

`regions.csv` holds level 2 of NUTS 2021, and level 3 of the North; a file may hold any code.
"""

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

SHAPE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
PREFIXES = {"GR": "EL", "GB": "UK"}
COUNTRIES_OF_PREFIXES = {prefix: country for country, prefix in PREFIXES.items()}


class Region(NamedTuple):
    """`fi` and `sv` are empty where the name is the same in all languages."""

    code: str
    name: str
    fi: str
    sv: str

    def named(self, language: str) -> str:
        return {"fi": self.fi, "sv": self.sv}.get(language, "") or self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Each name it goes by, once."""
        return tuple(dict.fromkeys(name for name in self[1:] if name))


@cache
def regions() -> dict[str, Region]:
    """The regions one can choose, by code, in order of the codes."""
    with Path(__file__).with_name("regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Region(**row) for row in csv.DictReader(file)}


def region_name(code: str, language: str) -> str:
    """The region's name in the language; the code itself where it is unknown."""
    known = regions().get(code)
    return known.named(language) if known else code


def is_region(code: str) -> bool:
    """Whether this is shaped like a NUTS code: a country and up to three letters or digits."""
    return SHAPE.fullmatch(code) is not None


def country_prefix(country: str) -> str:
    """The first two letters of the country's regions; two countries have their own."""
    return PREFIXES.get(country, country)


def country_of(region: str) -> str:
    """The country whose letters the region begins with."""
    return COUNTRIES_OF_PREFIXES.get(region[:2], region[:2])
