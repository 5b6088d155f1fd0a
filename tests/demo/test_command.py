"""`matchmaker demo` as it is typed: from an empty folder to an agenda and four ways in."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import delete, func, select, update

from config import Config
from matchmaker.accounts.models import User
from matchmaker.agenda.board import Board
from matchmaker.agenda.models import Agenda, Meeting, Seat
from matchmaker.agenda.queries_hits import hits
from matchmaker.agenda.services_draft import draft_difference
from matchmaker.app import create_app
from matchmaker.cli import main
from matchmaker.clock import wall
from matchmaker.events.models import Event
from matchmaker.events.models_look import EventLogo
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.mailings.models import Mailing
from matchmaker.matching.models import Run, RunMeeting, RunState, RunUnplaced
from matchmaker.matching.models_capacity import CapacityStudy
from matchmaker.messages.models import Mail
from matchmaker.registration.models_tags import Tag
from matchmaker.wishes.models import Wish
from tests.demo.conftest import AUTUMN
from tests.factories.events import make_event
from tests.pages.client import PageClient

LINK = re.compile(r"  (.+)\n +http://127\.0\.0\.1:8000(/sign-in/\S+)")


class Started(NamedTuple):
    """A demonstration made once for all tests of this module, and what was said meanwhile."""

    data: Path
    output: str


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Started:
    folder = tmp_path_factory.mktemp("empty")
    done = subprocess.run(
        [sys.executable, "-m", "matchmaker", "demo", "--no-serve", "--today", str(AUTUMN)],
        cwd=folder,
        env=without_settings(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return Started(folder / "matchmaker-data", done.stdout)


@pytest.fixture
def copy(started: Started, tmp_path: Path) -> Path:
    """The same data, to be spoilt."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(started.data / "secret_key", data)
    with (
        closing(sqlite3.connect(started.data / "matchmaker.db")) as source,
        closing(sqlite3.connect(data / "matchmaker.db")) as target,
    ):
        source.backup(target)
    return data


def without_settings() -> dict[str, str]:
    ours = ("MATCHMAKER_", "DATABASE_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def again(data: Path, *options: str, **settings: str) -> Result:
    """The command once more, in this process; whatever it sets in the environment is undone."""
    arguments = ["demo", "--data", str(data), "--no-serve", "--today", str(AUTUMN), *options]
    with pytest.MonkeyPatch.context() as patch:
        for name in set(os.environ) - set(without_settings()) | {"MATCHMAKER_BASE_URL"}:
            patch.setenv(name, "")
            patch.delenv(name)
        for name, value in {"MATCHMAKER_RATE_LIMITS": "no", **settings}.items():
            patch.setenv(name, value)
        patch.setenv("MATCHMAKER_DATA", str(data))
        return CliRunner().invoke(main, arguments)


@contextmanager
def on_site(data: Path) -> Iterator[Flask]:
    """The application on that data, and nothing left open afterwards."""
    environ = {"MATCHMAKER_DATA": str(data), "MATCHMAKER_RATE_LIMITS": "no"}
    app = create_app(Config.from_env(environ))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def count(data: Path, *tables: type[Any]) -> list[int]:
    with on_site(data):
        return [db.session.scalar(select(func.count()).select_from(t)) or 0 for t in tables]


def forget(*tables: type[Any]) -> None:
    for table in tables:
        db.session.execute(delete(table))


def forget_repair() -> None:
    """It is asked for when the agenda is published."""
    db.session.execute(delete(Run).where(Run.kind == "repair"))


def test_it_says_where_how_far_how_good_and_how_long(started: Started) -> None:
    lines = started.output.splitlines()

    assert lines[0] == f"Matchmaker demo, in {started.data}"
    assert "27–29 April 2027: 150 people" in lines[1]
    assert lines[2].startswith("  Making the agenda: ")
    assert re.search(r"\n  Published \d+ meetings worth \d+ points; ", started.output)
    assert re.search(r"\nReady in \d+\.\d s: http://127\.0\.0\.1:8000\n", started.output)


def test_the_agenda_is_published_and_nearly_the_best_there_can_be(started: Started) -> None:
    with on_site(started.data):
        event = db.session.scalars(select(Event)).one()
        run = db.session.scalars(select(Run).where(Run.kind != "repair")).one()
        meetings = db.session.scalar(select(func.count()).select_from(Meeting))

        assert (event.phase, str(event.starts_on)) == (Phase.PUBLISHED, "2027-04-27")
        assert run.report["gap"] <= 0.005
        assert meetings == run.report["meetings"] > 400


def test_mails_to_invented_people_are_kept_and_not_shown(started: Started) -> None:
    with on_site(started.data):
        states = Counter(mail.state for mail in db.session.scalars(select(Mail)))

    assert states == {"printed": 150, "sent": 14, "bounced": 1}
    assert "150 mails tell people of it" in started.output
    assert "Mail to" not in started.output


def test_organisers_find_work_begun(started: Started) -> None:
    """A mailing that went out, a table lost, a meeting moved on the grid, tags, a logo, colours."""
    with on_site(started.data):
        event = db.session.scalars(select(Event)).one()
        mailing = db.session.scalars(select(Mailing)).one()
        lost = {hit.kind for hit in hits(event.id)}
        organiser = db.session.scalars(select(User).limit(1)).one()
        moved = draft_difference(Board(event, organiser)).moved
        tags = set(db.session.scalars(select(Tag.tag)))
        logo = db.session.get(EventLogo, event.id)

        assert (mailing.state, lost, len(moved)) == ("done", {"point"}, 1)
        assert (tags, bool(event.logo and logo)) == ({"host region", "speaker"}, True)
        assert (sorted(event.colours), sorted(event.texts)) == (["accent", "brand"], ["fi", "sv"])


def test_the_worker_finds_a_repair_and_a_study_to_work_on(started: Started) -> None:
    with on_site(started.data):
        run = db.session.scalars(select(Run).where(Run.kind == "repair")).one()
        study = db.session.scalars(select(CapacityStudy)).one()

        assert (run.state, study.state, study.asked["tables"]) == ("queued", "queued", 30)


def test_each_link_signs_in_one_person_once(started: Started) -> None:
    links = LINK.findall(again(started.data).output)

    assert [who for who, _ in links] == [
        "Organiser: Saara Levänen",
        "Helper: Onni Kaukoranta",
        "Viewer: Ingrid Wallander",
        "Cluster: Marek Zieliński, Karbonik Transition Cluster",
        "Policymaker: Claire Vidal, Occitanie Resource Transition Office",
        "SME: Aino Niskala, Pohjolan Kierto Oy",
    ]
    pages = [*["/e/kittila/organise/"] * 3, *["/e/kittila/agenda"] * 3]
    with on_site(started.data) as app:
        arrived = [visit(app, who, path) for who, path in links]
        used = [PageClient(app).http.get(path).status_code for _, path in links]
    assert (arrived, used) == (pages, [410] * 6)


def visit(app: Flask, who: str, path: str) -> str:
    """Press the button that the link leads to; where one arrives, signed in as that person."""
    client = PageClient(app)
    arrived: str = client.submit(path).response.headers["Location"]
    name = who.partition(": ")[2].partition(",")[0]
    assert f"Signed in as {name}" in client.get(arrived).texts("//footer")[0]
    return arrived


def test_run_again_it_keeps_what_is_there(started: Started) -> None:
    result = again(started.data)

    assert result.exit_code == 0
    assert "is here already, on 27–29 April 2027; --reset starts over." in result.output
    assert "Making the agenda" not in result.output
    assert count(started.data, Event, Run, Agenda, Mail) == [1, 2, 1, 165]


def test_once_its_days_are_over_it_says_how_to_move_them(started: Started) -> None:
    over = "Its days are over: start over"

    assert over in again(started.data, "--today", "2027-04-30").output
    assert over not in again(started.data, "--today", "2027-04-29").output


def test_a_taken_port_is_refused_before_any_work(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        options = ["--port", str(port), "--data", str(tmp_path / "data")]
        result = CliRunner().invoke(main, ["demo", *options])

    assert result.exit_code == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in result.output
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.RUNNING, RunState.DONE])
def test_interrupted_before_publishing_it_goes_on(copy: Path, state: RunState) -> None:
    is_done = state == RunState.DONE
    with on_site(copy):
        forget(Seat, Meeting, Agenda, Mail, *(() if is_done else (RunMeeting, RunUnplaced)))
        forget_repair()
        db.session.execute(update(Run).values(state=state, beat_at=wall(), seconds_allowed=1))
        db.session.commit()

    result = again(copy)

    assert result.exit_code == 0
    assert ("Making the agenda" in result.output) != is_done
    assert count(copy, Run, Agenda, Mail) == [2, 1, 150]


def test_a_run_that_failed_is_replaced_by_another(copy: Path) -> None:
    with on_site(copy):
        forget(Seat, Meeting, Agenda, Wish)
        forget_repair()
        db.session.execute(update(Run).values(state=RunState.FAILED, error="Out of memory."))
        db.session.commit()

    again(copy)

    assert count(copy, Run, Agenda) == [3, 1]


def test_reset_starts_over_and_spares_the_rest_of_the_folder(copy: Path) -> None:
    (copy / "notes.txt").write_text("mine")
    secret = (copy / "secret_key").read_text()

    result = again(copy, "--reset", "--today", "2028-01-01")

    assert "25–27 April 2028: 150 people" in result.output
    assert (copy / "notes.txt").read_text() == "mine"
    assert (copy / "secret_key").read_text() == secret
    assert count(copy, Event, Agenda) == [1, 1]


def test_reset_spares_events_of_ones_own(copy: Path) -> None:
    with on_site(copy):
        make_event("spring-2027")

    result = again(copy, "--reset")

    assert result.exit_code == 1
    assert "holds more than the demo, and --reset would delete it: spring-2027." in result.output
    assert count(copy, Event) == [2]


def test_reset_spares_a_database_elsewhere(copy: Path, tmp_path: Path) -> None:
    elsewhere = f"sqlite:///{tmp_path / 'precious.db'}"

    result = again(copy, "--reset", DATABASE_URL=elsewhere)

    assert result.exit_code == 1
    assert f"DATABASE_URL names another: {elsewhere}" in result.output
    assert (copy / "matchmaker.db").exists()


def test_reset_spares_a_database_in_use(copy: Path) -> None:
    with closing(sqlite3.connect(copy / "matchmaker.db")) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT slug FROM event").fetchall()

        result = again(copy, "--reset")

    assert result.exit_code == 1
    assert "is in use. Stop the Matchmaker that runs on it" in result.output
    assert count(copy, Event) == [1]


def test_a_database_that_is_named_is_used(copy: Path, tmp_path: Path) -> None:
    (copy / "matchmaker.db").rename(tmp_path / "elsewhere.db")

    result = again(copy, DATABASE_URL=f"sqlite:///{tmp_path / 'elsewhere.db'}")

    assert "is here already" in result.output
    assert not (copy / "matchmaker.db").exists()
