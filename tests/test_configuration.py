"""The configuration: right values are taken, wrong ones stop the start with a sentence."""

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import make_url

from config import Config, ConfigurationError
from matchmaker.cli import main
from matchmaker.configuration import MailServer

SECRET = "s3cret-of-at-least-thirty-two-characters"


def read(folder: Path, **values: str) -> Config:
    return Config.from_env({"MATCHMAKER_DATA": str(folder), **values})


def test_nothing_set_is_a_working_configuration(tmp_path: Path) -> None:
    config = read(tmp_path / "new" / "data")

    assert config.data_dir.is_dir()
    assert make_url(config.database_url).database == str(config.data_dir / "matchmaker.db")
    assert (config.base_url, config.is_https) == ("http://127.0.0.1:8000", False)
    assert (config.mail_server, config.proxy_hops, config.rate_limits) == (None, 0, True)


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        DATABASE_URL="postgresql://matchmaker:pa%40ss@db.example/matchmaker",
        MATCHMAKER_SECRET_KEY=SECRET,
        MATCHMAKER_BASE_URL="HTTPS://Events.Example.org:8443/",
        MATCHMAKER_SMTP="smtps://post:p%40%2Fss@mail.example.org",
        MATCHMAKER_MAIL_FROM="event@EXAMPLE.org",
        MATCHMAKER_PROXY_HOPS="1",
        MATCHMAKER_RATE_LIMITS="off",
        MATCHMAKER_NOW="2027-04-27T09:00:00+03:00",
    )

    assert config.secret_key == SECRET
    assert (config.base_url, config.is_https) == ("https://events.example.org:8443", True)
    assert config.mail_server == MailServer("mail.example.org", 465, "post", "p@/ss", tls=True)
    assert config.mail_from == "event@example.org"
    assert (config.proxy_hops, config.rate_limits) == (1, False)
    assert config.stop_clock_at == datetime(2027, 4, 27, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DATABASE_URL", "nonsense", "it is not a database address"),
        ("DATABASE_URL", "mysql://a@b/c", "mysql is not supported; use sqlite or postgresql."),
        ("DATABASE_URL", "postgresql+psycopg2://a@b/c", "postgresql+psycopg2 is not supported"),
        ("DATABASE_URL", "sqlite://", "name a file by its whole path"),
        ("DATABASE_URL", "sqlite:///file.db", "sqlite:////folder/file.db"),
        ("DATABASE_URL", "sqlite:////no/such/folder/file.db", "there is no folder /no/such/folder"),
        ("MATCHMAKER_DATA", "~nobody-of-this-name/data", "a user who does not exist"),
        ("MATCHMAKER_DATA", __file__, "is a file; name a folder"),
        ("MATCHMAKER_SECRET_KEY", "short", "it has 5 characters; give at least 32"),
        ("MATCHMAKER_BASE_URL", "events.example.org", "not an address like https://"),
        ("MATCHMAKER_BASE_URL", "ftp://events.example.org", "not an address like https://"),
        ("MATCHMAKER_BASE_URL", "https://events.example.org:port", "not an address like"),
        ("MATCHMAKER_BASE_URL", "https://[events", "not an address like"),
        ("MATCHMAKER_BASE_URL", "https://example.org/events", "must be the host alone"),
        ("MATCHMAKER_BASE_URL", "https://me@example.org", "must be the host alone"),
        ("MATCHMAKER_SMTP", "mail.example.org:25", "write smtp://user:password@host:587"),
        ("MATCHMAKER_SMTP", "smtp://mail.example.org:99999", "write smtp://"),
        ("MATCHMAKER_SMTP", "smtp://mail.example.org:25/x", "nothing follows the port"),
        ("MATCHMAKER_MAIL_FROM", "event@", "is not an e-mail address"),
        ("MATCHMAKER_PROXY_HOPS", "-1", "not a whole number from 0 to 10"),
        ("MATCHMAKER_PROXY_HOPS", "11", "not a whole number from 0 to 10"),
        ("MATCHMAKER_RATE_LIMITS", "perhaps", "neither yes nor no"),
        ("MATCHMAKER_NOW", "tomorrow", "is not a moment like 2027-04-27T09:00:00+03:00"),
        ("MATCHMAKER_NOW", "2027-04-27T09:00:00", "has no time zone"),
        ("MATCHMAKER_RUN_STALE_SECONDS", "1", "seconds from 2 to 3600"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(
    tmp_path: Path, name: str, value: str, told: str
) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        read(tmp_path, **{name: value})

    assert str(refusal.value).startswith(f"{name} cannot be used: ")
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MATCHMAKER_SMTP", "smtp://post:hun#ter2@mail.example.org"),
        ("MATCHMAKER_SMTP", "smtp://post:hunter2@mail.example.org:port"),
        ("DATABASE_URL", "postgresql://me:hunter2@host:hunter2/x"),
    ],
)
def test_a_refusal_repeats_no_password(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        read(tmp_path, **{name: value})

    assert "hun" not in str(refusal.value)


def test_printing_a_configuration_shows_no_password(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        DATABASE_URL="postgresql://me:hunter2@host/x",
        MATCHMAKER_SMTP="smtp://post:hunter2@mail.example.org",
        MATCHMAKER_SECRET_KEY=SECRET,
    )

    assert "hunter2" not in repr(config)
    assert SECRET not in repr(config)


@pytest.mark.parametrize("name", ["plain", "ä b", "a?b", "a#b", "a%20b"])
def test_a_data_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    config = read(tmp_path / name)

    assert make_url(config.database_url).database == str(tmp_path / name / "matchmaker.db")


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_two_data_folders_have_two_secret_keys(tmp_path: Path) -> None:
    assert read(tmp_path / "a").secret_key != read(tmp_path / "b").secret_key


def test_first_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    script = "from config import Config; print(Config.from_env().secret_key)"
    environment = {**os.environ, "MATCHMAKER_DATA": str(tmp_path / "data")}
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]

    keys = {start.communicate()[0].strip() for start in starts}

    assert keys == {(tmp_path / "data" / "secret_key").read_text()}


def test_a_damaged_secret_key_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("short")

    with pytest.raises(ConfigurationError, match=r"is too short\. Delete the file and start again"):
        read(tmp_path)


def test_a_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ConfigurationError, match="Name a folder this user may write to"):
        read(tmp_path / "file" / "data", MATCHMAKER_SECRET_KEY=SECRET)


def test_postgresql_without_its_driver_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(ConfigurationError, match=r"install matchmaker\[postgres\]"):
        read(tmp_path, DATABASE_URL="postgresql://me@host/x")


def test_a_database_that_does_not_answer_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    nobody = "postgresql://me:hunter2@127.0.0.1:1/x"
    environ = {"MATCHMAKER_DATA": str(tmp_path), "DATABASE_URL": nobody}

    result = CliRunner().invoke(main, ["worker"], env=environ)

    assert result.exit_code == 1
    assert "Error: The database of DATABASE_URL cannot be reached: " in result.output
    assert "hunter2" not in result.output
