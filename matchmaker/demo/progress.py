"""Shows on the console how far a run has come, as the row of the run tells it."""

import sys
import threading
import time
from types import TracebackType
from typing import Any

import click
from flask import Flask
from sqlalchemy import select

from matchmaker.database import reading_only
from matchmaker.extensions import db
from matchmaker.matching.models import Run

LOOK_EVERY = 0.25
STAGES = {
    "value": "weighing every pair",
    "select": "choosing who meets whom",
    "place": "finding a time for each",
    "improve": "improving",
    "compact": "closing gaps",
    "seat": "giving everybody a table",
    "verify": "checking every rule",
    "explain": "explaining what did not fit",
    "done": "done",
}


class Watch:
    """Looks at a run now and then from a thread of its own, for as long as the block lasts.

    On a terminal one line changes; elsewhere each new stage gets a line.
    """

    def __init__(self, app: Flask, run_id: int) -> None:
        self._app, self._run_id = app, run_id
        self._started = time.perf_counter()
        self._on_terminal = sys.stdout.isatty()
        self._told = ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep_looking, daemon=True)

    def __enter__(self) -> "Watch":
        self._show({"stage": "value"})
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
        self._look()
        if self._on_terminal:
            click.echo()

    def _keep_looking(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            self._look()

    def _look(self) -> None:
        with self._app.app_context(), reading_only():
            progress = db.session.scalar(select(Run.progress).where(Run.id == self._run_id))
        if progress:
            self._show(progress)

    def _show(self, progress: dict[str, Any]) -> None:
        stage = str(progress["stage"])
        if self._on_terminal:
            seconds = time.perf_counter() - self._started
            click.echo(f"\r  {_line(stage, progress)} ({seconds:.0f} s)\x1b[K", nl=False)
        elif stage != self._told:
            click.echo(f"  {_line(stage, progress)}")
        self._told = stage


def _line(stage: str, progress: dict[str, Any]) -> str:
    value, bound = progress.get("value"), progress.get("bound")
    worth = f", value {value}" if value else ""
    most = "" if bound is None else f"{' of' if worth else ','} at most {bound}"
    return f"Making the agenda: {STAGES.get(stage, stage)}{worth}{most}"
