"""Single cells as people write them, read as what we keep; what is wrong comes with a remedy."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from babel import Locale
from flask_babel import gettext as _

from matchmaker.accounts.addresses import normalise_address
from matchmaker.errors import Invalid
from matchmaker.exchange.geography import region as region_code
from matchmaker.exchange.problems import NotRight, advice_by_name, shown
from matchmaker.fields import one_line
from matchmaker.marketplace.services import LONGEST_TITLE
from matchmaker.organisations.countries import country_names
from matchmaker.organisations.models import KINDS
from matchmaker.organisations.names import LONGEST_NAME, fold
from matchmaker.organisations.regions import COUNTRIES_OF_PREFIXES, regions
from matchmaker.organisations.sizes import SIZES, size_of
from matchmaker.registration.models_tags import LONGEST_TAG
from matchmaker.registration.plain import LONGEST_ABOUT

LANGUAGES = ("en", "fi", "sv")
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!")
COUNTRY_WORDS = {
    "uk": "GB",
    "great britain": "GB",
    "usa": "US",
    "holland": "NL",
    "iso-britannia": "GB",
}
KIND_WORDS = {
    "cluster": "cluster|klusteri|kluster|cluster organisation",
    "public authority": "public authority|public|authority|policymaker|municipality|viranomainen"
    "|julkinen|kunta|myndighet|offentlig|kommun",
    "SME": "sme|small or medium company|pk-yritys|pk|yritys|company|smf|sme-foretag|foretag"
    "|startup",
    "large company": "large company|large|suuryritys|storforetag",
    "research body": "research body|research|university|tutkimuslaitos|yliopisto|forskning"
    "|universitet|forskningsinstitut",
    "investor": "investor|funder|sijoittaja|rahoittaja|investerare|finansiar",
    "support organisation": "support organisation|support|ngo|tukiorganisaatio|jarjesto"
    "|stodorganisation",
    "other": "other|muu|annan|annat|ovrig",
}
SIZE_WORDS = {
    "micro": "micro|mikro|mikroyritys|mikroforetag",
    "small": "small|pieni|pienyritys|litet|liten|smaforetag",
    "medium": "medium|medium-sized|keskisuuri|keskikokoinen|medelstort|medelstor",
    "large": "large|suuri|suuryritys|stort|stor|storforetag",
}
_PARTS = re.compile(r"[\n;|]")
_WORDS = re.compile(r"[,;/|\n]")
_PEOPLE = re.compile(r"(<?)(\d{1,7})(?:\+|[-–](\d{1,7}))?")
_NOT_OF_PHONE = re.compile(r"[^\d+()\-./ x]")


def line(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        kept = one_line(text)
        if len(kept) > most:
            wrong = _("it has %(found)d characters", found=len(kept))
            raise NotRight(wrong, _("shorten it to %(most)d", most=most))
        return kept

    return read


def computed(text: str) -> str:
    """The cell, unless it holds what a spreadsheet program writes where it cannot compute."""
    if text in ERRORS:
        wrong = _("the formula in this cell gives %(text)s", text=shown(text))
        raise NotRight(wrong, _("write in the cell what it should say, or leave it empty"))
    return text


def long_text(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        return text if len(text) <= most else line(most)(text)

    return read


def email(text: str) -> str:
    address = text.strip().strip("<>;,")
    address = address.removeprefix("mailto:")
    try:
        return normalise_address(address)
    except Invalid:
        wrong = _("%(text)s is no e-mail address", text=shown(one_line(text)))
        raise NotRight(wrong, _("write one address, like name@example.org")) from None


def country(text: str) -> str:
    """A code or a name in one of our languages."""
    word = fold(text).strip(". ")
    code = text.strip().upper()
    code = COUNTRIES_OF_PREFIXES.get(code, code)
    if code in country_names(Locale("en")):
        return code
    named = _countries()
    if word in named:
        return named[word]
    otherwise = _("write the country's name, or two letters, as %(example)s", example=shown("FI"))
    wrong = _("%(text)s is no country", text=shown(one_line(text)))
    raise NotRight(wrong, advice_by_name(word, _names_of(named), otherwise))


def region(text: str) -> str:
    """A NUTS code or a region's name in one of our languages."""
    return _regions().get(fold(text)) or region_code(text)


def languages(text: str) -> list[str]:
    """Codes or names, in one of our languages; each once."""
    parts = [part.strip() for part in _WORDS.split(text) if part.strip()]
    words = [w for p in parts for w in ([p] if fold(p) in _languages() else p.split())]
    return list(dict.fromkeys(_language(word) for word in words))


def kind(text: str) -> str:
    word = fold(text)
    for known, words in KIND_WORDS.items():
        if word in words.split("|"):
            return known
    known_kinds = {fold(name): name for name in KINDS}
    otherwise = _("write one of %(known)s", known=", ".join(KINDS))
    wrong = _("%(text)s is no kind of organisation", text=shown(one_line(text)))
    raise NotRight(wrong, advice_by_name(word, known_kinds, otherwise))


def size(text: str) -> str:
    """A word for it, or how many people work there: a number, or from how many to how many."""
    word = fold(text)
    for known, words in SIZE_WORDS.items():
        if word in words.split("|"):
            return known
    found = _sizes_of(text)
    if len(found) != 1:
        wrong = _("%(text)s is no size of an organisation", text=shown(one_line(text)))
        known_sizes = ", ".join(SIZES)
        right = _("write how many people work there, or one of %(known)s", known=known_sizes)
        raise NotRight(wrong, right)
    return found.pop()


def _sizes_of(text: str) -> set[str]:
    """The sizes at both ends of so many people; none where it is no number of people."""
    people = _PEOPLE.fullmatch("".join(text.split()))
    if people is None:
        return set()
    below, first, last = people.groups()
    return {size_of(max(0, int(each) - bool(below))) for each in (first, last or first)}


def one_of(types: Sequence[str]) -> Callable[[str], str]:
    """One of the event's participant types, whatever the case."""
    known = {fold(name): name for name in types}

    def read(text: str) -> str:
        if fold(text) in known:
            return known[fold(text)]
        otherwise = _("write one of %(known)s", known=", ".join(types))
        wrong = _("%(text)s is no participant type here", text=shown(one_line(text)))
        raise NotRight(wrong, advice_by_name(fold(text), known, otherwise))

    return read


def phone(text: str) -> str:
    kept = line(40)(text)
    if _NOT_OF_PHONE.search(kept) or sum(sign.isdigit() for sign in kept) < 5:
        wrong = _("%(text)s is no phone number", text=shown(kept))
        raise NotRight(wrong, _("write digits, as +358 40 123 4567"))
    return kept


def link(text: str) -> str:
    kept = line(300)(text)
    address = kept if "://" in kept else f"https://{kept}"
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", address):
        raise NotRight(
            _("%(text)s is no web address", text=shown(kept)), _("write it like www.example.org")
        )
    return address


def count(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text.strip()):
        wrong = _("%(text)s is no whole number", text=shown(one_line(text)))
        raise NotRight(wrong, _("write digits only, as 8"))
    return int(text)


def titles(text: str) -> list[str]:
    """Several in one cell, each on a line of its own or after a semicolon."""
    found = [one_line(part).lstrip("-•* ") for part in _PARTS.split(text)]
    return [line(LONGEST_TITLE)(title) for title in dict.fromkeys(found) if title]


def tags(text: str) -> list[str]:
    found = [one_line(part) for part in re.split(r"[,;|\n]", text)]
    return sorted({line(LONGEST_TAG)(tag) for tag in found if tag})


def readers(types: Sequence[str]) -> Mapping[str, Callable[[str], Any]]:
    """What reads the cells of each field."""
    return {
        "name": line(120),
        "first_name": line(60),
        "last_name": line(60),
        "email": email,
        "organisation": line(LONGEST_NAME),
        "kind": kind,
        "size": size,
        "type": one_of(types),
        "country": country,
        "region": region,
        "languages": languages,
        "job_title": line(120),
        "phone": phone,
        "link": link,
        "about": long_text(LONGEST_ABOUT),
        "max_meetings": count,
        "offers": titles,
        "needs": titles,
        "tags": tags,
    }


def _language(word: str) -> str:
    known = _languages()
    if fold(word) in known:
        return known[fold(word)]
    otherwise = _("write names or codes of languages, as %(example)s", example=shown("en, fi"))
    right = advice_by_name(fold(word), _names_of(known), otherwise)
    raise NotRight(_("%(text)s is no language", text=shown(word)), right)


def _names_of(codes: Mapping[str, str]) -> dict[str, str]:
    """Each name for itself: a reader is told the name meant, not its code."""
    return {name: name.capitalize() for name in codes if len(name) > 3}


@cache
def _countries() -> dict[str, str]:
    named = {
        fold(name): code
        for language in LANGUAGES
        for code, name in country_names(Locale(language)).items()
    }
    return named | COUNTRY_WORDS


@cache
def _regions() -> dict[str, str]:
    return {fold(name): each.code for each in regions().values() for name in each.names}


@cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).languages.items():
            if "_" not in str(code) and len(str(code)) == 2:
                found |= {fold(str(name)): str(code), str(code): str(code)}
    return found
