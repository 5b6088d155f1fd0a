"""What the worker does with studies of capacity: simulates one number of tables after another."""

import logging
from dataclasses import asdict

from flask import Flask

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.models_capacity import CapacityStudy
from matchmaker.matching.queries import snapshot_of
from matchmaker.matching.services_capacity import claim_study, waiting_studies, write_trials
from matchmaker.matching.simulation import (
    ENOUGH,
    Crowd,
    Question,
    Trial,
    crowd_in,
    simulate,
    tables_to_try,
    wished_meetings,
)

log = logging.getLogger(__name__)


def simulate_waiting(app: Flask) -> None:
    """Work on every study that waits, one after another."""
    with app.app_context():
        waiting = waiting_studies()
        db.session.rollback()
        for study_id in waiting:
            work_on_study(study_id)


def work_on_study(study_id: int) -> bool:
    """Whether this call worked it out to its end."""
    attempt = claim_study(study_id)
    db.session.commit()
    if attempt is None:
        return False
    try:
        return _work(study_id, attempt)
    except Exception:
        log.exception("study of capacity %s failed", study_id)
        db.session.rollback()
        write_trials(study_id, attempt, state="failed")
        db.session.commit()
        return False


def _work(study_id: int, attempt: int) -> bool:
    study = db.session.get_one(CapacityStudy, study_id)
    question = Question(**study.asked)
    crowd = crowd_in(snapshot_of(db.session.get_one(Event, study.event_id)))
    db.session.rollback()  # no transaction is open while it is worked out
    trials: list[Trial] = []
    steps = list(tables_to_try(question, wished_meetings(question)))
    for tables in steps:
        trials.append(simulate(question, tables, crowd))
        done = round(80 * len(trials) / len(steps))
        if not _write(study_id, attempt, trials, done=done):
            return False
    _narrow(question, crowd, trials)
    return _write(study_id, attempt, trials, done=100, state="done")


def _narrow(question: Question, crowd: Crowd | None, trials: list[Trial]) -> None:
    """Find the fewest tables with which enough fits, between two that were tried."""
    enough = [trial.tables for trial in trials if trial.share >= ENOUGH]
    if not enough:
        return
    high = min(enough)
    low = max((trial.tables for trial in trials if trial.tables < high), default=0)
    while high - low > max(1, round(question.scale)):
        middle = (low + high) // 2
        trials.append(simulate(question, middle, crowd))
        low, high = (low, middle) if trials[-1].share >= ENOUGH else (middle, high)
    trials.sort(key=lambda trial: trial.tables)


def _write(study_id: int, attempt: int, trials: list[Trial], **values: object) -> bool:
    rows = [asdict(trial) for trial in trials]
    written = write_trials(study_id, attempt, trials=rows, **values)
    db.session.commit()
    return written
