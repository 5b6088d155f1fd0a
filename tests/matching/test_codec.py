"""A run stores what it worked on: what is read back is what was written."""

import dataclasses

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.matching.codec import from_json, reasons_from_json, reasons_to_json, to_json
from matchmaker.matching.outcome import Reason
from matchmaker.matching.snapshot import Settings, Snapshot
from tests.matching.small import event, people, wishes
from tests.matching.strategies import snapshots, texts, untimed

KINDS = ["must", "want", "accepted", "offer_meets_need", "same_topic", "different_regions"]


@untimed
@given(snapshots())
def test_a_snapshot_comes_back_as_it_was(snapshot: Snapshot) -> None:
    assert from_json(to_json(snapshot)) == snapshot


@untimed
@given(snapshots())
def test_equal_snapshots_are_equal_text(snapshot: Snapshot) -> None:
    backwards = dataclasses.replace(
        snapshot, accepted=frozenset(sorted(snapshot.accepted, reverse=True))
    )

    assert to_json(backwards) == to_json(snapshot)


@untimed
@given(
    st.lists(
        st.builds(Reason, st.sampled_from(KINDS), st.integers(1, 1000), texts, texts, texts, texts)
    ).map(tuple)
)
def test_reasons_come_back_as_they_were(reasons: tuple[Reason, ...]) -> None:
    assert reasons_from_json(reasons_to_json(reasons)) == reasons


def test_text_is_readable_by_people() -> None:
    text = to_json(event(*people("a b"), wishes=wishes("a>b", level="must")))

    assert '"place":"Kittilä"' in text
    assert '"wishes":[{"person":"a","other":"b","level":"must"}]' in text


def test_a_level_nobody_knows_is_refused_with_its_place() -> None:
    text = to_json(event(*people("a b"), wishes=wishes("a>b"))).replace('"want"}', '"maybe"}')

    with pytest.raises(msgspec.ValidationError, match=r"\$\.wishes\[0\]\.level"):
        from_json(text)


def test_weights_out_of_range_are_refused() -> None:
    text = to_json(event(settings=Settings())).replace('"must":30', '"must":0')

    with pytest.raises(msgspec.ValidationError, match="weight of must"):
        from_json(text)
