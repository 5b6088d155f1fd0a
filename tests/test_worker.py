"""The worker as a real process: it finishes runs, also those whose worker was killed."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import Config
from matchmaker.app import opened_app
from matchmaker.database import reading_only
from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunMeeting, RunState
from matchmaker.matching.services import request_run
from matchmaker.queue import queue
from tests.conftest import Databases
from tests.factories.events import make_event, make_item, make_participant

PATIENCE_SECONDS = 90


@pytest.fixture
def site(tmp_path: Path, databases: Databases) -> Iterator[Flask]:
    """A site with a data folder of its own, as a worker process will find it."""
    config = Config(
        data_dir=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'matchmaker.db'}",
        secret_key=secrets.token_urlsafe(32),
    )
    databases.copy_to(tmp_path / "matchmaker.db")
    with opened_app(config) as app:
        yield app
        queue().huey.storage.close()


@contextmanager
def worker(site: Flask) -> Iterator[subprocess.Popen[bytes]]:
    config: Config = site.extensions["matchmaker.config"]
    process = subprocess.Popen(
        [sys.executable, "-m", "matchmaker", "worker"],
        env={
            **os.environ,
            "MATCHMAKER_DATA": str(config.data_dir),
            "MATCHMAKER_SECRET_KEY": config.secret_key,
            "MATCHMAKER_RUN_STALE_SECONDS": "4",
        },
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def wait_until(run: Run, reached: Callable[[Run], bool]) -> None:
    """Look now and then, without taking the write lock from the worker."""
    until = time.monotonic() + PATIENCE_SECONDS
    db.session.rollback()
    with reading_only():
        while not reached(run):
            assert time.monotonic() < until, f"run is {run.state}: {run.error}"
            time.sleep(0.03)
            db.session.rollback()
            db.session.refresh(run)
        db.session.rollback()


def ask_for_a_run(slug: str = "kittila", people: int = 60) -> Run:
    event = make_event(slug, slots=8, points=20, consent="suggest")
    for number in range(people):
        person = make_participant(event, f"Person {number}")
        make_item(person, "offer", f"Drone survey of mine number {number % 7}")
        make_item(person, "need", f"Survey of tailings, pond {number % 5}")
    run = request_run(event, None)
    db.session.commit()
    return run


def test_a_worker_takes_runs_from_the_queue_and_sweeps_up_what_never_reached_it(
    site: Flask,
) -> None:
    queued, forgotten = ask_for_a_run("kittila", people=6), ask_for_a_run("kokkola", people=6)
    queue().enqueue(queued.id)

    with worker(site):
        for run in (queued, forgotten):
            wait_until(run, lambda run: run.is_over)

    assert [(run.state, run.attempt) for run in (queued, forgotten)] == [(RunState.DONE, 1)] * 2


def test_a_run_whose_worker_is_killed_is_finished_by_the_next_one_once(site: Flask) -> None:
    run = ask_for_a_run()
    queue().enqueue(run.id)
    with worker(site) as killed:
        wait_until(run, lambda run: run.state == RunState.RUNNING)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
    db.session.refresh(run)
    assert (run.state, run.attempt) == (RunState.RUNNING, 1)

    with worker(site):
        wait_until(run, lambda run: run.is_over)

    written = db.session.scalar(select(func.count()).select_from(RunMeeting))
    assert (run.state, run.attempt) == (RunState.DONE, 2)
    assert written == run.report["meetings"] > 0
