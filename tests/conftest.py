"""What every test may use: an application on SQLite or PostgreSQL, and a client for its pages."""

import gc
import os
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from flask.ctx import AppContext
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import CompoundSelect, create_engine, literal, select, text, union_all
from sqlalchemy.engine import make_url

from config import Config
from matchmaker.app import create_app
from matchmaker.extensions import db, limiter
from tests.pages.client import PageClient
from tests.postgres import server_address

# Machines are shared and slow at times; how long an example takes proves nothing. The examples
# are the same everywhere, so that a failure comes back.
settings.register_profile("unhurried", deadline=None, derandomize=True)
settings.load_profile("unhurried")

BACKENDS = ("sqlite", "postgresql")
NUMBER_FROM_ONE = """SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence
    WHERE pg_sequence_last_value(seqrelid) IS NOT NULL"""


@pytest.fixture(scope="session")
def databases(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> "Iterator[Databases]":
    compiled = getattr(request.config, "cache", None)
    templates = compiled.mkdir("templates") if compiled else tmp_path_factory.mktemp("templates")
    databases = Databases(tmp_path_factory.mktemp("databases"), templates)
    yield databases
    databases.close()


class Databases:
    """One migrated database a backend and test process; emptied between tests.

    All processes share the `templates` that one of them has compiled.
    """

    def __init__(self, folder: Path, templates: Path) -> None:
        self.folder = folder
        self.templates = FileSystemBytecodeCache(str(templates))
        self.apps: dict[str, Flask] = {}

    def app(self, backend: str) -> Flask:
        if backend not in self.apps:
            self.apps[backend] = self._migrated(backend)
        return self.apps[backend]

    def close(self) -> None:
        for app in self.apps.values():
            with app.app_context():
                db.engine.dispose()

    def _migrated(self, backend: str) -> Flask:
        config = Config(
            data_dir=self.folder,
            database_url=self._url(backend),
            secret_key=secrets.token_urlsafe(32),
            rate_limits=False,
        )
        app = create_app(config)
        app.testing = True
        app.jinja_env.bytecode_cache = self.templates
        with app.app_context():
            flask_migrate.upgrade()
        return app

    def _url(self, backend: str) -> str:
        if backend == "sqlite":
            return f"sqlite:///{self.folder / 'test.db'}"
        return new_postgres_database()


def new_postgres_database() -> str:
    """The address of a fresh, empty database on the test server."""
    server = make_url(server_address())
    name = f"test_{os.getpid()}_{secrets.token_hex(4)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
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
        filled = set(connection.scalars(_which_are_filled()))
        for table in reversed(db.metadata.sorted_tables):
            if table.name in filled:
                connection.execute(table.delete())
        if not on_sqlite:
            connection.execute(text(NUMBER_FROM_ONE))


@cache
def _which_are_filled() -> CompoundSelect[tuple[str]]:
    tables = db.metadata.sorted_tables
    return union_all(
        *(select(literal(table.name)).where(table.select().exists()) for table in tables)
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


def pytest_collection_finish() -> None:
    """What all tests share stays: looking for garbage in it again and again takes a while."""
    gc.collect()
    gc.freeze()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("app", BACKENDS, indirect=True)
