"""The worker process: takes runs from the queue, sweeps up forgotten ones, sends mailings,
compares what people offer with what others need, reminds of requests without an answer and ends
them, asks after an event what came of meetings, and erases events whose day has come."""

import logging
import threading
from collections.abc import Callable

from flask import Flask
from huey.consumer import Consumer

from matchmaker.clock import now
from matchmaker.extensions import db
from matchmaker.followup.services_rounds import ask_everybody
from matchmaker.mailings.jobs import work_off
from matchmaker.matching.jobs_capacity import simulate_waiting
from matchmaker.matching.jobs_needs_met import Comparer
from matchmaker.matching.services import sweep
from matchmaker.messages.sending import send_waiting
from matchmaker.privacy.services import erase_due
from matchmaker.queue import Queue, queue
from matchmaker.wishes.services_expiry import remind_and_expire

RUNS_AT_ONCE = 2
SWEEP_EVERY = 2.0
SEND_EVERY = 3.0
COMPARE_EVERY = 2.0
SIMULATE_EVERY = 1.0
REMIND_EVERY = 60.0
ASK_EVERY = 300.0
ERASE_EVERY = 3600.0
LONGEST_NAP = 0.5

log = logging.getLogger(__name__)


def work(app: Flask) -> None:
    """Work until told to stop."""
    with app.app_context():
        work_queue = queue()
    _repeat(SWEEP_EVERY, lambda: _sweep(app, work_queue))
    _repeat(SEND_EVERY, lambda: _send(app))
    _repeat(COMPARE_EVERY, Comparer(app).catch_up)
    _repeat(SIMULATE_EVERY, lambda: simulate_waiting(app))
    _repeat(REMIND_EVERY, lambda: _remind(app))
    _repeat(ASK_EVERY, lambda: _ask(app))
    _repeat(ERASE_EVERY, lambda: _erase(app))
    Consumer(work_queue.huey, workers=RUNS_AT_ONCE, periodic=False, max_delay=LONGEST_NAP).run()


def _repeat(seconds: float, act: Callable[[], None]) -> None:
    """Do `act` now and then every so many seconds, in a thread of its own."""
    over = threading.Event()

    def keep_on() -> None:
        while True:
            try:
                act()
            except Exception:
                log.exception("housekeeping failed; trying again in %s s", seconds)
            over.wait(seconds)

    threading.Thread(target=keep_on, daemon=True).start()


def _sweep(app: Flask, work_queue: Queue) -> None:
    with app.app_context():
        waiting = sweep(stale_after=app.extensions["matchmaker.config"].run_stale_after)
        db.session.commit()
    already = work_queue.waiting()
    for run_id in waiting:
        if run_id not in already:
            work_queue.enqueue(run_id)


def _send(app: Flask) -> None:
    """What is due of mailings, no faster than the mail server is to be asked, then the outbox."""
    config = app.extensions["matchmaker.config"]
    with app.app_context():
        work_off(max(1, round(config.mails_a_minute * SEND_EVERY / 60)))
        send_waiting(config)


def _remind(app: Flask) -> None:
    with app.app_context():
        remind_and_expire()


def _ask(app: Flask) -> None:
    with app.app_context():
        ask_everybody()


def _erase(app: Flask) -> None:
    with app.app_context():
        if erase_due(now().date()):
            db.session.commit()
