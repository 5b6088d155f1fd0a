"""Which offers meet which needs by what they mean, whatever languages they are written in."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.similarity import (
    ORDINARY,
    ROWS_AT_ONCE,
    Matches,
    nothing,
    one_branch,
    topic_numbers,
)
from matchmaker.matching.snapshot import Item, Topic
from matchmaker.own_texts import OwnText

# How far two must stand out from what is likest to either, and how alike two are that meet however
# many others are as like. Chosen by measuring on the labelled lists; docs/matching.md has figures.
MARGIN_ON_ONE_BRANCH = 0.05
MARGIN_ANYWHERE = 0.10
ALIKE_IN_ANY_CROWD = 0.40

LIKEST_SHARE = 0.06
LIKEST_LEAST = 3

# Vectors of one language lie together, whatever they say; their mean is taken away. At a small
# event the ordinary sentences say where it lies: they count as much as so many texts.
ORDINARY_WEIGHT = 8
ORDINARY_BY_LANGUAGE = (("en", 30), ("fi", 10), ("sv", 10))
LANGUAGES = tuple(code for code, _ in ORDINARY_BY_LANGUAGE)
DIGITS = 5

Vector = NDArray[np.floating[Any]]
Vectors = Mapping[str, Vector]


class _Side(NamedTuple):
    """The vectors of all versions of items, and where each item's begin; one place more."""

    vectors: Vector
    firsts: NDArray[np.intp]


class Meaning:
    """Compares by the vectors of texts, by `digest_of`; a text without one meets nothing.

    Cosines of such models lie close together, right and wrong, so none is judged by itself: two
    meet where they are more alike than what is likest to either of them at this event.
    """

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def __call__(
        self, offers: tuple[Item, ...], needs: tuple[Item, ...], topics: tuple[Topic, ...]
    ) -> Matches:
        """Every offer that meets a need, in order of the offers, then of the needs."""
        near = one_branch(topics)
        of_offers, of_needs = topic_numbers(offers, topics), topic_numbers(needs, topics)
        found = [nothing()]
        for start, alike, margin in self.compared(offers, needs):
            branch = near[np.ix_(of_offers[start : start + len(alike)], of_needs)]
            places, columns = np.nonzero(_meet(alike, margin, branch))
            likeness = alike[places, columns].astype(np.float64).round(DIGITS)
            found.append(Matches(places + start, columns, likeness))
        return Matches(*map(np.concatenate, zip(*found, strict=True)))

    def compared(
        self, offers: tuple[Item, ...], needs: tuple[Item, ...]
    ) -> Iterator[tuple[int, Vector, Vector]]:
        """How alike they are and by what margin, some offers at a time, with the first's place."""
        if not offers or not needs or not self._knows_ordinary():
            return
        offered, needed, ordinary = self._sides(offers, needs)
        around_offers = _background(offered, _joined(needed, ordinary))
        around_needs = _background(needed, _joined(offered, ordinary))
        for start, alike in _alike(offered, needed):
            around = around_offers[start : start + len(alike), None]
            yield start, alike, alike - (around + around_needs) / 2

    def _sides(self, offers: Sequence[Item], needs: Sequence[Item]) -> tuple[_Side, _Side, _Side]:
        """Offers, needs and ordinary sentences, each language around one middle."""
        versions = [_versions(item) for item in (*offers, *needs)]
        flat = [version for of_item in versions for version in of_item]
        ordinary = np.array([self._vectors[digest_of(text)] for text in ORDINARY])
        empty = np.zeros(ordinary.shape[1], dtype=np.float32)
        texts = np.array([self._vectors.get(digest_of(text), empty) for text, _ in flat])
        texts, ordinary = _centred(texts, [code for _, code in flat], ordinary)
        firsts = np.cumsum([0, *map(len, versions)])
        edge = firsts[len(offers)]
        return (
            _Side(texts[:edge], firsts[: len(offers) + 1]),
            _Side(texts[edge:], firsts[len(offers) :] - edge),
            _Side(ordinary, np.arange(len(ordinary) + 1)),
        )

    def _knows_ordinary(self) -> bool:
        return all(digest_of(text) in self._vectors for text in ORDINARY)


def texts_of(items: Iterable[Item]) -> list[str]:
    """All that vectors are needed of, each once, the ordinary sentences first."""
    said = (text for item in items for text, _ in _versions(item))
    return list(dict.fromkeys([*ORDINARY, *said]))


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _versions(item: Item) -> list[tuple[str, str]]:
    """What is said of an item in each language, with the code of the language where known."""
    first = (_words(item), item.language)
    return [first, *((_words(text), text.language) for text in item.texts)]


def _words(item: Item | OwnText) -> str:
    return f"{item.title}. {item.text}" if item.text else item.title


def _meet(alike: Vector, margin: Vector, branch: NDArray[np.bool_]) -> NDArray[np.bool_]:
    on_one = (margin >= MARGIN_ON_ONE_BRANCH) | (alike >= ALIKE_IN_ANY_CROWD)
    return np.where(branch, on_one, margin >= MARGIN_ANYWHERE)


def _centred(texts: Vector, codes: list[str], ordinary: Vector) -> tuple[Vector, Vector]:
    """Both with the middle of their language taken away; a text unknown, all zeros, stays so."""
    spoken = np.repeat(np.arange(len(LANGUAGES)), [n for _, n in ORDINARY_BY_LANGUAGE])
    middles = np.array([ordinary[spoken == n].mean(axis=0) for n in range(len(LANGUAGES))])
    languages, known = _told_or_guessed(codes, texts, middles), np.any(texts != 0, axis=1)
    for number in range(len(LANGUAGES)):
        of_it = (languages == number) & known
        total = texts[of_it].sum(axis=0) + ORDINARY_WEIGHT * middles[number]
        middles[number] = total / (of_it.sum() + ORDINARY_WEIGHT)
    moved = np.where(known[:, None], texts - middles[languages], texts)
    return _of_length_one(moved), _of_length_one(ordinary - middles[spoken])


def _told_or_guessed(codes: list[str], texts: Vector, middles: Vector) -> NDArray[np.intp]:
    """The place of each text's language; where none is told, of the one it lies nearest to."""
    centre = middles.mean(axis=0)
    guessed = ((texts - centre) @ _of_length_one(middles - centre).T).argmax(axis=1)
    told = [LANGUAGES.index(code) if code in LANGUAGES else -1 for code in codes]
    return np.where(np.array(told) >= 0, told, guessed)


def _of_length_one(vectors: Vector) -> Vector:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vector = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return scaled


def _joined(one: _Side, other: _Side) -> _Side:
    firsts = np.concatenate([one.firsts[:-1], other.firsts + one.firsts[-1]])
    return _Side(np.vstack([one.vectors, other.vectors]), firsts)


def _alike(one: _Side, other: _Side) -> Iterator[tuple[int, Vector]]:
    """Cosines of items, some rows at a time; each is as like as its likest version."""
    last = len(one.firsts) - 1
    for start, end in pairwise([*range(0, last, ROWS_AT_ONCE), last]):
        rows = one.firsts[start : end + 1]
        cosines = one.vectors[rows[0] : rows[-1]] @ other.vectors.T
        by_row = np.maximum.reduceat(cosines, rows[:-1] - rows[0], axis=0)
        yield start, np.maximum.reduceat(by_row, other.firsts[:-1], axis=1)


def _background(one: _Side, other: _Side) -> Vector:
    """How alike each of one side is to what is likest to it among the other, in the mean."""
    count = max(LIKEST_LEAST, ceil(LIKEST_SHARE * (len(other.firsts) - 1)))
    likest = [np.partition(alike, -count, axis=1)[:, -count:] for _, alike in _alike(one, other)]
    mean: Vector = np.concatenate(likest).mean(axis=1)
    return mean
