"""Where no Chromium is found, the journeys say how to get one; where it is required, they fail."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
JOURNEY = "tests/journeys/test_on_a_phone.py::test_a_policymaker"
REMEDY = "apt-get install chromium"


def walk_without_a_browser(empty: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    ours = ("PYTEST_", "MATCHMAKER_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", JOURNEY],
        cwd=ROOT,
        env={**kept, "PATH": str(empty), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_skipped_journey_says_how_to_get_a_browser(tmp_path: Path) -> None:
    done = walk_without_a_browser(tmp_path)

    assert (done.returncode, "1 skipped" in done.stdout) == (0, True)
    assert REMEDY in done.stdout


def test_where_a_browser_is_required_a_missing_one_is_a_failure(tmp_path: Path) -> None:
    done = walk_without_a_browser(tmp_path, MATCHMAKER_REQUIRE_BROWSER="1")

    assert (done.returncode, "1 error" in done.stdout) == (1, True)
    assert REMEDY in done.stdout
