"""NUTS regions: the shape of a code, its country, and the Nordic ones by name. Pure."""

import re

SHAPE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
PREFIXES = {"GR": "EL", "GB": "UK"}
COUNTRIES_OF_PREFIXES = {prefix: country for country, prefix in PREFIXES.items()}
NORDIC_REGIONS = {
    "FI1D7": "Lapland",
    "FI1D8": "Kainuu",
    "FI1D9": "Northern Ostrobothnia",
    "FI1D5": "Central Ostrobothnia",
    "FI1D3": "North Karelia",
    "FI1D2": "North Savo",
    "FI1D1": "South Savo",
    "FI193": "Central Finland",
    "FI194": "South Ostrobothnia",
    "FI195": "Ostrobothnia",
    "FI196": "Satakunta",
    "FI197": "Pirkanmaa",
    "FI1B1": "Helsinki-Uusimaa",
    "FI1C1": "Southwest Finland",
    "FI1C2": "Kanta-Häme",
    "FI1C3": "Päijät-Häme",
    "FI1C4": "Kymenlaakso",
    "FI1C5": "South Karelia",
    "FI200": "Åland",
    "SE332": "Norrbotten",
    "SE331": "Västerbotten",
    "SE321": "Västernorrland",
    "SE322": "Jämtland",
    "SE313": "Gävleborg",
    "SE312": "Dalarna",
    "NO071": "Nordland",
    "NO074": "Troms and Finnmark",
}


def is_region(code: str) -> bool:
    """Whether this is shaped like a NUTS code: a country and up to three letters or digits."""
    return SHAPE.fullmatch(code) is not None


def country_prefix(country: str) -> str:
    """The first two letters of the country's regions; two countries have their own."""
    return PREFIXES.get(country, country)


def country_of(region: str) -> str:
    """The country whose letters the region begins with."""
    return COUNTRIES_OF_PREFIXES.get(region[:2], region[:2])
