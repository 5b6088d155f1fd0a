"""Which offers meet which needs: topics on one branch, and words that look alike."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.snapshot import Item, Topic
from matchmaker.own_texts import OwnText

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# How alike the words must be, by whether the topics lie on one branch. Chosen by measuring on
# tests/matching/labelled.csv; docs/matching.md has the figures.
ALIKE_ON_ONE_BRANCH = 0.20
ALIKE_ANYWHERE = 0.30

ROWS_AT_ONCE = 512

ORDINARY = Path(__file__).with_name("ordinary.txt").read_text(encoding="utf-8").splitlines()


class Matches(NamedTuple):
    """Offers that meet needs, side by side: their places in the lists given, and how alike."""

    offers: NDArray[np.intp]
    needs: NDArray[np.intp]
    likeness: NDArray[np.float64]


class Similarity(Protocol):
    """A way to compare: `matches` by words, `similarity_meaning.Meaning` by what they mean."""

    def __call__(
        self, offers: tuple[Item, ...], needs: tuple[Item, ...], topics: tuple[Topic, ...]
    ) -> Matches:
        """Every offer that meets a need, in order of the offers, then of the needs."""


@lru_cache(maxsize=8)
def matches(
    offers: tuple[Item, ...], needs: tuple[Item, ...], topics: tuple[Topic, ...]
) -> Matches:
    """Every offer that meets a need, in order of the offers, then of the needs.

    Remembered, because every page that shows people asks again for the same marketplace.
    """
    near = one_branch(topics)
    offered, needed = topic_numbers(offers, topics), topic_numbers(needs, topics)
    found = [nothing()]
    for start, likeness in likeness_of(offers, needs):
        branch = near[np.ix_(offered[start : start + len(likeness)], needed)]
        rows, columns = np.nonzero(
            likeness >= np.where(branch, ALIKE_ON_ONE_BRANCH, ALIKE_ANYWHERE)
        )
        found.append(Matches(rows + start, columns, likeness[rows, columns]))
    return Matches(*map(np.concatenate, zip(*found, strict=True)))


def lineage(topics: tuple[Topic, ...]) -> dict[str, tuple[str, ...]]:
    """Each topic's id with the ids on its way to the root, its own first."""
    parents = {topic.id: topic.parent for topic in topics}
    lines = {}
    for topic in topics:
        line = [topic.id]
        while (parent := parents.get(line[-1])) and parent not in line:
            line.append(parent)
        lines[topic.id] = tuple(line)
    return lines


def one_branch(topics: tuple[Topic, ...]) -> NDArray[np.bool_]:
    """Whether one topic is the other or lies above it; the last place is "no topic", on none."""
    place = {topic.id: number for number, topic in enumerate(topics)}
    above = np.zeros((len(topics) + 1, len(topics) + 1), dtype=bool)
    for topic, line in lineage(topics).items():
        above[place[topic], [place[name] for name in line if name in place]] = True
    return above | above.T


def topic_numbers(items: tuple[Item, ...], topics: tuple[Topic, ...]) -> NDArray[np.intp]:
    place = {topic.id: number for number, topic in enumerate(topics)}
    return np.array([place.get(item.topic, len(topics)) for item in items], dtype=np.intp)


def likeness_of(
    offers: tuple[Item, ...], needs: tuple[Item, ...]
) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Cosines of offers and needs, some rows at a time, each with the place of its first row.

    What is said in several languages is as like as its likest version: together they would dilute
    each other.
    """
    if not offers or not needs:
        return
    texts, firsts = _versions((*offers, *needs))
    vectors, edge = vectorise(texts), firsts[len(offers)]
    needed = vectors[edge:].T.tocsc()
    for start, end in pairwise([*range(0, len(offers), ROWS_AT_ONCE), len(offers)]):
        rows = firsts[start : end + 1]
        likeness = (vectors[rows[0] : rows[-1]] @ needed).toarray()
        by_offer = np.maximum.reduceat(likeness, rows[:-1] - rows[0], axis=0)
        yield start, np.maximum.reduceat(by_offer, firsts[len(offers) : -1] - edge, axis=1)


def _versions(items: tuple[Item, ...]) -> tuple[list[str], NDArray[np.intp]]:
    """The words of each item, once a language, and where each item's begin; one place more."""
    versions = [[_words(item), *map(_words, item.texts)] for item in items]
    firsts = np.cumsum([0, *map(len, versions)])
    return [text for of_item in versions for text in of_item], firsts


def vectorise(texts: list[str]) -> "csr_matrix":
    """TF-IDF over letter n-grams: endings and compounds of Finnish and Swedish still match.

    The ordinary sentences keep the weights much the same for an event of three and of three
    thousand: what anybody could write counts little in both.
    """
    # Here, because importing it takes longer than all the rest of the program together.
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    return grams.fit_transform([*texts, *ORDINARY])[: len(texts)]


def _words(item: Item | OwnText) -> str:
    """The title says what it is about, so it counts twice."""
    return f"{item.title} {item.title} {item.text}"


def nothing() -> Matches:
    none = np.array([], dtype=np.intp)
    return Matches(none, none, np.array([], dtype=np.float64))
