"""A real browser against a real site: web server, worker and database as in production."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, sync_playwright

from config import Config
from matchmaker.app import create_app
from matchmaker.extensions import db
from tests.conftest import Databases
from tests.journeys.stage import Site

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOW_TO_GET_ONE = (
    "No Chromium found, so nothing was tried in a browser. Install one (Debian and Ubuntu:"
    " apt-get install chromium) or name its program in MATCHMAKER_CHROMIUM."
)
STARTING_SECONDS = 120


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def find_chromium() -> str:
    """The program of a Chromium; skips, or fails where MATCHMAKER_REQUIRE_BROWSER is set."""
    named = os.environ.get("MATCHMAKER_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        if os.environ.get("MATCHMAKER_REQUIRE_BROWSER"):
            pytest.fail(HOW_TO_GET_ONE)
        pytest.skip(HOW_TO_GET_ONE)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def seen() -> set[int]:
    """What axe has looked at, for all journeys."""
    return set()


@pytest.fixture(scope="session")
def site(
    browser: Browser,
    seen: set[int],
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """`matchmaker serve` on a free port, with the tables made already: that takes longest.

    Each journey has an event of its own on it.
    """
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    databases.copy_to(folder / "matchmaker.db")
    environ = {
        "MATCHMAKER_DATA": str(folder),
        "MATCHMAKER_BASE_URL": f"http://127.0.0.1:{port}",
        "MATCHMAKER_RATE_LIMITS": "off",
    }
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "matchmaker", "serve", "--port", str(port)],
            env={**os.environ, **environ},
            stdout=log,
            stderr=log,
        )
        try:
            url = environ["MATCHMAKER_BASE_URL"]
            wait_for(url, process, folder / "log.txt")
            app = create_app(Config.from_env(environ))
            yield Site(url, app, browser, seen)
            with app.app_context():
                db.engine.dispose()
        finally:
            process.terminate()
            process.wait(20)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{url}/"):  # noqa: S310 - our own address
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail(f"The site did not start:\n{log.read_text()}")
