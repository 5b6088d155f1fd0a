"""No more meetings in a row than the event plans for one person."""

from dataclasses import replace
from itertools import pairwise

from matchmaker.matching.arrange import arrange
from matchmaker.matching.outcome import Outcome
from matchmaker.matching.run_settings import RunSettings
from matchmaker.matching.snapshot import Session, Settings, Settled, Snapshot
from tests.matching import small


def busy_a(**settings: int) -> Snapshot:
    """Everybody wants to meet `a`, who has six times in a row."""
    return small.event(
        *(small.person(one) for one in "abcdef"),
        points=small.tables(2),
        blocks=(small.block("13:00", 6),),
        wishes=small.wishes("a>b a>c a>d a>e a>f"),
        settings=Settings(**settings),  # type: ignore[arg-type]
    )


def longest_row(outcome: Outcome) -> int:
    slots = sorted((meeting.slot for meeting in outcome.meetings), key=lambda slot: slot.start)
    row = best = 1
    for one, other in pairwise(slots):
        row = row + 1 if one.end == other.start else 1
        best = max(best, row)
    return best


def test_after_as_many_meetings_there_is_a_free_time() -> None:
    as_usual, rested = arrange(busy_a()), arrange(busy_a(most_in_a_row=2))

    assert (len(as_usual.meetings), longest_row(as_usual)) == (5, 5)
    assert (len(rested.meetings), longest_row(rested)) == (4, 2)


def test_a_run_may_ask_for_another_number_than_the_event() -> None:
    event = busy_a(most_in_a_row=2)

    assert len(arrange(RunSettings(most_in_a_row=5).applied_to(event)).meetings) == 5
    assert RunSettings().applied_to(event) == event


def test_meetings_that_are_kept_stay_though_they_are_more_in_a_row() -> None:
    event = busy_a(most_in_a_row=1)
    kept = tuple(
        Settled("a", other, slot.start, "Table 1")
        for other, slot in zip("bcd", event.slots(), strict=False)
    )

    outcome = arrange(replace(event, settled=kept))

    assert {(m.pair.b, m.slot.start) for m in outcome.meetings} >= {
        (each.b, each.start) for each in kept
    }


def test_a_visit_is_rest_too() -> None:
    event = busy_a(most_in_a_row=2)
    third = event.slots()[2]
    visit = Session("Visit", third.start, third.end, id="visit")
    people = (replace(event.people[0], sessions=("visit",)), *event.people[1:])

    met = arrange(replace(event, sessions=(visit,), people=people)).meetings

    assert len(met) == 4
    assert third not in {meeting.slot for meeting in met}
