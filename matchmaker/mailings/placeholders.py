"""Words in braces that a mailing replaces for each reader; nothing else in a text is code."""

import re
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

PLACEHOLDERS = {
    "name": _l("the reader's name"),
    "organisation": _l("the reader's organisation"),
    "event": _l("the event's name"),
    "place": _l("the event's place"),
    "days": _l("the event's days"),
    "organiser": _l("your address for questions"),
    "link to registration": _l("the reader's registration"),
    "link to offers and needs": _l("where offers and needs are entered"),
    "link to times": _l("where one says when one can meet"),
    "link to wishes": _l("where one says whom one wants to meet"),
    "link to requests": _l("requests that wait for an answer"),
    "link to agenda": _l("the reader's own agenda"),
    "link to programme": _l("the programme"),
}
LINKS = {
    "link to registration": "registration.state",
    "link to offers and needs": "marketplace.edit",
    "link to times": "registration.availability",
    "link to wishes": "people.index",
    "link to requests": "wishes.requests",
    "link to agenda": "agenda.show",
    "link to programme": "programme.show",
}
_BRACES = re.compile(r"\{([^{}\n]*)\}")


def unknown_in(text: str) -> list[str]:
    """The words in braces that nothing stands for, each once."""
    found = (_key(match) for match in _BRACES.finditer(text))
    return list(dict.fromkeys(key for key in found if key not in PLACEHOLDERS))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each placeholder replaced once: what a name holds is not read again."""
    return _BRACES.sub(lambda match: values.get(_key(match), match[0]), text)


def _key(match: re.Match[str]) -> str:
    return " ".join(match[1].split()).casefold()
