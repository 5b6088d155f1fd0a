"""What becomes of drafts and runs when something happens before they are published."""

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.agenda.board import Board
from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.agenda.queries import version_numbered
from matchmaker.agenda.queries_difference import difference
from matchmaker.agenda.services import publish_run
from matchmaker.agenda.services_draft import cancel, draft_difference, publish_draft, put
from matchmaker.agenda.services_placing import place_at_once
from matchmaker.agenda.services_versions import difference_to_nothing, roll_back, unpublish
from matchmaker.clock import stopped_at
from matchmaker.errors import Conflict
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.registration.models import Absence, Participant
from matchmaker.registration.models_disruptions import Disruption
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.runs import make_run

pytestmark = pytest.mark.both_databases


@pytest.fixture
def event(context: object) -> Event:
    return make_event(organiser=make_user("Olli"))


@pytest.fixture
def olli(event: Event) -> User:
    return db.session.scalars(select(User).where(User.name == "Olli")).one()


@pytest.fixture
def four(event: Event) -> list[Participant]:
    """Two of them meet in the first slot at the first table."""
    people = [make_participant(event, name) for name in ("Aino", "Björn", "Carla", "Dora")]
    publish_run(event, make_run(event, (people[0], people[1], 0, 0)), None)
    db.session.commit()
    return people


def draw(event: Event, olli: User, *pair: Participant, slot: int, point: int) -> None:
    cell = (event.slots[slot].id, event.points[point].id)
    put(event, olli, (pair[0].id, pair[1].id), cell, revision=Board(event, olli).revision)
    db.session.commit()


def publish(event: Event, olli: User) -> Agenda:
    agenda = publish_draft(event, olli, note="", in_force=1)
    db.session.commit()
    return agenda


def places(event: Event) -> dict[tuple[int, int], tuple[int, int]]:
    """Slot and point of each pair that meets, counted from 0."""
    rows = db.session.scalars(select(Meeting).where(Meeting.state == "confirmed"))
    slots, points = [s.id for s in event.slots], [p.id for p in event.points]
    return {
        (row.a_id, row.b_id): (slots.index(row.slot_id), points.index(row.point_id)) for row in rows
    }


@pytest.mark.parametrize(("settler", "point"), [(2, 0), (0, 1)])
def test_what_people_settle_meanwhile_goes_before_what_was_drawn_there(
    event: Event, four: list[Participant], olli: User, settler: int, point: int
) -> None:
    """First the place is taken, then the time of one of the two."""
    aino, bjorn, _carla, dora = four
    draw(event, olli, aino, bjorn, slot=2, point=point)
    place_at_once(four[settler], dora, event.slots[2])
    db.session.commit()

    board = Board(event, olli)
    publish(event, olli)

    assert board.misfits == [(aino.id, bjorn.id)]
    assert places(event) == {(aino.id, bjorn.id): (0, 0), (four[settler].id, dora.id): (2, 0)}


def test_a_meeting_falls_back_and_pushes_out_what_was_drawn_onto_its_own_place(
    event: Event, four: list[Participant], olli: User
) -> None:
    aino, bjorn, carla, dora = four
    draw(event, olli, aino, bjorn, slot=2, point=0)
    draw(event, olli, carla, dora, slot=0, point=0)
    slot = event.slots[2]
    db.session.add(Absence(participant_id=aino.id, starts_at=slot.starts_at, ends_at=slot.ends_at))
    db.session.commit()

    publish(event, olli)

    assert places(event) == {(aino.id, bjorn.id): (0, 0)}


def test_a_draft_is_published_as_it_was_shown(
    event: Event, four: list[Participant], olli: User
) -> None:
    draw(event, olli, four[0], four[1], slot=1, point=0)
    shown = Board(event, olli).revision
    draw(event, olli, four[0], four[1], slot=3, point=0)

    with pytest.raises(Conflict, match="The draft changed meanwhile"):
        publish_draft(event, olli, note="", in_force=1, revision=shown)


def test_a_run_puts_nobody_where_they_cannot_be_since_it_began(
    event: Event, four: list[Participant]
) -> None:
    aino, bjorn, carla, dora = four
    run = make_run(event, (aino, bjorn, 1, 0), (carla, dora, 1, 1), (aino, carla, 2, 0))
    away, lost = event.slots[1], event.slots[2]
    db.session.add_all(
        [
            Absence(participant_id=bjorn.id, starts_at=away.starts_at, ends_at=away.ends_at),
            Disruption(
                event_id=event.id,
                kind="point",
                point_id=event.points[0].id,
                starts_at=lost.starts_at,
                ends_at=lost.ends_at,
            ),
        ]
    )
    db.session.commit()

    left_out = difference(run).left_out
    publish_run(event, run, None)

    assert left_out == ((aino.id, bjorn.id), (aino.id, carla.id))
    assert places(event) == {(aino.id, bjorn.id): (0, 0), (carla.id, dora.id): (1, 1)}


@pytest.mark.parametrize("phase", [Phase.PUBLISHED, Phase.FOLLOW_UP])
def test_what_was_held_stays_however_late_the_agenda_is_taken_back(
    event: Event, four: list[Participant], phase: Phase
) -> None:
    event.phase = phase
    db.session.flush()
    with stopped_at(event.slots[-1].ends_at):
        assert difference_to_nothing(event).cancelled == []


def test_a_change_drawn_before_a_time_begins_is_not_published_into_it(
    event: Event, four: list[Participant], olli: User
) -> None:
    aino, bjorn, carla, dora = four
    draw(event, olli, aino, bjorn, slot=3, point=0)
    publish(event, olli)
    draw(event, olli, aino, bjorn, slot=1, point=0)
    draw(event, olli, carla, dora, slot=2, point=0)

    with stopped_at(event.slots[1].starts_at):
        left_out = draft_difference(Board(event, olli)).left_out
        publish_draft(event, olli, note="", in_force=2)

    assert left_out == ((aino.id, bjorn.id),)
    assert places(event) == {(aino.id, bjorn.id): (3, 0), (carla.id, dora.id): (2, 0)}


def test_a_run_published_after_its_first_times_leaves_out_what_is_new_there(
    event: Event, four: list[Participant]
) -> None:
    aino, bjorn, carla, dora = four
    run = make_run(event, (aino, bjorn, 0, 0), (carla, dora, 0, 1), (aino, carla, 1, 0))

    with stopped_at(event.slots[0].starts_at):
        changes = difference(run)

    assert changes.left_out == ((carla.id, dora.id),)
    assert changes.new == [(aino.id, carla.id)]


def test_going_back_brings_nothing_back_into_times_that_are_over(
    event: Event, four: list[Participant], olli: User
) -> None:
    aino, bjorn, carla, dora = four
    publish_run(event, make_run(event, (aino, bjorn, 0, 0), (carla, dora, 3, 0)), None)
    publish_run(event, make_run(event), None)
    second = version_numbered(event, 2)
    assert second is not None

    with stopped_at(event.slots[1].starts_at):
        roll_back(event, second, olli, note="", in_force=3)

    assert places(event) == {(carla.id, dora.id): (3, 0)}


def test_a_change_drawn_for_a_meeting_that_begins_before_it_is_published_is_said_to_be_left_out(
    event: Event, four: list[Participant], olli: User
) -> None:
    aino, bjorn, carla, dora = four
    publish_run(event, make_run(event, (aino, bjorn, 0, 0), (carla, dora, 0, 1)), None)
    draw(event, olli, aino, bjorn, slot=3, point=0)
    cancel(event, olli, (carla.id, dora.id), revision=Board(event, olli).revision)

    with stopped_at(event.slots[0].starts_at):
        board = Board(event, olli)
        changes = draft_difference(board)

    assert board.changed == set()
    assert changes.left_out == ((aino.id, bjorn.id), (carla.id, dora.id))
    assert (changes.moved, changes.cancelled) == ([], [])


def test_a_meeting_that_was_held_stays_when_a_run_follows_on_unpublishing(
    event: Event, four: list[Participant], olli: User
) -> None:
    aino, bjorn, carla, dora = four
    publish_run(event, make_run(event, (aino, bjorn, 0, 0), (carla, dora, 3, 0)), None)

    with stopped_at(event.slots[1].starts_at):
        unpublish(event, olli, note="", in_force=2)
        phase, kept = event.phase, places(event)
        publish_run(event, make_run(event, (carla, dora, 2, 0)), None)

    assert (phase, kept) == (Phase.PUBLISHED, {(aino.id, bjorn.id): (0, 0)})
    assert places(event) == {(aino.id, bjorn.id): (0, 0), (carla.id, dora.id): (2, 0)}
