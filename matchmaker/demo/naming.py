"""Ids, web and mail addresses made from names."""

import re
import unicodedata

# Letters that do not come apart into a Latin letter and an accent.
_WHOLE_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "đ": "d", "ß": "ss", "ŋ": "n"})
_LEGAL_FORMS = frozenset({"oy", "ab", "as", "ou", "gmbh", "sl", "sas", "srl", "lda", "ltd", "bv"})


def slug(name: str) -> str:
    """A name in lower-case Latin letters and hyphens: safe as a file name and in an address."""
    apart = unicodedata.normalize("NFKD", name.lower().translate(_WHOLE_LETTERS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def domain(organisation: str) -> str:
    """An address under the top level reserved for examples, without the legal form."""
    words = slug(organisation.replace("sp. z o.o.", "").replace("s.r.o.", "")).split("-")
    return "-".join(word for word in words if word not in _LEGAL_FORMS) + ".example"


def website(organisation: str) -> str:
    return f"https://{domain(organisation)}"


def email(person: str, organisation: str) -> str:
    return f"{slug(person).replace('-', '.')}@{domain(organisation)}"
