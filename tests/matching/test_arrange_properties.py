"""What every arrangement promises, checked from the event's own words and not from the solver's."""

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.matching.arrange import arrange
from matchmaker.matching.outcome import Meeting, Outcome
from matchmaker.matching.snapshot import Interval, Snapshot
from matchmaker.matching.translate import is_wished
from matchmaker.matching.value import pair_values
from tests.matching.small import at, block, tables
from tests.matching.strategies import snapshots, untimed
from tests.matching.test_value_properties import shuffled

BLOCKS = (block("10:00", 3), block("12:00", 2, day=27))
absences = st.sampled_from(
    [(), (Interval(at("10:10"), at("10:30")),), (Interval(at("9:00"), at("12:20", day=27)),)]
)


@st.composite
def events(draw: st.DrawFn) -> Snapshot:
    """Any event, with two short blocks, few tables, and people who come late or never."""
    snapshot = draw(snapshots())
    people = tuple(replace(person, absences=draw(absences)) for person in snapshot.people)
    return replace(snapshot, people=people, blocks=BLOCKS, points=tables(draw(st.integers(0, 3))))


def both(meeting: Meeting) -> tuple[str, str]:
    return meeting.pair.a, meeting.pair.b


@untimed
@given(events())
def test_any_event_is_arranged_as_promised(snapshot: Snapshot) -> None:
    outcome = arrange(snapshot)

    nobody_is_in_two_places_nor_where_they_cannot_be(snapshot, outcome)
    nobody_has_more_meetings_than_they_take(snapshot, outcome)
    every_wished_candidate_is_held_or_explained_once(snapshot, outcome)
    the_figures_add_up(snapshot, outcome)


def nobody_is_in_two_places_nor_where_they_cannot_be(snapshot: Snapshot, outcome: Outcome) -> None:
    absent = {person.id: person.absences for person in snapshot.people}
    seats = Counter((one, m.slot) for m in outcome.meetings for one in both(m))
    points = Counter((m.point, m.slot) for m in outcome.meetings)
    assert set((seats + points).values()) <= {1}
    assert {m.slot for m in outcome.meetings} <= set(snapshot.slots())
    assert {m.point for m in outcome.meetings} <= {point.name for point in snapshot.points}
    assert not any(away.overlaps(slot) for one, slot in seats for away in absent[one])


def nobody_has_more_meetings_than_they_take(snapshot: Snapshot, outcome: Outcome) -> None:
    taken = Counter(one for meeting in outcome.meetings for one in both(meeting))
    for person in snapshot.people:
        limit = person.max_meetings
        assert taken[person.id] <= (snapshot.settings.max_meetings if limit is None else limit)
    assert outcome.report.without_meeting == len(snapshot.people) - len(taken)


def every_wished_candidate_is_held_or_explained_once(snapshot: Snapshot, outcome: Outcome) -> None:
    held = [meeting.pair for meeting in outcome.meetings]
    explained = [one.pair for one in outcome.unplaced]
    values = pair_values(snapshot)
    assert all(held.count(pair) <= 1 and pair in values for pair in held)
    assert explained == [pair for pair in values if is_wished(pair) and pair not in held]


def the_figures_add_up(snapshot: Snapshot, outcome: Outcome) -> None:
    report = outcome.report
    assert report.participants == len(snapshot.people)
    assert report.meetings == len(outcome.meetings)
    assert report.pair_value == sum(meeting.pair.value for meeting in outcome.meetings)
    assert report.pair_value <= report.value <= report.bound
    gap = (report.bound - report.value) / report.bound if report.bound else 0
    assert report.gap == gap


@untimed
@given(events(), st.randoms(use_true_random=False))
def test_the_order_things_are_told_in_changes_no_agenda(snapshot: Snapshot, random: Random) -> None:
    def told(outcome: Outcome) -> Outcome:
        return replace(outcome, report=replace(outcome.report, seconds=0))

    assert told(arrange(shuffled(snapshot, random))) == told(arrange(snapshot))
