"""Countries by ISO 3166 code, named in the reader's language."""

from babel import Locale
from flask_babel import get_locale

NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def is_country(code: str) -> bool:
    return code in COUNTRIES


def country_choices() -> list[tuple[str, str]]:
    """Every country as (code, name), in order of the names."""
    names = _names(get_locale() or Locale("en"))
    return sorted(names.items(), key=lambda pair: pair[1])


def _names(locale: Locale) -> dict[str, str]:
    return {
        str(code): str(name)
        for code, name in locale.territories.items()
        if len(str(code)) == 2 and str(code).isalpha() and code not in NOT_COUNTRIES
    }


COUNTRIES = frozenset(_names(Locale("en")))
