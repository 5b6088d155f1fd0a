"""Tables, booths kept for somebody, video rooms: who meets where."""

from dataclasses import replace

import pytest

from matchmaker.matching.arrange import arrange
from matchmaker.matching.outcome import Outcome
from matchmaker.matching.point_kinds import FIRST_BOOTH, TABLE, VIDEO, PointKinds
from matchmaker.matching.snapshot import Person, Point, Settled, Snapshot
from tests.matching import small

BOOTH = Point("Booth", "booth", kept_for="b")
VIDEO_ROOM = Point("Room", "video")


def where(outcome: Outcome) -> dict[str, str]:
    return {f"{m.pair.a}{m.pair.b}": m.point for m in outcome.meetings}


def snapshot(*points: Point, online: str = "", slots: int = 3) -> Snapshot:
    """Four people who all want each other."""
    people: list[Person] = [small.person(one, online=one in online) for one in "abcd"]
    said = small.wishes("a>b a>c a>d b>c b>d c>d")
    return small.event(*people, points=points, blocks=(small.block("13:00", slots),), wishes=said)


def test_who_has_a_booth_meets_everybody_there_and_nobody_else_does() -> None:
    event = snapshot(*small.tables(2), BOOTH)

    assert where(arrange(event)) == {
        **dict.fromkeys(("ab", "bc", "bd"), "Booth"),
        **{pair: where(arrange(event))[pair] for pair in ("ac", "ad", "cd")},
    }
    assert "Booth" not in {where(arrange(event))[pair] for pair in ("ac", "ad", "cd")}


def test_who_is_online_meets_by_video_alone_and_nobody_else_does() -> None:
    met = where(arrange(snapshot(*small.tables(2), VIDEO_ROOM, online="a")))

    assert {pair for pair, point in met.items() if point == "Room"} == {"ab", "ac", "ad"}
    assert len(met) == 6


def test_without_a_table_everybody_meets_by_video() -> None:
    rooms = (VIDEO_ROOM, Point("Other room", "video"))

    assert len(arrange(snapshot(*rooms)).meetings) == 6


def test_nobody_online_is_put_at_a_table() -> None:
    outcome = arrange(snapshot(*small.tables(2), online="a"))

    assert set(where(outcome)) == {"bc", "bd", "cd"}
    assert {each.pair.a for each in outcome.unplaced} == {"a"}


def test_what_is_kept_stays_where_it_is_even_of_another_kind() -> None:
    kept = Settled("a", "b", small.at("13:00"), "Table 1")
    event = replace(snapshot(*small.tables(2), BOOTH), settled=(kept,))

    assert where(arrange(event))["ab"] == "Table 1"


@pytest.mark.parametrize(
    ("pair", "kind"),
    [("ab", FIRST_BOOTH), ("bd", FIRST_BOOTH), ("ae", VIDEO), ("ac", TABLE)],
)
def test_the_rule_in_short(pair: str, kind: int) -> None:
    points = [("table", None), ("booth", "b"), ("booth", "d"), ("booth", None), ("video", None)]

    assert PointKinds(points, {"e"}).of_pair(*pair) == kind
