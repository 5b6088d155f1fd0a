"""Taking somebody's name, address and reference out of texts that tell of others too."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from matchmaker.matching.codec import from_json, to_json

GONE = "…"


class Scrubber:
    """Puts an ellipsis in place of each of `terms`, where it stands as a word of its own."""

    def __init__(self, terms: Iterable[str]) -> None:
        longest_first = sorted({term for term in terms if term}, key=len, reverse=True)
        words = "|".join(re.escape(term) for term in longest_first) or r"(?!)"
        self._found = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

    def text(self, text: str) -> str:
        return self._found.sub(GONE, text)

    def value(self, value: Any) -> Any:
        """A value that stands in a JSON column."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(each) for each in value]
        if isinstance(value, dict):
            return {self.text(name): self.value(each) for name, each in value.items()}
        return value

    def names_somebody(self, calendar: str) -> bool:
        """Whether a calendar object does; its lines may be folded in the middle of a name."""
        return bool(self._found.search(re.sub(r"\r?\n[ \t]", "", calendar)))


def without_people(snapshot: str, refs: frozenset[str]) -> str:
    """The stored snapshot of a run as if these people had never been there."""
    whole = from_json(snapshot)
    wishes = (wish for wish in whole.wishes if not refs & {wish.person, wish.other})
    settled, published = (
        tuple(each for each in held if not refs & {each.a, each.b})
        for held in (whole.settled, whole.published)
    )
    points = (replace(p, kept_for="") if p.kept_for in refs else p for p in whole.points)
    met = whole.met and tuple(m for m in whole.met if not refs & {m.offerer, m.needer})
    return to_json(
        replace(
            whole,
            met=met,
            points=tuple(points),
            people=tuple(person for person in whole.people if person.id not in refs),
            wishes=tuple(wishes),
            accepted=frozenset(pair for pair in whole.accepted if not refs & set(pair)),
            settled=settled,
            published=published,
        )
    )


def mentions(text: str, refs: Iterable[str]) -> bool:
    """A quick look whether a stored snapshot holds any of these people."""
    return any(json.dumps(ref, ensure_ascii=False) in text for ref in refs)
