"""SQLite as we set it up: no update is lost, readers do not wait, constraints hold."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import SignInLink, User
from matchmaker.clock import now
from matchmaker.database import Base, reading_only


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database file with one user in it."""
    engine = create_engine(f"sqlite:///{tmp_path / 'test.db'}")
    tables = [User.__table__, SignInLink.__table__]
    Base.metadata.create_all(engine, tables=tables)  # type: ignore[arg-type]
    with Session(engine) as session, session.begin():
        session.add(User(id=1, email="a@niskala.example", email_key="a@niskala.example"))
    yield engine
    engine.dispose()


def test_four_processes_that_read_and_then_write_lose_no_update(engine: Engine) -> None:
    command = [sys.executable, "-m", "tests.counting", str(engine.url), "100"]
    workers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]

    complaints = [worker.communicate()[1] for worker in workers]

    assert complaints == [""] * 4
    with Session(engine) as session:
        assert session.get_one(User, 1).failed_passwords == 400


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    with engine.begin() as writer:
        writer.execute(text("UPDATE user_account SET name = 'Aino'"))
        with reading_only(), engine.begin() as reader:
            seen = reader.execute(text("SELECT name FROM user_account")).scalar_one()

    assert seen == ""


def test_a_row_that_refers_to_nothing_is_refused(engine: Engine) -> None:
    link = SignInLink(user_id=2, secret_hash="x", expires_at=now())

    with Session(engine) as session:
        session.add(link)
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            session.flush()


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    link = SignInLink(user_id=1, secret_hash="x", expires_at=datetime(2027, 4, 1))  # noqa: DTZ001

    with Session(engine) as session:
        session.add(link)
        with pytest.raises(StatementError, match="has no time zone"):
            session.flush()


def test_a_moment_is_stored_in_utc_and_comes_back_as_the_same_moment(engine: Engine) -> None:
    at_one_in_helsinki = datetime.fromisoformat("2027-04-28T13:00:00+03:00")
    link = SignInLink(user_id=1, secret_hash="x", expires_at=at_one_in_helsinki)

    with Session(engine) as session:
        session.add(link)
        session.flush()
        stored = session.execute(text("SELECT expires_at FROM sign_in_link")).scalar_one()
        session.refresh(link)

        assert (stored[:16], link.expires_at) == ("2027-04-28 10:00", at_one_in_helsinki)
