"""How high what answers a need stands among all offers, by the languages of the two."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np

from matchmaker.matching.similarity import Similarity, likeness_of
from matchmaker.matching.similarity_meaning import Meaning, digest_of, texts_of
from matchmaker.matching.snapshot import Item, ItemKind, Topic

HERE = Path(__file__).parent
ALL = "all"
ENOUGH = 5


class Market(NamedTuple):
    """Labelled offers and needs, and which offer meets which need, by their places."""

    offers: tuple[Item, ...]
    needs: tuple[Item, ...]
    true: np.ndarray

    @property
    def topics(self) -> tuple[Topic, ...]:
        names = {item.topic for item in (*self.offers, *self.needs)}
        return tuple(Topic(name, name) for name in sorted(names))


class Rank(NamedTuple):
    pairs: int
    recall: float
    mrr: float


def read_market(name: str) -> Market:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    offers, needs = ([row for row in rows if row["kind"] == kind] for kind in ("offer", "need"))
    true = [[offer["id"] in need["met_by"].split() for need in needs] for offer in offers]
    return Market(_items("offer", offers), _items("need", needs), np.array(true))


def read_vectors() -> Meaning:
    """The vectors of the labelled texts as the model made them, at half the digits."""
    market = [read_market(name) for name in ("labelled", "labelled_languages")]
    kept = np.load(HERE / "labelled_vectors.npz")
    of = dict(zip(kept["digests"].tolist(), kept["vectors"].astype(np.float32), strict=True))
    texts = [text for m in market for text in texts_of((*m.offers, *m.needs))]
    return Meaning({digest_of(text): of[digest_of(text)[:16]] for text in texts})


def by_words(market: Market) -> np.ndarray:
    return np.vstack([rows for _, rows in likeness_of(market.offers, market.needs)])


def by_meaning(market: Market, meaning: Meaning) -> np.ndarray:
    return np.vstack([rows for _, _, rows in meaning.compared(market.offers, market.needs)])


def ranks(market: Market, score: np.ndarray) -> dict[str, Rank]:
    """By "offer's language > need's", and all together; a tie counts against the right offer."""
    places: dict[str, list[int]] = defaultdict(list)
    for offer, need in np.argwhere(market.true):
        others = np.flatnonzero(~market.true[:, need])
        place = 1 + int((score[others, need] >= score[offer, need]).sum())
        pair = f"{market.offers[offer].language} > {market.needs[need].language}"
        places[pair].append(place)
        places[ALL].append(place)
    return {name: _rank(found) for name, found in sorted(places.items())}


def said_and_right(market: Market, similarity: Similarity) -> dict[bool, tuple[int, int, int]]:
    """By whether under one topic: how many are said to meet, how many of them do, how many do."""
    found = similarity(market.offers, market.needs, market.topics)
    said = np.zeros_like(market.true)
    said[found.offers, found.needs] = True
    offered, needed = (np.array([i.topic for i in side]) for side in (market.offers, market.needs))
    one = offered[:, None] == needed
    return {
        where: tuple(int((which & (one == where)).sum()) for which in counted)  # type: ignore[misc]
        for counted in [(said, said & market.true, market.true)]
        for where in (True, False)
    }


def _items(kind: ItemKind, rows: list[dict[str, str]]) -> tuple[Item, ...]:
    return tuple(
        Item(kind, row["topic"], row["title"], row["text"], language=row["language"])
        for row in rows
    )


def _rank(places: list[int]) -> Rank:
    found = np.array(places)
    recall, mrr = (found <= ENOUGH).mean(), (1 / found).mean()
    return Rank(len(places), round(float(recall), 2), round(float(mrr), 2))
