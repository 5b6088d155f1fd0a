"""What a recommendation is made of: each reason with its points, and their sum."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from matchmaker.matching.words import Sentence, for_reader
from matchmaker.people.entries import Entry, People


@dataclass(frozen=True, slots=True)
class Explained:
    """`total` is the sum of the points; `want` and `must` are what one's own wish would add.

    What the other wishes counts as a want whatever they said, and a "no" of theirs not at all: the
    figures tell no more than the sentences do.
    """

    rows: tuple[tuple[Sentence, int], ...]
    total: int
    want: int
    must: int


def explain(people: People, entry: Entry, gettext: Callable[[str], str]) -> Explained:
    pair, weights, reader = entry.pair, people.snapshot.settings.weights, people.me.id
    names = people.names_for(entry)
    reasons = () if pair is None or entry.is_out_of_reach else pair.reasons
    rows = tuple(
        (sentence, weights.want if reason.is_wish else reason.points)
        for reason in reasons
        if pair is not None
        for sentence in for_reader(replace(pair, reasons=(reason,)), reader, names, gettext)
    )
    return Explained(rows, sum(points for _, points in rows), weights.want, weights.must)
