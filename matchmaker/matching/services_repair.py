"""Asking for a repair of what is published, and writing its alternatives down."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import func, select

from matchmaker.accounts.models import User
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunState
from matchmaker.matching.outcome import Outcome
from matchmaker.matching.run_settings import USUAL, RunSettings, settings_from
from matchmaker.matching.services import request_run, write_results
from matchmaker.matching.services_history import published_as


def request_repair(event: Event, user: User | None) -> Run:
    """Queue a run that changes as little as it can of what is published, with the same settings.

    Raises:
        NotAllowed: another run of this event has not ended yet.
    """
    run = request_run(event, user, stay="most", settings=_settings_in_force(event))
    run.kind = "repair"
    db.session.flush()
    return run


def _settings_in_force(event: Event) -> RunSettings:
    """How the run was set that the agenda in force comes from, whatever was changed by hand."""
    published = published_as(event)
    if not published:
        return USUAL
    latest = max(published, key=published.__getitem__)
    return settings_from(db.session.get_one(Run, latest).settings)


def write_alternatives(run_id: int, outcomes: Iterable[Outcome]) -> None:
    """Each as a finished run of its own, which can be looked at and published like any other."""
    run = db.session.get_one(Run, run_id)
    db.session.execute(select(Event.id).where(Event.id == run.event_id).with_for_update())
    last = db.session.scalar(select(func.max(Run.number)).where(Run.event_id == run.event_id))
    for number, outcome in enumerate(outcomes, start=(last or 0) + 1):
        other = Run(
            event_id=run.event_id,
            number=number,
            kind="repair",
            of_id=run.id,
            state=RunState.DONE,
            seed=run.seed,
            settings=run.settings,
            snapshot=run.snapshot,
            requested_by_id=run.requested_by_id,
            started_at=run.started_at,
            finished_at=now(),
            report=asdict(outcome.report),
        )
        db.session.add(other)
        db.session.flush()
        write_results(other.id, outcome)
