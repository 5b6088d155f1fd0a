"""Searching people by name, organisation, offers and needs: ranked, and saying what matched.

Only what the reader may see is looked at, so nothing else can be told from what is found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from matchmaker.organisations.names import fold
from matchmaker.people.words import WORD, Words, stems_of

Where = Literal["name", "organisation", "title", "text"]

MOST_TERMS = 8
WEIGHTS: Mapping[Where, int] = {"name": 8, "organisation": 6, "title": 4, "text": 2}
# How a word fits: as it stands, as a beginning, in another form, within a compound, mistyped.
WHOLE, BEGINNING, FORM, WITHIN, LIKE = 10, 8, 7, 5, 4
SHORTEST_WITHIN = 4
TELLING, LONG = 5, 9
ALIKE = 0.72
MOST_ALIKE = 4


class Field(NamedTuple):
    """One text of a person; `item` is the offer or need it is of."""

    where: Where
    words: Words
    item: int | None = None


class Hit(NamedTuple):
    """How well something fits, and the field that fits best."""

    score: int
    where: Where
    item: int | None


@dataclass(frozen=True, slots=True)
class Term:
    """One word that is looked for; `near` are words it may have been meant to be."""

    word: str
    stems: tuple[str, ...]
    pieces: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @classmethod
    def of(cls, word: str) -> "Term":
        """Long stems lose a letter more: Finnish doubles it or not, within a compound too."""
        folded, stems = fold(word), stems_of(word)
        cut = [stem[:-1] if len(stem) >= LONG else stem for stem in stems if len(stem) >= TELLING]
        whole = [folded] if len(folded) >= SHORTEST_WITHIN else []
        return cls(folded, stems, tuple(dict.fromkeys((*whole, *cut))))

    def fit(self, words: Words) -> int:
        """How well it fits the best of these words; 0 where it does not.

        Written out, because it runs for every text there is.
        """
        whole, stems = words
        if self.near:
            return LIKE if any(f" {word} " in whole for word in self.near) else 0
        if f" {self.word}" in whole:
            return WHOLE if f" {self.word} " in whole else BEGINNING
        for stem in self.stems:
            if f" {stem} " in stems:
                return FORM
        for piece in self.pieces:
            if piece in whole:
                return WITHIN
        return 0


def words_of(text: str) -> list[str]:
    """The different words that are looked for; beyond a few, more tell nothing new."""
    return list(dict.fromkeys(WORD.findall(text.casefold())))[:MOST_TERMS]


class Search:
    """What somebody looks for, understood against the texts there are."""

    def __init__(self, words: Iterable[str], documents: Mapping[int, Sequence[Field]]) -> None:
        self._documents = documents
        self._terms = [self._understand(word) for word in words]

    @property
    def taken_for(self) -> list[tuple[str, str]]:
        """The words nobody uses, each with the one it was taken for."""
        return [(term.word, term.near[0]) for term in self._terms if term.near]

    def hits(self) -> dict[int, Hit]:
        """Who fits every word, by the id of the document, and where they fit best."""
        found = {number: self._hit(fields) for number, fields in self._documents.items()}
        return {number: hit for number, hit in found.items() if hit is not None}

    def _hit(self, fields: Sequence[Field]) -> Hit | None:
        known: list[Hit] = []
        for term in self._terms:
            hit = _best(term, fields)
            if hit is None:
                return None
            known.append(hit)
        if not known:
            return None
        first = max(known, key=lambda hit: hit.score)
        return Hit(sum(hit.score for hit in known), first.where, first.item)

    def _understand(self, word: str) -> Term:
        term = Term.of(word)
        everything = (field for fields in self._documents.values() for field in fields)
        if any(term.fit(field.words) for field in everything):
            return term
        return Term(term.word, (), near=self._like(term.word))

    def _like(self, word: str) -> tuple[str, ...]:
        """The words most like this one; too short a word is like everything."""
        if len(word) < SHORTEST_WITHIN:
            return ()
        vocabulary = {
            known
            for fields in self._documents.values()
            for field in fields
            for known in field.words.whole.split()
        }
        alike = extract(
            word,
            sorted(vocabulary),
            scorer=OSA.normalized_similarity,
            score_cutoff=ALIKE,
            limit=MOST_ALIKE,
        )
        begun = [known for known in sorted(vocabulary) if _begins_alike(word, known)]
        return tuple(dict.fromkeys((*(known for known, *_ in alike), *begun)))[:MOST_ALIKE]


def _begins_alike(word: str, known: str) -> bool:
    """Whether both begin with the same letters and go on for a few: kaivos, kaivoksen."""
    return word[:TELLING] == known[:TELLING] and max(len(word), len(known)) <= TELLING + 4


def _best(term: Term, fields: Iterable[Field]) -> Hit | None:
    """The first of those that fit best; this runs for every text there is."""
    highest, found = 0, None
    for field in fields:
        score = WEIGHTS[field.where] * term.fit(field.words)
        if score > highest:
            highest, found = score, field
    return Hit(highest, found.where, found.item) if found is not None else None
