"""What every test may use: an application on SQLite or PostgreSQL, and a client for its pages."""

import gc
import os
import secrets
import shutil
from collections.abc import Iterator
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from flask.ctx import AppContext
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from xdist.scheduler import LoadFileScheduling

from config import Config
from matchmaker.app import create_app
from matchmaker.extensions import db, limiter
from matchmaker.queue import queue
from matchmaker.serving import collect_seldom
from tests.pages.client import PageClient
from tests.postgres import server_address

# Machines are shared and slow at times; how long an example takes proves nothing. The examples
# are the same everywhere, so that a failure comes back.
settings.register_profile("unhurried", deadline=None, derandomize=True)
settings.load_profile("unhurried")

BACKENDS = ("sqlite", "postgresql")
JOURNEYS = "tests/journeys/"
LONGEST = (JOURNEYS, "tests/test_worker.py", "tests/demo/test_command.py")
NUMBER_FROM_ONE = """SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence
    WHERE pg_sequence_last_value(seqrelid) IS NOT NULL"""


@pytest.fixture(scope="session")
def databases(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> "Iterator[Databases]":
    own, compiled = tmp_path_factory.mktemp("databases"), getattr(request.config, "cache", None)
    templates = compiled.mkdir("templates") if compiled else tmp_path_factory.mktemp("templates")
    in_one_process = "PYTEST_XDIST_WORKER" not in os.environ
    shared = own if in_one_process else tmp_path_factory.getbasetemp().parent
    databases = Databases(own, templates, shared)
    yield databases
    databases.close()


class Databases:
    """One database a backend and test process; emptied between tests.

    All processes share the `templates` that one of them has compiled, and copy the tables that
    one of them has made.
    """

    def __init__(self, folder: Path, templates: Path, shared: Path) -> None:
        self.folder, self.shared = folder, shared
        self.templates = FileSystemBytecodeCache(str(templates))
        self.apps: dict[str, Flask] = {}

    def app(self, backend: str) -> Flask:
        if backend not in self.apps:
            self.apps[backend] = self._app_on(self.copy(backend, self.folder / "test.db"))
        return self.apps[backend]

    def copy(self, backend: str, file: Path) -> str:
        """The address of empty tables of one's own, on SQLite in that file."""
        if backend == "postgresql":
            return new_postgres_database(copy_of=make_url(self._migrated(backend)).database)
        self.copy_to(file)
        return f"sqlite:///{file}"

    def copy_to(self, file: Path) -> None:
        """Empty tables in a file of one's own: making them anew takes a second."""
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(make_url(self._migrated("sqlite")).database or "", file)

    def close(self) -> None:
        for app in self.apps.values():
            with app.app_context():
                db.engine.dispose()
                queue().huey.storage.close()

    def _app_on(self, url: str) -> Flask:
        secret = secrets.token_urlsafe(32)
        app = create_app(Config(self.folder, url, secret, rate_limits=False))
        app.testing = True
        app.jinja_env.bytecode_cache = self.templates
        return app

    def _migrated(self, backend: str) -> str:
        """The address of a database with all tables, which nobody but the first opens."""
        note = self.shared / f"{backend}.address"
        with (self.shared / f"{backend}.lock").open("w") as lock:
            flock(lock, LOCK_EX)
            if not note.exists():
                made = f"sqlite:///{self.shared / 'made.db'}"
                note.write_text(
                    self._make(made if backend == "sqlite" else new_postgres_database())
                )
        return note.read_text()

    def _make(self, url: str) -> str:
        with self._app_on(url).app_context():
            flask_migrate.upgrade()
            db.engine.dispose()
        return url


def new_postgres_database(copy_of: str | None = None) -> str:
    """The address of a fresh database on the test server, empty but for what is copied."""
    server = make_url(server_address())
    name = f"test_{os.getpid()}_{secrets.token_hex(4)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {copy_of or 'template1'}"))
    engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def app(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Flask]:
    """The application on an empty database; `both_databases` marks tests that run on each."""
    app = databases.app(getattr(request, "param", "sqlite"))
    # The limiter is one for all applications of a process: the last one made has switched it.
    limiter.enabled = app.config["RATELIMIT_ENABLED"]
    yield app
    with app.app_context():
        empty_database()


def empty_database() -> None:
    """Delete what there is: to truncate all tables takes PostgreSQL a quarter of a second."""
    db.session.rollback()
    with db.engine.begin() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        filled = set(connection.scalars(text(_which_are_filled())))
        for table in reversed(db.metadata.sorted_tables):
            if table.name in filled:
                connection.execute(table.delete())
        if not on_sqlite:
            connection.execute(text(NUMBER_FROM_ONE))


@cache
def _which_are_filled() -> str:
    tables = [table.name for table in db.metadata.sorted_tables]
    return " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")"  # noqa: S608 - our own names
        for name in tables
    )


@pytest.fixture
def context(app: Flask) -> Iterator[AppContext]:
    """An application context, for tests of services and queries."""
    with app.app_context() as pushed:
        yield pushed
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> PageClient:
    return PageClient(app)


class TogetherByFile(LoadFileScheduling):  # type: ignore[misc]
    """A file goes to one process; the journeys all to one, which has the one browser and site."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> TogetherByFile:
    return TogetherByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first: begun last, it would keep one process busy and no other."""
    items.sort(key=lambda item: [not item.nodeid.startswith(long) for long in LONGEST])


def pytest_collection_finish() -> None:
    """Look for garbage as seldom as a server does: a tenth of the tests' time went there."""
    gc.collect()
    collect_seldom()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("app", BACKENDS, indirect=True)
