"""How well offers are matched with needs, and how long values and agendas take.

    uv run python -m benchmarks.matching [--quick]

Times of values are seconds of the processor, of agendas seconds of the clock. Quality is measured
on two lists labelled by hand: tests/matching/labelled.csv, on which the thresholds were chosen,
and the demonstration's own offers and needs, on which they were not.
"""

import argparse
import csv
import time
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

from matchmaker.demo.event import build_demo
from matchmaker.matching.arrange import arrange
from matchmaker.matching.similarity import matches
from matchmaker.matching.snapshot import Item, ItemKind, Person, Snapshot, Topic
from matchmaker.matching.value import pair_values, values_for

ROOT = Path(__file__).parents[1]
LABELLED = ROOT / "tests" / "matching" / "labelled.csv"
WRITTEN = ROOT / "matchmaker" / "demo" / "content"


class Labelled(NamedTuple):
    identity: str
    item: Item
    met_by: frozenset[str]


def read_labelled() -> list[Labelled]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(row["id"], _item(row["kind"], row), frozenset(row["met_by"].split()))
            for row in csv.DictReader(file)
        ]


def read_demonstration() -> list[Labelled]:
    return [
        Labelled(identity, _item(kind, row), frozenset(row.get("met_by", ())))
        for kind in ("offer", "need")
        for path in sorted((WRITTEN / f"{kind}s").glob("*.toml"))
        for identity, row in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]


def measure_quality(name: str, rows: Iterable[Labelled]) -> None:
    offers = [row for row in rows if row.item.kind == "offer"]
    needs = [row for row in rows if row.item.kind == "need"]
    topics = tuple(Topic(topic, topic) for topic in sorted({row.item.topic for row in rows}))
    found = matches(tuple(o.item for o in offers), tuple(n.item for n in needs), topics)
    pairs = list(zip(found.offers.tolist(), found.needs.tolist(), strict=True))
    for one_topic in (True, False):
        told = {p for p in pairs if _one_topic(offers[p[0]], needs[p[1]]) is one_topic}
        true = {
            (o, n)
            for o, offer in enumerate(offers)
            for n, need in enumerate(needs)
            if offer.identity in need.met_by and _one_topic(offer, need) is one_topic
        }
        where = "under one topic" if one_topic else "under different topics"
        print(f"{name}, {where}: {len(told & true)} right of {len(told)} said, of {len(true)} true")


def measure_time(people: int, snapshot: Snapshot) -> None:
    for consent in ("wishes", "suggest"):
        asked = replace(snapshot, settings=replace(snapshot.settings, consent=consent))
        matches.cache_clear()
        began = time.process_time()
        pairs = pair_values(asked)
        valued = time.process_time()
        values_for(asked, asked.people[0].id)
        read = time.process_time()
        print(
            f"{people} people, {consent}: {len(pairs)} pairs valued in {valued - began:.2f} s, "
            f"then one reader's in {read - valued:.3f} s"
        )
        if consent == "wishes" or people < 500:
            report = arrange(asked).report
            print(f"  arranged in {report.seconds:.2f} s: {report}")


def crowd(snapshot: Snapshot, times: int) -> Snapshot:
    """The event several times over in one, each time with other words in what is offered."""
    random = Random(1)  # noqa: S311 - a fixed seed is wanted, not secrecy
    people = [
        _double(person, number, random) for number in range(times) for person in snapshot.people
    ]
    wishes = [
        replace(wish, person=f"{wish.person}-{number}", other=f"{wish.other}-{number}")
        for number in range(times)
        for wish in snapshot.wishes
    ]
    return replace(
        snapshot, people=tuple(people), wishes=tuple(wishes), points=snapshot.points * times
    )


def _double(person: Person, number: int, random: Random) -> Person:
    return replace(
        person,
        id=f"{person.id}-{number}",
        organisation=f"{person.organisation} {number}",
        items=tuple(_reworded(item, random) for item in person.items),
    )


def _reworded(item: Item, random: Random) -> Item:
    words = [
        "".join(random.sample(word, len(word))) if random.random() < 0.3 else word
        for word in item.text.split()
    ]
    return replace(item, text=" ".join(words))


def _item(kind: ItemKind, row: dict[str, str]) -> Item:
    return Item(kind, row["topic"], row["title"], row.get("text", ""))


def _one_topic(offer: Labelled, need: Labelled) -> bool:
    return offer.item.topic == need.item.topic


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the thousand people")
    quick = parser.parse_args().quick
    measure_quality("labelled list", read_labelled())
    measure_quality("demonstration", read_demonstration())
    demonstration = build_demo(date(2026, 11, 21)).snapshot
    measure_time(150, demonstration)
    if not quick:
        measure_time(1050, crowd(demonstration, 7))


if __name__ == "__main__":
    main()
