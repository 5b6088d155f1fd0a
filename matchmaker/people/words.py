"""The words of a text as a search compares them: folded, and cut to their stems. Pure."""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from matchmaker.organisations.names import fold

WORD = re.compile(r"\w+")
LANGUAGES = ("english", "finnish", "swedish")
# What one text adds to the index is bounded, whatever somebody pastes into it.
MOST_WORDS = 600
SHORTEST_STEM = 3


class Words(NamedTuple):
    """The different words of a text, each between spaces, and the stems they have in any language.

    One string each, because finding a piece of a string is the quickest there is.
    """

    whole: str
    stems: str


NO_WORDS = Words("", "")


def words_in(text: str) -> Words:
    found = list(dict.fromkeys(WORD.findall(text.casefold())))[:MOST_WORDS]
    if not found:
        return NO_WORDS
    whole = dict.fromkeys(fold(word) for word in found)
    stems = {stem for word in found for stem in stems_of(word)}
    return Words(_between_spaces(whole), _between_spaces(sorted(stems)))


@lru_cache(maxsize=50_000)
def stems_of(word: str) -> tuple[str, ...]:
    """What is left of a word without its ending, in each language, without accents."""
    stems = {fold(stemmer.stemWord(word)) for stemmer in _stemmers()}
    return tuple(sorted(stem for stem in stems if len(stem) >= SHORTEST_STEM))


@lru_cache
def _stemmers() -> tuple[Any, ...]:
    import snowballstemmer  # noqa: PLC0415 - slow to load

    return tuple(snowballstemmer.stemmer(language) for language in LANGUAGES)


def _between_spaces(words: "dict[str, None] | list[str]") -> str:
    return f" {' '.join(words)} "
