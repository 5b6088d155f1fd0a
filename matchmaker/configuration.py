"""The configuration: one frozen value, read from the environment once and refused if odd."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from matchmaker.comparing import parse_similarity

T = TypeVar("T")

SECRET_FILE = "secret_key"  # noqa: S105 - a file's name
SHORTEST_SECRET = 32
DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")


class ConfigurationError(Exception):
    """A setting that cannot be used; the sentence names it and says what would be right."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over: `smtp` (STARTTLS where offered) or `smtps`."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False


@dataclass(frozen=True)
class Config:
    """All there is to set. `from_env` reads it; tests build it directly."""

    data_dir: Path
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    base_url: str = "http://127.0.0.1:8000"
    mail_server: MailServer | None = None
    mails_a_minute: int = 120
    mail_from: str = "matchmaker@localhost.localdomain"
    owner: str = ""
    contact: str = ""
    proxy_hops: int = 0
    rate_limits: bool = True
    stop_clock_at: datetime | None = None
    run_stale_after: timedelta = timedelta(seconds=10)
    similarity: str = "words"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def queue_file(self) -> Path:
        return self.data_dir / "queue.db"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Read the environment; create the data folder and the secret key where missing.

        Raises:
            ConfigurationError: a setting has a value that cannot be used.
        """
        values = os.environ if environ is None else environ
        data_dir = _read(values, "MATCHMAKER_DATA", _folder, Path("matchmaker-data").resolve())
        _make_folder(data_dir)
        return cls(
            data_dir=data_dir,
            database_url=_read(
                values, "DATABASE_URL", _database, _sqlite_url(data_dir / "matchmaker.db")
            ),
            secret_key=_read(values, "MATCHMAKER_SECRET_KEY", _secret, "")
            or _kept_secret(data_dir),
            base_url=_read(values, "MATCHMAKER_BASE_URL", _address, cls.base_url),
            mail_server=_read(values, "MATCHMAKER_SMTP", _mail_server, None),
            mail_from=_read(values, "MATCHMAKER_MAIL_FROM", _email, cls.mail_from),
            mails_a_minute=_read(values, "MATCHMAKER_MAILS_A_MINUTE", _mails, cls.mails_a_minute),
            owner=_read(values, "MATCHMAKER_OWNER", str, ""),
            contact=_read(values, "MATCHMAKER_CONTACT", _email, ""),
            proxy_hops=_read(values, "MATCHMAKER_PROXY_HOPS", _count, 0),
            rate_limits=_read(values, "MATCHMAKER_RATE_LIMITS", _switch, True),
            stop_clock_at=_read(values, "MATCHMAKER_NOW", _moment, None),
            run_stale_after=_read(
                values, "MATCHMAKER_RUN_STALE_SECONDS", _seconds, cls.run_stale_after
            ),
            similarity=_read(values, "MATCHMAKER_SIMILARITY", parse_similarity, cls.similarity),
        )


def _read(environ: Mapping[str, str], name: str, parse: Callable[[str], T], default: T) -> T:
    text = environ.get(name, "").strip()
    if not text:
        return default
    try:
        return parse(text)
    except ValueError as error:
        raise ConfigurationError(f"{name} cannot be used: {error}") from error


def _folder(text: str) -> Path:
    try:
        path = Path(text).expanduser().resolve()
    except RuntimeError:
        raise ValueError(f"{text!r} names the home of a user who does not exist.") from None
    if path.exists() and not path.is_dir():
        raise ValueError(f"{path} is a file; name a folder.")
    return path


def _sqlite_url(path: Path) -> str:
    """Folders may hold signs that mean something in an address."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def _database(text: str) -> str:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # The text itself may hold a password, and so may the library's own sentence.
        raise ValueError(
            "it is not a database address; write sqlite:////folder/file.db"
            " or postgresql://user:password@host/name."
        ) from None
    if url.drivername not in DATABASES:
        raise ValueError(f"{url.drivername} is not supported; use sqlite or postgresql.")
    if url.get_backend_name() == "sqlite":
        _check_sqlite_file(url.database or "")
    elif find_spec("psycopg") is None:
        raise ValueError("PostgreSQL needs a driver; install matchmaker[postgres].")
    return text


def _check_sqlite_file(name: str) -> None:
    """The web server and the worker are processes of their own and must open the same file."""
    path = Path(name)
    if not path.is_absolute():
        raise ValueError(
            "name a file by its whole path, with four slashes: sqlite:////folder/file.db."
        )
    if not path.parent.is_dir():
        raise ValueError(f"there is no folder {path.parent}; make it first.")


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ValueError(
            f"it has {len(text)} characters; give at least {SHORTEST_SECRET} random ones,"
            " or leave it out and one is made in the data folder."
        )
    return text


def _address(text: str) -> str:
    parts, port = _split(text)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{text!r} is not an address like https://events.example.org.")
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(f"{text!r} must be the host alone; the site lives at its root.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port}" if port else f"{parts.scheme}://{host}"


def _mail_server(text: str) -> MailServer:
    """Sentences about it never repeat it: it holds a password."""
    parts, port = _split(text)
    right = "write smtp://user:password@host:587 or smtps://user:password@host:465"
    if parts is None or parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError(f"{right}, with signs like @ / # in the password as %40 %2F %23.")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"{right}; nothing follows the port.")
    tls = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=port or (465 if tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
    )


def _split(text: str) -> tuple[SplitResult | None, int | None]:
    """The parts of an address and its port; no parts where it cannot be one."""
    try:
        parts = urlsplit(text)
        return parts, parts.port
    except ValueError:
        return None, None


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ValueError(f"{text!r} is not an e-mail address ({error})") from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > 10:
        raise ValueError(f"{text!r} is not a whole number from 0 to 10.")
    return int(text)


def _seconds(text: str) -> timedelta:
    if not text.isdecimal() or not 2 <= int(text) <= 3600:
        raise ValueError(f"{text!r} is not a whole number of seconds from 2 to 3600.")
    return timedelta(seconds=int(text))


def _mails(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10_000:
        raise ValueError(f"{text!r} is not a whole number from 1 to 10000.")
    return int(text)


def _switch(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    if text.lower() not in words:
        raise ValueError(f"{text!r} is neither yes nor no.")
    return words[text.lower()]


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a moment like 2027-04-27T09:00:00+03:00.") from None
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone; add one, like +03:00 or Z.")
    return moment.astimezone(UTC)


def _make_folder(data_dir: Path) -> None:
    try:
        # It holds people's addresses and the key that signs them in.
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable_folder(error) from error


def _unusable_folder(error: OSError) -> ConfigurationError:
    return ConfigurationError(
        f"MATCHMAKER_DATA cannot be used: {error}. Name a folder this user may write to."
    )


def _kept_secret(data_dir: Path) -> str:
    """The secret key of this data folder, made on the first start, readable by its owner alone."""
    path = data_dir / SECRET_FILE
    try:
        _write_secret_once(path)
        key = path.read_text(errors="replace").strip()
    except OSError as error:
        raise _unusable_folder(error) from error
    if len(key) < SHORTEST_SECRET:
        raise ConfigurationError(
            f"The secret key in {path} is too short. Delete the file and start again;"
            " everybody will have to sign in anew."
        )
    return key


def _write_secret_once(path: Path) -> None:
    """Two first starts at once agree on one key: it is linked into place whole, or not at all."""
    if path.exists():
        return
    # Not named after the process: in containers every start has the same number.
    own = path.with_name(f"{SECRET_FILE}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink(missing_ok=True)
