"""Where no Chromium is found, the journeys say how to get one; where it is required, they fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.conftest import find_chromium

ROOT = Path(__file__).parents[1]
JOURNEY = "tests/journeys/test_on_a_phone.py::test_a_policymaker"
REMEDY = "apt-get install chromium"


def test_a_skipped_journey_says_how_to_get_a_browser(tmp_path: Path) -> None:
    ours = ("PYTEST_", "MATCHMAKER_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", JOURNEY],
        cwd=ROOT,
        env={**kept, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "1 skipped" in done.stdout) == (0, True)
    assert REMEDY in done.stdout


def test_where_a_browser_is_required_a_missing_one_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("MATCHMAKER_REQUIRE_BROWSER", "1")
    monkeypatch.delenv("MATCHMAKER_CHROMIUM", raising=False)

    with pytest.raises(pytest.fail.Exception, match=REMEDY):
        find_chromium()
