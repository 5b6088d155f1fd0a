"""The queue between web and worker: carries the ids of runs, and no truth about them."""

from typing import Any

from flask import Flask, current_app
from huey import SqliteHuey

KEY = "matchmaker.queue"


class Queue:
    """Runs waiting for a worker, in one SQLite file."""

    def __init__(self, app: Flask) -> None:
        config = app.extensions["matchmaker.config"]
        self.huey = SqliteHuey("matchmaker", filename=str(config.queue_file))

        def execute(run_id: int) -> None:
            # Here, because only a worker needs the solver, and loading it takes long.
            from matchmaker.matching.jobs import execute_run  # noqa: PLC0415

            execute_run(app, run_id, stale_after=config.run_stale_after)

        self._execute: Any = self.huey.task(name="execute_run")(execute)

    def enqueue(self, run_id: int) -> None:
        """Tell the workers; call it after the run's row is committed."""
        self._execute(run_id)

    def waiting(self) -> set[int]:
        """The runs a worker has yet to take from the queue."""
        return {task.args[0] for task in self.huey.pending()}


def queue() -> Queue:
    """The queue of the application in hand, opened at its first use."""
    if KEY not in current_app.extensions:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        current_app.extensions[KEY] = Queue(app)
    opened: Queue = current_app.extensions[KEY]
    return opened
