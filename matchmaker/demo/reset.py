"""Starting over: deletes what the demonstration made, and refuses to touch anything else."""

import sqlite3
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from matchmaker.configuration import Config
from matchmaker.demo.queries import LOADED

BESIDE = ("", "-wal", "-shm", "-journal")


def start_over(config: Config) -> None:
    """Delete the database and the queue in the data folder; the secret key stays."""
    database = config.data_dir / "matchmaker.db"
    _refuse_foreign(config, database)
    if database.exists():
        _refuse_own_events(database)
        _refuse_in_use(database)
    for file in (database, config.queue_file):
        for ending in BESIDE:
            Path(f"{file}{ending}").unlink(missing_ok=True)


def _refuse_foreign(config: Config, database: Path) -> None:
    if config.database_url != f"sqlite:///{database}":
        named = make_url(config.database_url).render_as_string(hide_password=True)
        raise click.ClickException(
            f"--reset deletes only the database that the demo makes in its data folder, and"
            f" DATABASE_URL names another: {named}. Unset DATABASE_URL, or empty that database"
            f" yourself."
        )


def _refuse_own_events(database: Path) -> None:
    others = _other_events(database)
    if others:
        raise click.ClickException(
            f"{database} holds more than the demo, and --reset would delete it:"
            f" {', '.join(others)}. Take another folder with --data, or delete the file yourself."
        )


def _other_events(database: Path) -> list[str]:
    """The slugs of the events that are not the demonstration; none where there are no tables."""
    query = (
        "SELECT slug FROM event WHERE id NOT IN"
        " (SELECT event_id FROM audit_entry WHERE action = ? AND event_id IS NOT NULL)"
    )
    try:
        with closing(sqlite3.connect(database)) as connection:
            return [slug for (slug,) in connection.execute(query, (LOADED,))]
    except sqlite3.DatabaseError:
        return []


def _refuse_in_use(database: Path) -> None:
    """Only who is alone with a database may change how it keeps its journal."""
    with closing(sqlite3.connect(database, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise click.ClickException(
                f"{database} is in use. Stop the Matchmaker that runs on it, then try again."
            ) from error
        except sqlite3.DatabaseError:
            return
