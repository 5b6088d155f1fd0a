"""The words of an offer or need as a search compares them. Pure."""

import re
from collections.abc import Mapping

from matchmaker.organisations.queries import fold

SHORTEST_TELLING = 4
MOST_WORDS = 12


def words_of(title: str, texts: Mapping[str, Mapping[str, str]]) -> str:
    """The words of the title in every language it was given in, each with a space before it."""
    titles = [title, *(said.get("title", "") for said in texts.values())]
    return "".join(f" {word}" for word in re.findall(r"\w+", fold(" ".join(titles))))


def beginnings(typed: str) -> list[str]:
    """What a like word begins with: endings are cut, so that forms of a word are found by it.

    Short words tell little; they count only where nothing else was typed.
    """
    words = list(dict.fromkeys(re.findall(r"\w+", fold(typed))))
    telling = [word for word in words if len(word) >= SHORTEST_TELLING]
    return [_cut(word) for word in (telling or words)[:MOST_WORDS]]


def _cut(word: str) -> str:
    kept = max(SHORTEST_TELLING, len(word) - max(1, len(word) // 4))
    return word[:kept]
