"""What a worker does with one run: claim it, keep its heart beating, solve, write it down."""

import logging
import threading
import time
from datetime import timedelta
from types import TracebackType

from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _

from matchmaker.extensions import db
from matchmaker.matching.arrange import arrange
from matchmaker.matching.codec import from_json
from matchmaker.matching.curve import Point, thinned
from matchmaker.matching.jobs_needs_met import with_needs_met
from matchmaker.matching.mending import mend
from matchmaker.matching.models import Run
from matchmaker.matching.outcome import Outcome
from matchmaker.matching.services import STALE_AFTER, beat, claim, fail, finish
from matchmaker.matching.services_repair import write_alternatives

BEAT_EVERY = 0.5
LOCALE_OF_LOGS = "en"

log = logging.getLogger(__name__)


def execute_run(app: Flask, run_id: int, *, stale_after: timedelta = STALE_AFTER) -> bool:
    """Work on a run if it can be had; whether its result was written by this very call."""
    with app.app_context(), force_locale(LOCALE_OF_LOGS):
        attempt = claim(run_id, stale_after=stale_after)
        db.session.commit()
        if attempt is None:
            return False
        log.info("run %s: attempt %s begins", run_id, attempt)
        written = _attempt(app, run_id, attempt)
        db.session.commit()
        log.info("run %s: attempt %s %s", run_id, attempt, "written" if written else "dropped")
        return written


def _attempt(app: Flask, run_id: int, attempt: int) -> bool:
    try:
        outcome = _solve(app, run_id, attempt)
        written = finish(run_id, attempt, outcome)
        if written:
            write_alternatives(run_id, outcome.others)
        return written
    except Exception:
        log.exception("run %s failed", run_id)
        db.session.rollback()
        return fail(
            run_id,
            attempt,
            _(
                "Something went wrong on our side; the worker's log says what. "
                "Nothing was changed. Start the run again."
            ),
        )


def _solve(app: Flask, run_id: int, attempt: int) -> Outcome:
    """The pure computation, outside any transaction, with a heart beating beside it."""
    run = db.session.get_one(Run, run_id)
    snapshot, seed, seconds = from_json(run.snapshot), run.seed, run.seconds_allowed
    kind, event_id = run.kind, run.event_id
    db.session.commit()
    with Heart(app, run_id, attempt) as heart:
        snapshot = with_needs_met(event_id, run_id, snapshot, heart.should_stop)
        if kind == "repair":
            return mend(snapshot, seed=seed, progress=heart.report, should_stop=heart.should_stop)
        return arrange(
            snapshot,
            seed=seed,
            seconds=seconds,
            progress=heart.report,
            should_stop=heart.should_stop,
        )


class Heart:
    """A thread that says, while a run is solved, that it is alive and how far it has come."""

    def __init__(self, app: Flask, run_id: int, attempt: int) -> None:
        self._app, self._run_id, self._attempt = app, run_id, attempt
        self._progress: dict[str, object] = {}
        self._curve: list[Point] = []
        self._began = time.monotonic()
        self._stop = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep_beating, daemon=True)

    def __enter__(self) -> "Heart":
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
        with self._app.app_context():
            beat(self._run_id, self._attempt, self._progress)
            db.session.commit()

    def report(self, stage: str, value: int, bound: int | None, fraction: float) -> None:
        seconds = round(time.monotonic() - self._began, 2)
        self._curve = thinned([*self._curve, (seconds, value, bound)])
        self._progress = {
            "stage": stage,
            "value": value,
            "bound": bound,
            "fraction": round(fraction, 3),
            "curve": self._curve,
        }

    def should_stop(self) -> bool:
        return self._stop.is_set()

    def _keep_beating(self) -> None:
        with self._app.app_context():
            while not self._over.wait(BEAT_EVERY):
                if not beat(self._run_id, self._attempt, self._progress):
                    self._stop.set()
                db.session.commit()
