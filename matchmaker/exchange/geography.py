"""Countries, regions and languages: their codes, and what people write instead of them."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global
from flask_babel import gettext as _

from matchmaker.exchange.problems import NotRight, advice_by_name, shown
from matchmaker.organisations.countries import country_names
from matchmaker.organisations.regions import (
    COUNTRIES_OF_PREFIXES,
    PREFIXES,
    country_of,
    country_prefix,
    is_region,
)

_TAG = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)")


def country(text: str) -> str:
    """An ISO 3166 alpha-2 code, in capitals."""
    code = text.strip().upper()
    if code not in _countries():
        named = {**_codes_by_name(), **COUNTRIES_OF_PREFIXES}
        otherwise = _("write two letters of ISO 3166, as %(example)s", example=shown("FI"))
        wrong = _("%(text)s is no country code", text=shown(text.strip()))
        raise NotRight(wrong, advice_by_name(text.strip(), named, otherwise))
    return code


def region(text: str) -> str:
    """A NUTS code, in capitals: the country's letters and up to three more."""
    code = text.strip().upper()
    prefix = code[:2]
    if prefix in PREFIXES and is_region(code):
        right = _("write %(code)s", code=shown(PREFIXES[prefix] + code[2:]))
        wrong = _(
            "%(text)s is no NUTS code, %(prefix)s has other letters there",
            text=shown(code),
            prefix=prefix,
        )
        raise NotRight(wrong, right)
    if not is_region(code) or country_of(code) not in _countries():
        right = _(
            "write the country and up to three letters or digits, as %(example)s for Lapland",
            example=shown("FI1D7"),
        )
        raise NotRight(_("%(text)s is no NUTS code", text=shown(text.strip())), right)
    return code


def check_agreement(nuts: str, home: str) -> None:
    if nuts and home and country_of(nuts) != home:
        wrong = _(
            "the region %(region)s is not in the country %(country)s",
            region=shown(nuts),
            country=shown(home),
        )
        right = _(
            "begin the region with %(prefix)s, or correct the country",
            prefix=country_prefix(home),
        )
        raise NotRight(wrong, right)


def languages(text: str) -> tuple[str, ...]:
    """Codes of two or three letters or English names; each language once."""
    parts = [part.strip() for part in re.split("[,;/|]", text)]
    words = [w for p in parts for w in ([p] if _language(p) else p.split())]
    return tuple(dict.fromkeys(_known_language(word) for word in words))


def _known_language(word: str) -> str:
    if code := _language(word):
        return code
    otherwise = _("write codes of ISO 639, as %(example)s", example=shown("en fi sv"))
    right = advice_by_name(word, _languages_by_name(), otherwise)
    raise NotRight(_("%(text)s is no language", text=shown(word)), right)


def _language(word: str) -> str | None:
    tag = _TAG.fullmatch(word)
    code = _usual_code(tag[1].lower()) if tag else ""
    if tag and code in Locale("en").languages:
        return code + tag[2]
    return _languages_by_name().get(word.casefold())


def _usual_code(code: str) -> str:
    """Two letters where there are two: `fin` and `fi` are one language."""
    usual: str = get_global("language_aliases").get(code, code)
    return usual


@cache
def _countries() -> dict[str, str]:
    return country_names(Locale("en"))


@cache
def _codes_by_name() -> dict[str, str]:
    return {name: code for code, name in _countries().items()}


@cache
def _languages_by_name() -> dict[str, str]:
    names = Locale("en").languages.items()
    return {str(name).casefold(): code for code, name in names if "_" not in code}
