"""How well needs are met across languages, by words and by meaning.

    uv run python -m benchmarks.matching_languages [--read]

Ranks each need's answer among all offers of tests/matching/labelled_languages.csv, and counts what
is said to meet and how much of that is right. With `--read` the texts are read anew by the model
of the extra `semantic`, which also says how long that takes; else the vectors kept beside the list
are used.
"""

import argparse
import resource
import time
import tomllib
from pathlib import Path

import numpy as np

from matchmaker.matching.similarity import matches
from matchmaker.matching.similarity_meaning import Meaning, digest_of, texts_of
from matchmaker.matching.snapshot import Item
from tests.matching.ranking import (
    Market,
    by_meaning,
    by_words,
    ranks,
    read_market,
    read_vectors,
    said_and_right,
)

WRITTEN = Path(__file__).parents[1] / "matchmaker" / "demo" / "content"
TEXTS_AT_ONCE = 16


def demonstration() -> Market:
    """Labelled by somebody else, and with no part in choosing the margins."""
    sides = {
        kind: [
            (name, row)
            for path in sorted((WRITTEN / f"{kind}s").glob("*.toml"))
            for name, row in tomllib.loads(path.read_text(encoding="utf-8")).items()
        ]
        for kind in ("offer", "need")
    }
    true = [
        [name in row.get("met_by", ()) for _, row in sides["need"]] for name, _ in sides["offer"]
    ]
    offers, needs = (
        tuple(
            Item(
                kind,
                row["topic"],
                row["title"],
                row.get("text", ""),
                language=row.get("language", "en"),
            )  # type: ignore[arg-type]
            for _, row in rows
        )
        for kind, rows in sides.items()
    )
    return Market(offers, needs, np.array(true))


def read_anew(markets: list[Market]) -> Meaning:
    from matchmaker.matching.similarity_model import read

    texts = list(dict.fromkeys(t for m in markets for t in texts_of((*m.offers, *m.needs))))
    read(texts[:1])
    began, clock = time.process_time(), time.perf_counter()
    vectors = [
        row
        for start in range(0, len(texts), TEXTS_AT_ONCE)
        for row in read(texts[start : start + TEXTS_AT_ONCE])
    ]
    worked, passed = time.process_time() - began, time.perf_counter() - clock
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(texts)} texts read in {passed:.1f} s, {1000 * worked / len(texts):.0f} ms of the "
        f"processor each; the process held {memory:.0f} MiB at most"
    )
    return Meaning({digest_of(t): vector for t, vector in zip(texts, vectors, strict=True)})


def print_ranks(market: Market, meaning: Meaning) -> None:
    words, means = ranks(market, by_words(market)), ranks(market, by_meaning(market, meaning))
    print(f"{'offer > need':14}{'pairs':>6}{'words':>16}{'meaning':>16}   (recall at 5, MRR)")
    for name, by_word in words.items():
        of_two = "".join(f"{rank.recall:>10.2f}{rank.mrr:>6.2f}" for rank in (by_word, means[name]))
        print(f"{name:14}{by_word.pairs:>6}{of_two}")


def print_said(name: str, market: Market, meaning: Meaning) -> None:
    for how, similarity in (("words", matches), ("meaning", meaning)):
        for one, (said, right, true) in said_and_right(market, similarity).items():
            where = "one topic" if one else "different topics"
            print(f"{name}, {where}, {how}: {said} said, {right} right, {true} true in all")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--read", action="store_true", help="read the texts anew by the model")
    markets = {
        "three languages": read_market("labelled_languages"),
        "labelled list": read_market("labelled"),
    }
    if parser.parse_args().read:
        markets["demonstration"] = demonstration()
        meaning = read_anew(list(markets.values()))
    else:
        meaning = read_vectors()
    print_ranks(markets["three languages"], meaning)
    for name, market in markets.items():
        print_said(name, market, meaning)


if __name__ == "__main__":
    main()
