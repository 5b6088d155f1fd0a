"""The migrations: one line of numbers, equal to the models, each reversible with data present."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.engine import Inspector

from config import Config
from matchmaker.app import create_app
from matchmaker.extensions import db
from matchmaker.tables import metadata
from tests.conftest import BACKENDS, Databases
from tests.factories.events import make_event, make_participant, make_wish

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"


@pytest.fixture(params=BACKENDS)
def own_app(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> Iterator[Flask]:
    """An application on a database of its own, brought up from nothing and empty."""
    url = databases.copy(request.param, tmp_path / "own.db")
    app = create_app(Config(data_dir=tmp_path, database_url=url, secret_key="s" * 32))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_revisions_are_numbered_in_one_line() -> None:
    names = sorted(path.name for path in VERSIONS.glob("*.py"))
    numbers = [int(re.match(r"(\d{4})_", name)[1]) for name in names]  # type: ignore[index]

    assert numbers == list(range(1, len(names) + 1))
    for path, number in zip(sorted(VERSIONS.glob("*.py")), numbers, strict=True):
        before = f'"{number - 1:04}"' if number > 1 else "None"
        assert f"down_revision = {before}" in path.read_text()


@pytest.mark.both_databases
def test_the_migrated_database_equals_the_models(context: object) -> None:
    with db.engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), metadata
        )

    assert differences == []


def test_each_step_goes_down_and_up_again_with_data(own_app: Flask) -> None:
    event = make_event()
    make_wish(make_participant(event), make_participant(event))
    db.session.remove()

    flask_migrate.downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    flask_migrate.upgrade()

    assert left == set()
    assert set(inspect(db.engine).get_table_names()) >= set(metadata.tables)


@pytest.mark.both_databases
def test_every_constraint_is_named_by_the_convention(context: object) -> None:
    inspector = inspect(db.engine)

    names = {
        kind: [
            found["name"] or "nameless"
            for table in metadata.tables
            for found in as_list(read(inspector, table))
        ]
        for kind, read in CONSTRAINTS.items()
    }

    odd = [
        name for kind, all_names in names.items() for name in all_names if not name.startswith(kind)
    ]
    assert odd == []
    assert min(len(all_names) for all_names in names.values()) >= 15


CONSTRAINTS: dict[str, Callable[[Inspector, str], Any]] = {
    "pk_": Inspector.get_pk_constraint,
    "fk_": Inspector.get_foreign_keys,
    "uq_": Inspector.get_unique_constraints,
    "ck_": Inspector.get_check_constraints,
    "ix_": lambda inspector, table: [
        index
        for index in inspector.get_indexes(table)
        if not index.get("duplicates_constraint") and not (index["name"] or "").startswith("uq_")
    ],
}


def as_list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]
