"""The history of runs: what had changed since the one before, notes, and what is not wanted."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _
from msgspec import ValidationError
from sqlalchemy import delete, select

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.errors import NotAllowed
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.codec import from_json
from matchmaker.matching.models import Run, RunState
from matchmaker.matching.run_settings import changes_between
from matchmaker.matching.snapshot import Snapshot


def changes_since_last(event: Event, snapshot: Snapshot) -> dict[str, Any]:
    """What differs from the snapshot of the latest run with a result, and which run that is."""
    last = db.session.scalar(
        select(Run)
        .where(Run.event_id == event.id, Run.state == RunState.DONE)
        .order_by(Run.number.desc())
        .limit(1)
    )
    if last is None:
        return {}
    try:
        before = from_json(last.snapshot)
    except ValidationError:
        return {}  # written by a version that knew less: nothing to compare
    return {"since": last.number, "changed": changes_between(before, snapshot)}


def published_as(event: Event) -> dict[int, int]:
    """Runs by id with the number of the agenda made of each.

    The agenda comes after matching, so it is asked through the application.
    """
    known: dict[int, int] = current_app.extensions["matchmaker.published_runs"](event)
    return known


def in_force(event: Event) -> int | None:
    """The run that the agenda in force came from, if from one; asked likewise."""
    run_id: int | None = current_app.extensions["matchmaker.run_in_force"](event)
    return run_id


def note_down(run: Run, user: User, note: str) -> None:
    """Write an organiser's note on a run."""
    if run.note == note:
        return
    record(
        "run noted",
        event_id=run.event_id,
        actor_id=user.id,
        subject=f"run {run.number}",
        before={"note": run.note},
        after={"note": note},
    )
    run.note = note


def delete_run(event: Event, run: Run, user: User) -> None:
    """Forget a run that nothing was made of.

    Raises:
        NotAllowed: it was published, or is still at work.
    """
    if run.id in published_as(event):
        raise NotAllowed(
            _(
                "Run %(number)s was published, so it stays: the agenda refers to it.",
                number=run.number,
            )
        )
    if not run.is_over:
        raise NotAllowed(_("Run %(number)s is still at work. Stop it first.", number=run.number))
    record(
        "run deleted",
        event_id=event.id,
        actor_id=user.id,
        subject=f"run {run.number}",
        before={"report": run.report, "note": run.note, "settings": run.settings},
        after=None,
    )
    db.session.execute(delete(Run).where(Run.id == run.id))
