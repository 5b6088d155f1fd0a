"""Names of organisations as they are compared: folded, without legal form, by likeness. Pure."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

LONGEST_NAME = 160
LONGEST_SEARCH_KEY = 250
MOST_PIECES = 24
ALIKE = 72.0
NEARLY_SAME = 86.0
A_SLIP = 70.0
LEGAL_FORMS = frozenset(
    (
        *("oy", "oyj", "ab", "abp", "as", "asa", "aps", "gmbh", "ag", "kg", "ug", "ltd"),
        *("limited", "plc", "llc", "inc", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "ou"),
        *("sro", "doo", "kft", "zrt", "uab", "sia", "sl", "ry", "rf", "ky", "kb", "hb", "ev"),
        *("se", "eg", "tmi", "publ", "mbh", "spzoo"),
    )
)
SMALL_WORDS = frozenset(
    (
        *("a", "and", "de", "der", "des", "di", "du", "for", "fur", "i", "in", "ja", "la", "le"),
        *("och", "of", "og", "the", "und", "y"),
    )
)
_WORD = re.compile(r"[^\W_]+")
_DOT_INSIDE = re.compile(r"(?<=\b\w)[./]\s?(?=\w\b)")
_POLISH_LIMITED = re.compile(r"\bsp\.?\s*z\s*\.?o\.?\s*o\b")


def fold(text: str) -> str:
    """A text as it is compared: case, accents and spacing do not count."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


@lru_cache(maxsize=16_384)
def fold_name(name: str) -> str:
    """An organisation's name where two are held against each other: equal means the same one.

    A legal form counts: Kierto Oy and Kierto Ab are two companies.
    """
    return fold(name)[:LONGEST_NAME]


def bare_name(name: str) -> str:
    """The name as people say it: folded, words only, without the legal form around it."""
    text = _DOT_INSIDE.sub("", _POLISH_LIMITED.sub("spzoo", fold(name)))
    words = _WORD.findall(text)
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    if len(words) > 1 and words[0] in ("oy", "ab"):
        words.pop(0)
    return " ".join(words) or fold(name)


def acronym(name: str) -> str:
    """The first letters of the words that count, where there are at least two."""
    words = [word for word in bare_name(name).split() if word not in SMALL_WORDS]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def search_key(name: str) -> str:
    """What the database looks through, with a space before and after each word."""
    words = f"{fold_name(name)} {bare_name(name)} {acronym(name)}".split()
    return f" {' '.join(dict.fromkeys(words))} "[:LONGEST_SEARCH_KEY]


def pieces(typed: str) -> list[str]:
    """Three signs each of what was typed: a name with a slip still holds most of them."""
    text = f" {bare_name(typed)}"
    found = (text[at : at + 3] for at in range(max(1, len(text) - 2)))
    return list(dict.fromkeys(piece for piece in found if piece.strip()))[:MOST_PIECES]


def likeness(typed: str, name: str) -> float:
    """How well a name answers what was typed so far, from 0 to 100."""
    sought, known = bare_name(typed), bare_name(name)
    if sought == known:
        return 100.0
    if known.startswith(sought):
        return 96.0
    if sought.replace(" ", "") == acronym(name):
        return 94.0
    if f" {sought}" in known:
        return 92.0
    begins = [any(word.startswith(part) for word in known.split()) for part in sought.split()]
    if all(begins) or fold(typed) in fold(name):
        return 90.0
    begun = fuzz.ratio(sought, known[: len(sought)])
    return max(begun, fuzz.ratio(sought, known), 0.9 * fuzz.token_set_ratio(sought, known)) * 0.9


def nearly_same(one: str, other: str) -> bool:
    """Whether two names may well mean one organisation; numbers in them must agree."""
    a, b = bare_name(one), bare_name(other)
    if re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return False
    if a == b or a.replace(" ", "") == acronym(other) or b.replace(" ", "") == acronym(one):
        return True
    alike = max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)) >= NEARLY_SAME
    return alike and _differ_by_a_slip(set(a.split()), set(b.split()))


def _differ_by_a_slip(one: set[str], other: set[str]) -> bool:
    """Whether the words not in both are one word with a slip: Oulu is no slip for Turku."""
    here, there = sorted(one - other), sorted(other - one)
    return not (here and there) or fuzz.ratio(" ".join(here), " ".join(there)) >= A_SLIP
