"""`matchmaker export` and `matchmaker import`, on a site of their own."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matchmaker.cli import main
from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.writing import write_folder
from tests.conftest import Databases
from tests.exchange.test_pages import SMALL


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An event to be entered, and no site yet."""
    monkeypatch.setenv("MATCHMAKER_DATA", str(tmp_path / "site"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    write_folder(SMALL, tmp_path / "event")
    return tmp_path


@pytest.fixture
def site(folder: Path, databases: Databases) -> Path:
    databases.copy_to(folder / "site" / "matchmaker.db")
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_an_event_goes_in_and_comes_out_the_same(site: Path) -> None:
    entered = run("import", site / "event", "--owner", "olli@lapland.example")
    written = run("export", "kittila", site / "out")

    assert entered.output == (
        "Raw materials is entered as a draft with 2 participants;"
        " olli@lapland.example organises it.\n"
    )
    assert (entered.exit_code, written.exit_code) == (0, 0)
    for file in (site / "event").iterdir():
        assert (site / "out" / file.name).read_bytes() == file.read_bytes()


def test_without_an_owner_it_is_the_events_own_address(folder: Path) -> None:
    entered = run("import", folder / "event")

    assert "office@lapland.example organises it" in entered.output


def test_every_problem_is_listed_and_no_database_is_made(folder: Path) -> None:
    (folder / "event" / "wishes.csv").write_text("from,to,level\naino,x,must\ny,aino,want\n")

    result = run("import", folder / "event")

    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["wishes.csv"] * 2
    assert not (folder / "site").exists()


def test_a_taken_slug_is_refused_and_another_may_be_given(site: Path) -> None:
    run("import", site / "event")

    again = run("import", site / "event")
    odd = run("import", site / "event", "--slug", "Not a slug")
    other = run("import", site / "event", "--slug", "levi")

    assert (again.exit_code, odd.exit_code, other.exit_code) == (2, 2, 0)
    assert "already is an event with the slug kittila" in again.stderr
    assert odd.stderr.startswith('--slug: "Not a slug" cannot be part of a web address')
    run("export", "levi", site / "out")
    first, out = read_folder(site / "event"), read_folder(site / "out")
    again = replace(out, settings=first.settings, event_settings=None)
    assert again == replace(first, slug="levi")


def test_an_unknown_event_is_refused_with_the_nearest(site: Path) -> None:
    run("import", site / "event")

    result = run("export", "kitila", site / "out")

    assert result.exit_code == 2
    assert result.stderr == 'There is no event "kitila". Did you mean "kittila"?\n'
    assert not (site / "out").exists()


def test_a_place_that_cannot_be_written_to_is_refused(site: Path) -> None:
    run("import", site / "event")
    (site / "taken").write_text("mine")

    result = run("export", "kittila", site / "taken")

    assert result.exit_code == 2
    assert "is a file, so no folder can be made there" in result.stderr
