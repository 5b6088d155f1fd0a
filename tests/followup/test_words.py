"""What two say of their meeting: each their own word, and what both together make of it."""

from datetime import timedelta

import pytest

from matchmaker.clock import stopped_at
from matchmaker.errors import NotAllowed
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.followup.models import MeetingWord
from matchmaker.followup.queries import said_of, words_of
from matchmaker.followup.queries_figures import held_figures, ratings
from matchmaker.followup.said import Held, held_of, missing
from matchmaker.followup.services import keep_note, rate, say
from tests.factories.events import FIRST_SLOT
from tests.followup.conftest import LATER, Scene, met
from tests.query_counter import counted_queries

BOTH = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("one", "other", "held", "absent"),
    [
        ("", "", Held.UNKNOWN, (False, False)),
        ("held", "", Held.HELD, (False, False)),
        ("held", "held", Held.HELD, (False, False)),
        ("absent", "", Held.NO_SHOW, (False, True)),
        ("", "missed", Held.NO_SHOW, (False, True)),
        ("absent", "missed", Held.NO_SHOW, (False, True)),
        ("absent", "absent", Held.NO_SHOW, (True, True)),
        ("held", "absent", Held.DISPUTED, (True, False)),
        ("held", "missed", Held.DISPUTED, (False, True)),
    ],
)
def test_a_meeting_is_held_where_one_says_so_and_nobody_contradicts(
    one: str, other: str, held: Held, absent: tuple[bool, bool]
) -> None:
    assert (held_of(one, other), missing(one, other)) == (held, absent)
    assert (held_of(other, one), missing(other, one)) == (held, absent[::-1])


@BOTH
def test_each_says_changes_and_takes_back_their_own_word(scene: Scene) -> None:
    with stopped_at(LATER):
        theirs = met(scene.marek, scene.aino)
        say(theirs, "absent")
        for said in ("absent", "held", ""):
            mine = met(scene.aino, scene.marek)
            word = say(mine, said)
            assert said_of(mine.meeting, word) == said
            db.session.commit()

        assert words_of([scene.aino]).keys() == {(scene.aino.id, scene.marek.id)}
        assert held_figures(scene.event).held == {Held.NO_SHOW: 1, Held.UNKNOWN: 1}


@BOTH
def test_before_it_begins_and_once_the_event_is_closed_nothing_is_said(scene: Scene) -> None:
    with stopped_at(LATER):
        mine = met(scene.aino, scene.marek)
        scene.event.phase = Phase.CLOSED
        with pytest.raises(NotAllowed, match="closed"):
            say(mine, "held")
        scene.event.phase = Phase.PUBLISHED
    with stopped_at(FIRST_SLOT - timedelta(minutes=1)):
        with pytest.raises(NotAllowed, match="not begun yet"):
            say(mine, "held")
        keep_note(mine, "Ask about ore")
    with stopped_at(FIRST_SLOT):
        assert say(mine, "held").note == "Ask about ore"


@BOTH
def test_what_was_said_of_an_earlier_time_does_not_count_for_a_later_one(scene: Scene) -> None:
    with stopped_at(FIRST_SLOT):
        mine = met(scene.aino, scene.marek)
        word = say(mine, "absent")
    mine.meeting.slot_id = scene.event.slots[3].id
    db.session.commit()

    with stopped_at(LATER):
        assert said_of(mine.meeting, word) == ""
        assert held_figures(scene.event).held == {Held.UNKNOWN: 2}


@BOTH
def test_only_a_meeting_i_say_was_held_is_rated_and_organisers_get_sums(scene: Scene) -> None:
    with stopped_at(LATER):
        mine = met(scene.aino, scene.marek)
        with pytest.raises(NotAllowed, match="Say first that you met"):
            rate(mine, 3)
        for person, rating in ((scene.marek, 2), (scene.aino, 3)):
            other = scene.marek if person is scene.aino else scene.aino
            say(met(person, other), "held")
            rate(met(person, other), rating)
        assert ratings(scene.event) == {1: 0, 2: 1, 3: 1}

        say(mine, "absent")
        assert ratings(scene.event) == {1: 0, 2: 1, 3: 0}


@BOTH
def test_pressing_a_button_twice_writes_one_row(scene: Scene) -> None:
    with stopped_at(LATER):
        for _press in range(2):
            say(met(scene.aino, scene.marek), "held")
            db.session.commit()

    assert db.session.query(MeetingWord).count() == 1


def test_the_figures_take_as_many_queries_however_much_is_said(scene: Scene) -> None:
    with stopped_at(LATER):
        with counted_queries() as few:
            held_figures(scene.event)
        for other in (scene.marek, scene.claire):
            say(met(scene.aino, other), "held")
        db.session.commit()
        with counted_queries() as more:
            figures = held_figures(scene.event)

    assert (figures.planned, figures.over, figures.held) == (2, 2, {Held.HELD: 2})
    assert len(few) == len(more)
