"""Countries by ISO 3166 code, named in any language. Pure: used by forms and by files."""

from babel import Locale

from matchmaker.collation import sort_key

# The list of territories has codes for other uses that ISO 3166-1 does not assign. It does not
# assign XK (Kosovo) either, but European statistics use it and there is no other code.
NOT_COUNTRIES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)


def country_names(locale: Locale) -> dict[str, str]:
    """Every country's name by its code."""
    return {
        str(code): str(name)
        for code, name in locale.territories.items()
        if len(str(code)) == 2 and str(code).isalpha() and code not in NOT_COUNTRIES
    }


def country_choices(locale: Locale) -> list[tuple[str, str]]:
    """Every country as (code, name), in order of the names."""
    language = locale.language
    return sorted(country_names(locale).items(), key=lambda pair: sort_key(pair[1], language))
