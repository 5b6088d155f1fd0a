"""Runs: asking for one, working on it, and writing down what came of it.

The row of a run is the truth about it; the queue only carries its number. A worker claims a run by
raising its attempt, and everything it writes afterwards holds only while that attempt is its own:
a worker that stalled and wakes up again overwrites nothing.
"""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.clock import now, wall
from matchmaker.errors import NotAllowed
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.clashes import refusal
from matchmaker.matching.codec import from_json, reasons_to_json, to_json
from matchmaker.matching.models import Run, RunMeeting, RunState, RunUnplaced
from matchmaker.matching.outcome import Meeting, Outcome, Unplaced
from matchmaker.matching.queries import snapshot_of
from matchmaker.matching.queries_setup import point_ids, slot_ids
from matchmaker.matching.run_queries import run_at_work
from matchmaker.matching.run_settings import USUAL, RunSettings, settings_of
from matchmaker.matching.services_history import changes_since_last
from matchmaker.matching.snapshot import Settled, Snapshot, Stay
from matchmaker.registration.models import Participant

STALE_AFTER = timedelta(seconds=10)
MOST_ATTEMPTS = 3


def request_run(
    event: Event,
    user: User | None,
    *,
    seed: int = 0,
    seconds: float | None = None,
    stay: Stay = "free",
    settings: RunSettings = USUAL,
    note: str = "",
) -> Run:
    """Take a snapshot of the event and queue a run on it; one at a time for each event.

    Of what is published it keeps what `stay` says; `settings` hold for this run alone.

    Raises:
        NotAllowed: another run of this event has not ended yet, or fixed meetings clash.
    """
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    _refuse_second(event)
    last = db.session.scalar(select(func.max(Run.number)).where(Run.event_id == event.id))
    snapshot = settings.applied_to(_snapshot_for_run(event, stay))
    if clash := refusal(snapshot):
        raise NotAllowed(clash)
    run = Run(
        event_id=event.id,
        number=(last or 0) + 1,
        seed=seed,
        seconds_allowed=seconds,
        snapshot=to_json(snapshot),
        note=note,
        settings=settings_of(snapshot),
        changes=changes_since_last(event, snapshot),
        requested_by_id=None if user is None else user.id,
    )
    db.session.add(run)
    db.session.flush()
    actor = None if user is None else user.id
    record(
        "run requested",
        event_id=event.id,
        actor_id=actor,
        subject=f"run {run.number}",
        before=None,
        after=run.settings | {"seed": seed, "seconds": seconds},
    )
    return run


def _snapshot_for_run(event: Event, stay: Stay) -> Snapshot:
    """Once there is an agenda, what has begun stays as it is."""
    snapshot = replace(
        snapshot_of(event),
        published=_published(event),
        stay=stay,
        slot_ids=slot_ids(event.id),
        point_ids=point_ids(event.id),
    )
    if not event.shows_agenda:
        return snapshot
    moment = now()
    begun = (m for m in snapshot.published if m.start < moment)
    settled = (*snapshot.settled, *(m for m in begun if m not in snapshot.settled))
    return replace(snapshot, settled=settled, not_before=moment)


def _published(event: Event) -> tuple[Settled, ...]:
    """The agenda comes after matching, so it is asked through the application."""
    meetings: tuple[Settled, ...] = current_app.extensions["matchmaker.published"](event)
    return meetings


def _refuse_second(event: Event) -> None:
    other = run_at_work(event)
    if other is not None:
        raise NotAllowed(
            _(
                "Run %(number)s is still at work. Wait until it has ended, or stop it; "
                "then start the next one.",
                number=other.number,
            )
        )


def claim(run_id: int, *, stale_after: timedelta = STALE_AFTER) -> int | None:
    """Take a queued or abandoned run; its attempt number, or `None` where it is not to be had."""
    taken = db.session.execute(
        update(Run)
        .where(Run.id == run_id, or_(Run.state == RunState.QUEUED, _is_stale(stale_after)))
        .values(
            state=RunState.RUNNING,
            attempt=Run.attempt + 1,
            beat_at=wall(),
            started_at=now(),
            progress={},
        )
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        return None
    return db.session.scalar(select(Run.attempt).where(Run.id == run_id))


def beat(run_id: int, attempt: int, progress: dict[str, Any]) -> bool:
    """Say that the run is alive and how far it is; whether the worker should go on.

    It should not when somebody asked to stop, or another worker has taken the run over.
    """
    alive = _change_own(run_id, attempt, beat_at=wall(), progress=progress)
    asked = db.session.scalar(select(Run.stop_asked).where(Run.id == run_id))
    return alive and not asked


def finish(run_id: int, attempt: int, outcome: Outcome) -> bool:
    """Write the outcome down, all of it; `False` and nothing if the run is no longer ours."""
    if not _change_own(
        run_id,
        attempt,
        state=RunState.DONE,
        report=asdict(outcome.report),
        finished_at=now(),
        error="",
    ):
        return False
    write_results(run_id, outcome)
    return True


def fail(run_id: int, attempt: int, sentence: str) -> bool:
    """End the run without a result, with a sentence that says why."""
    return _change_own(run_id, attempt, state=RunState.FAILED, error=sentence, finished_at=now())


def ask_to_stop(run: Run, user: User) -> None:
    """Let the run end with the best it has found."""
    if not run.is_over and not run.stop_asked:
        run.stop_asked = True
        record("run stopped", event_id=run.event_id, actor_id=user.id, subject=f"run {run.number}")


def sweep(*, stale_after: timedelta = STALE_AFTER) -> list[int]:
    """Give up on runs that killed too many workers; the ids of those to be queued again.

    A run waits to be queued when its worker died, or when the process that asked for it died
    between writing the row and queueing it. A message too many does no harm: see `claim`.
    """
    db.session.execute(
        update(Run)
        .where(_is_stale(stale_after), Run.attempt >= MOST_ATTEMPTS)
        .values(
            state=RunState.FAILED,
            finished_at=now(),
            error=_(
                "The worker ended %(count)s times in the middle of this run, perhaps for want of "
                "memory. Look at its log, then start a new run.",
                count=MOST_ATTEMPTS,
            ),
        )
    )
    waiting = or_(Run.state == RunState.QUEUED, _is_stale(stale_after))
    return list(db.session.scalars(select(Run.id).where(waiting).order_by(Run.id)))


def _is_stale(stale_after: timedelta) -> ColumnElement[bool]:
    return and_(Run.state == RunState.RUNNING, Run.beat_at < wall() - stale_after)


def _change_own(run_id: int, attempt: int, **values: Any) -> bool:
    changed = db.session.execute(
        update(Run)
        .where(Run.id == run_id, Run.attempt == attempt, Run.state == RunState.RUNNING)
        .values(**values)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def write_results(run_id: int, outcome: Outcome) -> None:
    """Meetings and what did not fit, by the ids of what the run's snapshot names.

    The snapshots of older runs hold no ids: what is called so now is taken for the same.
    """
    run = db.session.get_one(Run, run_id)
    event_id, snapshot = run.event_id, from_json(run.snapshot)
    people = _ids(select(Participant.ref, Participant.id).where(Participant.event_id == event_id))
    slots = dict(snapshot.slot_ids or slot_ids(event_id))
    points = dict(snapshot.point_ids or point_ids(event_id))
    db.session.add_all(
        [_meeting_row(run_id, meeting, people, slots, points) for meeting in outcome.meetings]
    )
    db.session.add_all([_unplaced_row(run_id, row, people) for row in outcome.unplaced])
    db.session.flush()


def _ids(query: Select[*tuple[Any, ...]]) -> dict[Any, int]:
    return dict(db.session.execute(query).all())


def _meeting_row(
    run_id: int,
    meeting: Meeting,
    people: dict[str, int],
    slots: dict[datetime, int],
    points: dict[str, int],
) -> RunMeeting:
    a_id, b_id = sorted((people[meeting.pair.a], people[meeting.pair.b]))
    return RunMeeting(
        run_id=run_id,
        a_id=a_id,
        b_id=b_id,
        slot_id=slots[meeting.slot.start],
        point_id=points[meeting.point],
        value=meeting.pair.value,
        reasons=reasons_to_json(meeting.pair.reasons),
    )


def _unplaced_row(run_id: int, unplaced: Unplaced, people: dict[str, int]) -> RunUnplaced:
    a_id, b_id = sorted((people[unplaced.pair.a], people[unplaced.pair.b]))
    return RunUnplaced(
        run_id=run_id,
        a_id=a_id,
        b_id=b_id,
        value=unplaced.pair.value,
        why=unplaced.why,
        full=[people[ref] for ref in unplaced.full],
        cost=unplaced.cost,
    )
