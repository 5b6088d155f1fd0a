"""`admin add-organiser` makes somebody an organiser and lets them in."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config import Config
from matchmaker.accounts.commands import admin
from matchmaker.accounts.models import User
from matchmaker.accounts.queries import link_by_token
from matchmaker.app import opened_app
from matchmaker.extensions import db
from tests.conftest import Databases


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(admin, arguments, env={"MATCHMAKER_DATA": str(folder)})


@pytest.fixture
def folder(tmp_path: Path, databases: Databases) -> Path:
    databases.copy_to(tmp_path / "matchmaker.db")
    return tmp_path


def test_an_organiser_is_added_and_their_link_works(tmp_path: Path) -> None:
    """Where nothing is yet."""
    run(tmp_path, "add-organiser", "olli@niskala.example", "--name", "Olli")

    result = run(tmp_path, "add-organiser", "Olli@niskala.example")

    assert result.exit_code == 0
    reset = run(tmp_path, "reset-two-factor", "OLLI@niskala.example")
    assert "olli@niskala.example signs in by one step again" in reset.output
    assert run(tmp_path, "reset-two-factor", "nobody@niskala.example").exit_code == 1
    with opened_app(Config.from_env({"MATCHMAKER_DATA": str(tmp_path)})):
        user = db.session.scalars(db.select(User)).one()
        link = link_by_token(result.output.split()[-1].rsplit("/", 1)[1])
        assert (user.name, user.may_create_events) == ("Olli", True)
        assert (link.user_id, link.is_open) == (user.id, True)


@pytest.mark.parametrize("text", ["olli", "olli@"])
def test_what_is_no_address_is_refused_in_a_sentence(folder: Path, text: str) -> None:
    result = run(folder, "add-organiser", text)

    assert result.exit_code == 1
    assert "is not an e-mail address. Write it like name@example.org." in result.output
