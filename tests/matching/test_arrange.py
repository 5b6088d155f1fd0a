"""The whole act on events small enough to arrange by hand."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from matchmaker.matching.arrange import arrange
from matchmaker.matching.outcome import Outcome, Report
from matchmaker.matching.snapshot import (
    Block,
    Person,
    Point,
    Session,
    Settings,
    Settled,
    Snapshot,
    Stay,
)
from tests.matching.small import (
    at,
    block,
    event,
    interval,
    people,
    person,
    tables,
    wishes,
)

WISHES = Settings(consent="wishes")


def wished_event(
    *attending: Person, slots: int = 1, points: int = 1, settings: Settings = WISHES, said: str
) -> Snapshot:
    """One block from ten o'clock; `said` as in `wishes`, an "!" makes it a must."""
    musts = " ".join(pair.removesuffix("!") for pair in said.split() if pair.endswith("!"))
    wants = " ".join(pair for pair in said.split() if not pair.endswith("!"))
    return event(
        *attending,
        settings=settings,
        blocks=(block("10:00", slots),) if slots else (),
        points=tables(points),
        wishes=(*wishes(musts, level="must"), *wishes(wants)),
    )


def held(outcome: Outcome) -> list[str]:
    return [
        f"{meeting.slot.start:%H:%M} {meeting.point}: {meeting.pair.a} {meeting.pair.b}"
        for meeting in outcome.meetings
    ]


def unplaced(outcome: Outcome) -> list[tuple[str, str, tuple[str, ...], int | None]]:
    return [(f"{one.pair.a} {one.pair.b}", one.why, one.full, one.cost) for one in outcome.unplaced]


def test_one_wish_is_granted_with_its_reasons() -> None:
    outcome = arrange(wished_event(*people("a b"), said="b>a"))

    (meeting,) = outcome.meetings
    assert (meeting.slot, meeting.point) == (interval("10:00", "10:20"), "Table 1")
    assert [(reason.kind, reason.person) for reason in meeting.pair.reasons] == [("want", "b")]
    assert replace(outcome.report, seconds=0, terms=(), more=(), scarce=()) == Report(
        participants=2,
        pairs=1,
        meetings=1,
        pair_value=12,
        value=36,  # and 12 more for the first meeting of either
        bound=36,
        gap=0,
        breaks=0,
        without_meeting=0,
        seconds=0,
    )


def test_a_person_whose_time_is_taken_is_named_with_what_a_change_would_cost() -> None:
    outcome = arrange(wished_event(*people("a b c"), said="a>b! b>a! b>c"))

    assert held(outcome) == ["10:00 Table 1: a b"]
    assert unplaced(outcome) == [("b c", "person_full", ("b",), 48)]
    assert outcome.report.without_meeting == 1


def test_the_persons_own_maximum_goes_before_the_events() -> None:
    shy, busy = person("a", max_meetings=1), person("b")
    settings = Settings(consent="wishes", max_meetings=2)

    outcome = arrange(
        wished_event(
            shy, busy, *people("c d e"), slots=4, points=4, settings=settings,
            said="a>b! a>c b>d! b>e!",
        )
    )  # fmt: skip

    met = [one for meeting in outcome.meetings for one in (meeting.pair.a, meeting.pair.b)]
    assert (met.count("a"), met.count("b")) == (1, 2)


def test_whoever_takes_no_meetings_is_named_as_full() -> None:
    outcome = arrange(wished_event(person("a", max_meetings=0), person("b"), said="a>b!"))

    assert held(outcome) == []
    assert unplaced(outcome) == [("a b", "person_full", ("a",), None)]


def test_without_a_free_table_the_wish_worth_more_is_granted() -> None:
    outcome = arrange(wished_event(*people("a b c d"), said="a>b! c>d"))

    assert held(outcome) == ["10:00 Table 1: a b"]
    assert unplaced(outcome) == [("c d", "tables_full", (), 18)]


def test_absences_that_touch_a_slot_take_it() -> None:
    late = person("a", absences=(interval("9:00", "10:21"),))
    leaving = person("c", absences=(interval("10:20", "12:00"),))

    outcome = arrange(wished_event(late, *people("b"), leaving, slots=3, said="a>b! a>c! b>c"))

    assert held(outcome) == ["10:00 Table 1: b c", "10:40 Table 1: a b"]
    assert unplaced(outcome) == [("a c", "never_free_together", (), None)]


def test_meetings_come_in_order_of_time_and_of_the_listed_points() -> None:
    points = (Point("Booth"), Point("Alcove"))

    outcome = arrange(
        replace(wished_event(*people("a b c d"), slots=2, said="a>b a>c b>d c>d"), points=points)
    )

    assert [(f"{one.slot.start:%H:%M}", one.point) for one in outcome.meetings] == [
        ("10:00", "Booth"),
        ("10:00", "Alcove"),
        ("10:20", "Booth"),
        ("10:20", "Alcove"),
    ]


def test_a_session_of_the_programme_blocks_nobody() -> None:
    snapshot = replace(
        wished_event(*people("a b"), said="a>b"),
        sessions=(Session("Keynote", at("10:00"), at("11:00")),),
    )

    assert held(arrange(snapshot)) == ["10:00 Table 1: a b"]


@pytest.mark.parametrize(("first_hour", "breaks"), [(20, 0), (10, 1)])
def test_a_midnight_in_helsinki_between_two_meetings_is_no_break(
    first_hour: int, breaks: int
) -> None:
    early, gap, late = f"{first_hour}:20", f"{first_hour}:40", f"{first_hour + 1}:00"
    snapshot = replace(
        wished_event(
            person("a"),
            person("b", absences=(interval(gap, "22:00"),)),
            person("c", absences=(interval(early, late),)),
            said="a>b a>c",
        ),
        blocks=(block(early, 2), block(late, 1)),
    )

    outcome = arrange(snapshot)

    assert held(outcome) == [f"{early} Table 1: a b", f"{late} Table 1: a c"]
    assert outcome.report.breaks == breaks


def test_suggestions_fill_what_wishes_leave() -> None:
    attending = [person("a", region="FI1D7"), person("b", region="SE332"), person("c")]

    outcome = arrange(
        wished_event(*attending, slots=2, settings=Settings(consent="suggest"), said="a>c")
    )

    assert {(one.pair.a, one.pair.b) for one in outcome.meetings} == {("a", "b"), ("a", "c")}
    assert (outcome.report.pairs, outcome.unplaced) == (3, ())


def empties() -> dict[str, Snapshot]:
    whole = wished_event(*people("a b"), said="a>b")
    return {
        "people": replace(whole, people=(), wishes=()),
        "slots": replace(whole, blocks=()),
        "room in a block": replace(whole, blocks=(Block(at("10:00"), at("10:15"), 20),)),
        "points": replace(whole, points=()),
        "wishes": replace(whole, wishes=()),
        "anything": event(topics=()),
    }


@pytest.mark.parametrize(
    ("lacking", "why"),
    [
        ("people", []),
        ("slots", ["never_free_together"]),
        ("room in a block", ["never_free_together"]),
        ("points", ["tables_full"]),
        ("wishes", []),
        ("anything", []),
    ],
)
def test_an_event_without_something_has_no_meetings(lacking: str, why: list[str]) -> None:
    outcome = arrange(empties()[lacking])

    assert outcome.meetings == ()
    assert [one.why for one in outcome.unplaced] == why
    assert (outcome.report.value, outcome.report.bound, outcome.report.gap) == (0, 0, 0)


def test_blocks_that_overlap_are_refused() -> None:
    snapshot = replace(
        wished_event(*people("a b"), said="a>b"), blocks=(block("10:00", 3), block("10:40", 3))
    )

    with pytest.raises(ValueError, match="Two meeting blocks overlap at 2023-04-26 10:40 UTC"):
        arrange(snapshot)


@pytest.mark.parametrize("limit", [{"seconds": 0.0}, {"should_stop": lambda: True}])
def test_a_run_stopped_at_once_still_yields_an_outcome(
    limit: dict[str, float | Callable[[], bool]],
) -> None:
    snapshot = wished_event(*people("a b c d"), slots=2, points=2, said="a>b b>c c>d d>a")

    outcome = arrange(snapshot, **limit)  # type: ignore[arg-type]

    assert len(outcome.meetings) + len(outcome.unplaced) == 4
    assert outcome.report.value <= outcome.report.bound


def test_progress_tells_stages_values_and_how_far_it_is() -> None:
    told: list[tuple[str, int, int | None, float]] = []

    outcome = arrange(
        wished_event(*people("a b"), said="a>b"), progress=lambda *now: told.append(now)
    )

    fractions = [fraction for *_, fraction in told]
    assert told[0] == ("value", 0, None, 0.0)
    assert told[-1] == ("done", outcome.report.value, outcome.report.bound, 1.0)
    assert fractions == sorted(fractions)


def test_one_person_in_two_roles_is_in_one_place_at_a_time() -> None:
    attending = (person("a", body="aino"), person("b", body="aino"), *people("c d"))

    one = arrange(wished_event(*attending, points=2, said="a>c! b>d"))
    two = arrange(wished_event(*attending, slots=2, points=2, said="a>c! b>d"))

    assert held(one) == ["10:00 Table 1: a c"]
    assert unplaced(one)[0][:3] == ("b d", "person_full", ("b",))
    assert sorted(line.partition(": ")[2] for line in held(two)) == ["a c", "b d"]


def test_a_report_has_each_part_with_its_bound_and_what_more_would_add() -> None:
    report = arrange(wished_event(*people("a b c d"), said="a>b! c>d")).report

    assert [(term.name, term.value, term.bound) for term in report.terms] == [
        ("pair_value", 30, 30),
        ("sharing", 60, 60),
        ("promises", 0, 0),
        ("breaks", 0, 0),
        ("point_changes", 0, None),
    ]
    assert [(more.of, more.found, more.proved) for more in report.more] == [
        ("point", 72, 72),
        ("slot", 72, 72),
        ("meeting_each", 0, 0),
    ]


def _published(outcome: Outcome, snapshot: Snapshot, stay: Stay) -> Snapshot:
    meetings = (Settled(m.pair.a, m.pair.b, m.slot.start, m.point) for m in outcome.meetings)
    return replace(snapshot, published=tuple(meetings), stay=stay)


def test_what_is_published_stays_where_that_costs_no_value() -> None:
    before = wished_event(*people("a b c d"), slots=4, points=1, said="a>b b>c c>d")
    published = _published(arrange(before), before, "free")
    late = replace(published, wishes=(*before.wishes, *wishes("a>d")))

    again = arrange(late, seed=9)

    assert set(held(arrange(before))) <= set(held(again))
    assert (again.report.published, again.report.kept, len(again.meetings)) == (3, 3, 4)


def test_as_much_stays_as_can_although_better_is_to_be_had() -> None:
    before = wished_event(*people("a b c"), said="a>b")
    now = wished_event(*people("a b c"), said="a>b b>c!")

    kept = arrange(_published(arrange(before), now, "most"))
    free = arrange(_published(arrange(before), now, "free"))

    assert (held(kept), kept.report.kept) == (["10:00 Table 1: a b"], 1)
    assert (held(free), free.report.kept) == (["10:00 Table 1: b c"], 0)
    assert kept.report.bound == free.report.value > kept.report.value


def test_a_published_meeting_of_somebody_who_left_is_forgotten() -> None:
    before = wished_event(*people("a b c"), slots=2, said="a>b b>c")
    now = wished_event(*people("b c"), slots=2, said="b>c")

    again = arrange(_published(arrange(before), now, "most"))

    assert (again.report.published, again.report.kept, len(again.meetings)) == (2, 1, 1)
