"""A run is asked for once, worked on by one worker at a time, and its result written once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from matchmaker.audit.models import AuditEntry
from matchmaker.clock import wall
from matchmaker.errors import NotAllowed
from matchmaker.events.models import Event, MeetingPoint
from matchmaker.extensions import db
from matchmaker.matching.arrange import arrange
from matchmaker.matching.codec import from_json
from matchmaker.matching.jobs import execute_run
from matchmaker.matching.models import Run, RunMeeting, RunState, RunUnplaced
from matchmaker.matching.run_queries import settled_in
from matchmaker.matching.services import (
    MOST_ATTEMPTS,
    ask_to_stop,
    beat,
    claim,
    fail,
    finish,
    request_run,
    sweep,
)
from matchmaker.matching.why_page import why_page
from matchmaker.wishes.models import Wish
from tests.factories.events import make_event, make_participant, make_user, make_wish

pytestmark = pytest.mark.both_databases


def wished_event(people: int = 4) -> Run:
    """An event in which everybody wants to meet the next one, with a run asked for."""
    event = make_event()
    circle = [make_participant(event, f"Person {n}") for n in range(people)]
    for person, other in zip(circle, circle[1:] + circle[:1], strict=True):
        make_wish(person, other, "must")
    run = request_run(event, None, seed=7)
    db.session.commit()
    return run


def work_on(app: Flask, run: Run) -> None:
    """Execute the run as a worker would, which has no transaction open."""
    run_id = run.id
    db.session.commit()
    execute_run(app, run_id)


def reload(run_id: int) -> Run:
    db.session.expire_all()
    return db.session.get_one(Run, run_id)


def make_stale(run_id: int) -> None:
    db.session.execute(
        update(Run).where(Run.id == run_id).values(beat_at=wall() - timedelta(minutes=1))
    )
    db.session.commit()


def test_a_run_works_on_the_event_as_it_was_when_asked_for(app: Flask) -> None:
    with app.app_context():
        run = wished_event()
        db.session.execute(update(Wish).values(level="no"))
        db.session.commit()

        work_on(app, run)

        assert reload(run.id).report["meetings"] == 4
        assert db.session.scalar(select(func.count()).select_from(RunMeeting)) == 4


def test_a_second_run_is_refused_while_one_is_at_work(app: Flask) -> None:
    with app.app_context():
        run = wished_event()

        with pytest.raises(NotAllowed, match="Run 1 is still at work"):
            request_run(event_of(run), None)

        assert db.session.scalar(select(func.count()).select_from(Run)) == 1


def event_of(run: Run) -> Event:
    return db.session.get_one(Event, run.event_id)


def test_runs_are_numbered_and_audited(app: Flask) -> None:
    with app.app_context():
        first = wished_event()
        work_on(app, first)
        organiser = make_user("Olli")

        second = request_run(event_of(first), organiser)
        db.session.commit()

        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == "run 2")).one()
        assert (second.number, entry.action, entry.actor_id) == (2, "run requested", organiser.id)


def test_a_run_is_claimed_by_one_worker_only(app: Flask) -> None:
    with app.app_context():
        run = wished_event()

        assert (claim(run.id), claim(run.id)) == (1, None)


def test_an_abandoned_run_is_claimed_again_and_the_first_worker_writes_nothing(app: Flask) -> None:
    with app.app_context():
        run = wished_event()
        outcome = arrange(from_json(run.snapshot))
        first = claim(run.id)
        make_stale(run.id)
        second = claim(run.id)

        late = finish(run.id, first, outcome)
        db.session.commit()

        assert (first, second, late) == (1, 2, False)
        assert reload(run.id).state == RunState.RUNNING
        assert db.session.scalar(select(func.count()).select_from(RunMeeting)) == 0


def test_a_result_is_written_once(app: Flask) -> None:
    with app.app_context():
        run = wished_event()
        outcome = arrange(from_json(run.snapshot))
        attempt = claim(run.id)

        written = [finish(run.id, attempt, outcome), finish(run.id, attempt, outcome)]
        db.session.commit()

        assert written == [True, False]
        assert db.session.scalar(select(func.count()).select_from(RunMeeting)) == 4


def move_all_by_one_slot(event: Event) -> None:
    for slot in reversed(event.slots):
        length = slot.ends_at - slot.starts_at
        slot.starts_at, slot.ends_at = slot.starts_at + length, slot.ends_at + length
        db.session.flush()


def rename_behind_a_new_table(event: Event) -> None:
    """Each table gets the name of the one after it, and a new one comes first."""
    for point in reversed(event.points):
        point.name = f"Table {point.position + 1}"
        db.session.flush()
    db.session.add(MeetingPoint(event_id=event.id, name="Table 1", position=0))


def test_times_moved_onto_each_other_and_tables_renamed_meanwhile_are_still_the_same(
    app: Flask,
) -> None:
    with app.app_context():
        run = wished_event()
        event = db.session.get_one(Event, run.event_id)
        snapshot = from_json(run.snapshot)
        slots = {slot.starts_at: slot.id for slot in event.slots}
        points = {point.name: point.id for point in event.points}
        found = arrange(snapshot, seed=run.seed).meetings
        meant = {(slots[each.slot.start], points[each.point]) for each in found}
        move_all_by_one_slot(event)
        rename_behind_a_new_table(event)
        db.session.commit()

        work_on(app, run)

        rows = db.session.scalars(select(RunMeeting)).all()
        assert reload(run.id).state == RunState.DONE
        assert {(row.slot_id, row.point_id) for row in rows} == meant
        assert {(each.start, each.point) for each in settled_in(event, run, then=snapshot)} == {
            (each.slot.start, each.point) for each in found
        }
        pair = found[0].pair
        assert why_page(event, run, pair.a, pair.b, with_cost=False).answer.endswith(" meet.")


def test_what_does_not_fit_is_kept_with_its_reason(app: Flask) -> None:
    with app.app_context():
        event = make_event(slots=1, points=1)
        hub, one, other = (make_participant(event, name) for name in ("Hub", "One", "Other"))
        make_wish(hub, one, "must")
        make_wish(hub, other, "want")
        run = request_run(event, None)
        db.session.commit()

        work_on(app, run)

        row = db.session.scalars(select(RunUnplaced)).one()
        assert {row.a_id, row.b_id} == {hub.id, other.id}
        assert row.why in ("person_full", "tables_full", "costs_more")


def test_asking_to_stop_ends_the_heartbeat_and_is_audited(app: Flask) -> None:
    with app.app_context():
        run = wished_event()
        attempt = claim(run.id)
        before = beat(run.id, attempt, {"stage": "place"})
        db.session.commit()

        ask_to_stop(reload(run.id), make_user("Olli"))
        db.session.commit()

        assert before
        assert not beat(run.id, attempt, {})
        assert db.session.scalar(select(AuditEntry.action).where(AuditEntry.actor_id.isnot(None)))


def test_a_broken_run_says_so_and_frees_the_way_for_the_next(app: Flask) -> None:
    with app.app_context():
        run = wished_event()
        db.session.execute(update(Run).values(snapshot="{}"))
        db.session.commit()

        work_on(app, run)

        broken = reload(run.id)
        assert broken.state == RunState.FAILED
        assert "Start the run again" in broken.error
        assert request_run(event_of(run), None).number == 2


def test_the_sweep_finds_forgotten_runs_and_gives_up_on_deadly_ones(app: Flask) -> None:
    with app.app_context():
        run = wished_event()
        queued = sweep()
        for _attempt in range(MOST_ATTEMPTS):
            claim(run.id)
            make_stale(run.id)

        waiting = sweep()
        db.session.commit()

        assert (queued, waiting) == ([run.id], [])
        assert reload(run.id).state == RunState.FAILED
        assert "ended 3 times" in reload(run.id).error


def test_a_failed_attempt_that_is_no_longer_ours_changes_nothing(app: Flask) -> None:
    with app.app_context():
        run = wished_event()
        claim(run.id)

        assert not fail(run.id, 7, "too late")
        assert reload(run.id).state == RunState.RUNNING
