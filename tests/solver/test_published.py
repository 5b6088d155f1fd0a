"""Published instances: the known optimum proved, each timetable checked independently."""

import os
from pathlib import Path

import pytest

from matchmaker.solver.answers import answer_given, check_given
from matchmaker.solver.dzn import read_dzn
from matchmaker.solver.stop import Never

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("MATCHMAKER_B2B_DIR", ROOT.parent / "shared" / "b2b-instances"))
QUICK = {
    "tic-12.original": 0,
    "tic-12.forb0003": None,
    "forumt-14.original": 5,
    "forumt-14crafd.forb0003": None,
    "ticf-13crafb.prec15": None,
}

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason="no published instances: name their folder in MATCHMAKER_B2B_DIR to run these",
)


@pytest.mark.parametrize(("name", "breaks"), QUICK.items(), ids=QUICK)
def test_a_published_result_is_proved(name: str, breaks: int | None) -> None:
    given = read_dzn((FOLDER / f"{name}.dzn").read_text())

    answer = answer_given(given, stop=Never(), most_each=2)

    assert (answer.infeasible, answer.document["breaks"]) == (breaks is None, breaks)
    assert answer.document["optimal"] is (breaks is not None)
    assert answer.infeasible or check_given(given, answer.document, most_each=2) == []
