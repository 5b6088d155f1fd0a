"""What holds for the values of every event."""

import dataclasses
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.matching.snapshot import Snapshot
from matchmaker.matching.value import pair_values, values_for
from tests.matching.strategies import snapshots, untimed


def shuffled(snapshot: Snapshot, random: Random) -> Snapshot:
    """The same event told in another order."""
    people = [
        dataclasses.replace(person, items=tuple(random.sample(person.items, len(person.items))))
        for person in random.sample(snapshot.people, len(snapshot.people))
    ]
    return dataclasses.replace(
        snapshot,
        people=tuple(people),
        wishes=tuple(random.sample(snapshot.wishes, len(snapshot.wishes))),
        topics=tuple(random.sample(snapshot.topics, len(snapshot.topics))),
    )


@untimed
@given(snapshots(), st.randoms(use_true_random=False))
def test_the_order_things_are_told_in_changes_nothing(snapshot: Snapshot, random: Random) -> None:
    assert pair_values(shuffled(snapshot, random)) == pair_values(snapshot)


@untimed
@given(snapshots())
def test_every_pair_is_worth_something_and_comes_once_in_order(snapshot: Snapshot) -> None:
    pairs = pair_values(snapshot)

    assert all(pair.a < pair.b and pair.value > 0 for pair in pairs)
    assert [(pair.a, pair.b) for pair in pairs] == sorted({(pair.a, pair.b) for pair in pairs})


@untimed
@given(snapshots())
def test_a_reader_reads_what_the_run_counts(snapshot: Snapshot) -> None:
    for pair in pair_values(snapshot):
        assert values_for(snapshot, pair.a)[pair.b] == pair
        assert values_for(snapshot, pair.b)[pair.a] == pair
