"""What an event says of itself, to each reader in their language as far as it was written.

Each text stands by itself: where the reader's language is not offered or that text is not written
in it, the event's first language is shown.
"""

from typing import Any

from flask_babel import get_locale

from matchmaker.events.models import Event
from matchmaker.locales import LOCALES

# How long each may be; the columns are as long.
LONGEST = {
    "name": 160,
    "tagline": 200,
    "description": 10_000,
    "practical": 10_000,
    "place": 160,
    "venue": 160,
}
WORDS = tuple(LONGEST)

Words = dict[str, dict[str, str]]


def first_language(event: Event) -> str:
    """The language of the event's own columns."""
    return next((code for code in event.languages if code in LOCALES), LOCALES[0])


def offered_languages(event: Event) -> list[str]:
    """The first one first."""
    return [code for code in event.languages if code in LOCALES] or [LOCALES[0]]


def said(event: Event, word: str) -> str:
    """The event's name, tagline … for the reader in hand."""
    return _in_own_language(event, word) or str(getattr(event, word))


def said_in(event: Event, word: str) -> str | None:
    """The language of what `said` gives, where it is not that of the page around it."""
    reader = _reader()
    if reader == first_language(event) or _in_own_language(event, word):
        return None
    return first_language(event)


def all_words(event: Event) -> Words:
    """Everything that is written, by language."""
    own = {word: getattr(event, word) for word in WORDS}
    return {**event.texts, first_language(event): own}


def columns_of(words: Words, languages: list[str], before: str) -> dict[str, Any]:
    """The columns of an event that says this, its first language first.

    What the first language lacks is taken from the one that was `before`, so that nothing is lost.
    """
    first = languages[0]
    own = {w: words.get(first, {}).get(w) or words.get(before, {}).get(w, "") for w in WORDS}
    others = {
        code: {word: text for word, text in texts.items() if text}
        for code, texts in words.items()
        if code != first
    }
    texts = {code: written for code, written in others.items() if written}
    return {**own, "texts": texts, "languages": languages}


def _in_own_language(event: Event, word: str) -> str:
    reader = _reader()
    if reader == first_language(event) or reader not in event.languages:
        return ""
    return event.texts.get(reader, {}).get(word, "")


def _reader() -> str:
    return str(get_locale() or LOCALES[0])
