"""`solve` and `verify` on files: what they print, write and answer with their exit code."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from matchmaker.solver import commands
from matchmaker.solver.commands import solve_command, verify_command
from tests.solver.test_dzn import TEXT

EVENT: dict[str, Any] = {
    "slots": 2,
    "people": [
        {"id": "aino"},
        {"id": "marek", "absent": [1]},
        {"id": "sofia", "max_meetings": 1},
    ],
    "points": [{"name": "Table 1"}, {"name": "Table 2", "closed": [2]}],
    "pairs": [
        {"a": "aino", "b": "marek", "value": 9},
        {"a": "sofia", "b": "aino", "value": 4, "slots": [1]},
    ],
}
HELD = [
    {"a": "aino", "b": "sofia", "slot": 1, "point": "Table 1"},
    {"a": "aino", "b": "marek", "slot": 2, "point": "Table 1"},
]


def _solve(file: Path, *options: str) -> Result:
    return CliRunner().invoke(solve_command, [str(file), *options])


def _write(folder: Path, name: str, content: str | dict[str, Any]) -> Path:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def test_an_event_is_solved_and_its_schedule_verified(tmp_path: Path) -> None:
    file, out = _write(tmp_path, "event.json", EVENT), tmp_path / "out.json"

    solved = _solve(file, "-o", str(out), "--seed", "3")
    verified = CliRunner().invoke(verify_command, [str(file), str(out)])

    summary = json.loads(solved.stdout.splitlines()[-1])
    assert (solved.exit_code, summary["gap"], summary["optimal"]) == (0, 0.0, True)
    assert (summary["meetings"], summary["breaks"], summary["breaks_bound"]) == (2, 0, 0)
    assert json.loads(out.read_text())["meetings"] == HELD
    assert (verified.exit_code, verified.stdout) == (0, "Every rule is kept.\n")


def test_given_meetings_are_solved_with_the_files_own_numbers(tmp_path: Path) -> None:
    file, out = _write(tmp_path, "three.dzn", TEXT), tmp_path / "out.json"

    solved = _solve(file, "-o", str(out))
    verified = CliRunner().invoke(verify_command, [str(file), str(out)])

    document = json.loads(out.read_text())
    assert (solved.exit_code, verified.exit_code) == (0, 0)
    assert document.pop("seconds") > 0
    assert document == {
        "meetings": [
            {"meeting": 1, "slot": 1, "point": 1},
            {"meeting": 2, "slot": 2, "point": 1},
        ],
        "breaks": 0,
        "breaks_bound": 0,
        "optimal": True,
        "infeasible": False,
    }


def test_an_infeasible_instance_exits_with_3(tmp_path: Path) -> None:
    file = _write(tmp_path, "early.dzn", TEXT.replace("[0, 2]", "[0, 1]"))
    out = tmp_path / "out.json"

    solved = _solve(file, "-o", str(out))

    assert solved.exit_code == 3
    assert json.loads(solved.stdout.splitlines()[-1])["infeasible"] is True
    assert json.loads(out.read_text())["infeasible"] is True
    assert CliRunner().invoke(verify_command, [str(file), str(out)]).exit_code == 3


def test_a_file_without_meetings_is_solved_and_its_name_may_be_in_capitals(tmp_path: Path) -> None:
    counts = ("nBusiness", "nMeetings", "nTables", "nTotalSlots", "nMorningSlots")
    text = "".join(f"{name} = 0; " for name in counts) + "requested = [||]; % r\xe9union"
    file = tmp_path / "NOBODY.DZN"
    file.write_bytes(text.encode("latin-1"))

    solved = _solve(file)

    summary = json.loads(solved.stdout.splitlines()[-1])
    assert (solved.exit_code, summary["breaks"], summary["optimal"]) == (0, 0, True)


def test_locked_meetings_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    locked = [HELD[1], HELD[0] | {"slot": 2}, HELD[0]]
    file, out = _write(tmp_path, "event.json", EVENT | {"locked": locked}), tmp_path / "out.json"

    solved = _solve(file, "-o", str(out))

    assert solved.exit_code == 3
    assert json.loads(solved.stdout.splitlines()[-1])["infeasible"] is True
    assert json.loads(out.read_text())["conflict"] == [
        "a pair uses the slots it may",
        "aino and sofia are locked in slot 2 at Table 1",
    ]
    assert CliRunner().invoke(verify_command, [str(file), str(out)]).exit_code == 3


def test_a_broken_schedule_is_told_rule_by_rule(tmp_path: Path) -> None:
    file = _write(tmp_path, "event.json", EVENT)
    early = [{**HELD[1], "slot": 1}]
    out = _write(tmp_path, "out.json", {"meetings": early, "breaks": 0})

    verified = CliRunner().invoke(verify_command, [str(file), str(out)])

    assert verified.exit_code == 1
    assert verified.stdout.splitlines() == [
        "available: person 1 is not available in slot 0",
        "1 rules are broken.",
    ]


def test_wrongly_counted_breaks_are_told(tmp_path: Path) -> None:
    file = _write(tmp_path, "event.json", EVENT)
    out = _write(tmp_path, "out.json", {"meetings": HELD, "breaks": 1})

    verified = CliRunner().invoke(verify_command, [str(file), str(out)])

    assert verified.exit_code == 1
    assert verified.stdout.splitlines()[0] == "breaks: the file says 1 breaks; there are 0"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bad.dzn", "nBusiness = 3;", "nMeetings is missing."),
        ("bad.json", "{", "Expecting property name enclosed in double quotes"),
        ("bad.json", "{}", "'people' is missing."),
        ("bad.json", {**EVENT, "people": EVENT["people"][:1] * 2}, "share a name."),
        ("bad.json", {**EVENT, "people": EVENT["people"][:2]}, "there is no person 'sofia'."),
        ("bad.json", {**EVENT, "pairs": EVENT["pairs"][:1] * 2}, "the same pair twice."),
        ("bad.json", {**EVENT, "points": [{"name": "A", "closed": [3]}]}, "outside 1..2."),
    ],
)
def test_a_file_that_cannot_be_read_exits_with_2(
    tmp_path: Path, name: str, content: str | dict[str, Any], sentence: str
) -> None:
    refused = _solve(_write(tmp_path, name, content))

    assert refused.exit_code == 2
    assert sentence in refused.stderr


@pytest.mark.parametrize("text", ["no", "[]", "{}", '{"meetings": [{"a": "x", "b": "y"}]}'])
def test_a_schedule_that_cannot_be_read_exits_with_2(tmp_path: Path, text: str) -> None:
    file, out = _write(tmp_path, "event.json", EVENT), _write(tmp_path, "out.json", text)

    assert CliRunner().invoke(verify_command, [str(file), str(out)]).exit_code == 2


def test_fairness_is_a_number_or_none(tmp_path: Path) -> None:
    file = _write(tmp_path, "three.dzn", TEXT)

    assert _solve(file, "--fairness", "none").exit_code == 0
    assert _solve(file, "--fairness", "some").exit_code == 2


def test_a_file_may_ask_for_every_further_rule(tmp_path: Path) -> None:
    file = _write(
        tmp_path,
        "rules.json",
        {
            "slots": 3,
            "people": [
                {"id": "aino", "most_in_a_row": 1},
                {"id": "marek"},
                {"id": "sofia", "body": "sofia"},
                {"id": "sofia for the cluster", "body": "sofia"},
            ],
            "points": [{"name": "Table 1"}, {"name": "Marek's booth", "kind": "marek"}],
            "pairs": [
                {"a": "aino", "b": "marek", "value": 9, "kind": "marek"},
                {"a": "aino", "b": "sofia", "value": 4, "group": "A-S", "language": "fi"},
                {"a": "aino", "b": "sofia for the cluster", "value": 3, "group": "A-S"},
                {"a": "marek", "b": "sofia for the cluster", "value": 2, "kind": "marek"},
            ],
            "interpreters": {"fi": [1, 1, 0]},
            "precedences": [
                {"first": {"a": "aino", "b": "sofia"}, "later": {"a": "aino", "b": "marek"}}
            ],
        },
    )
    out = tmp_path / "out.json"

    solved = _solve(file, "-o", str(out))

    assert json.loads(solved.stdout.splitlines()[-1])["optimal"] is True
    assert json.loads(out.read_text())["meetings"] == [
        {"a": "aino", "b": "sofia", "slot": 1, "point": "Table 1"},
        {"a": "marek", "b": "sofia for the cluster", "slot": 2, "point": "Marek's booth"},
        {"a": "aino", "b": "marek", "slot": 3, "point": "Marek's booth"},
    ]


def test_an_interpreter_nobody_is_refused(tmp_path: Path) -> None:
    pairs = [{"a": "aino", "b": "marek", "value": 9, "language": "fi"}]

    solved = _solve(_write(tmp_path, "event.json", EVENT | {"pairs": pairs}))

    assert (solved.exit_code, solved.stderr.endswith("there is no interpreter of 'fi'.\n")) == (
        2,
        True,
    )


def test_nothing_but_our_own_lines_reaches_standard_output(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine writes below Python, so its line is written below Python here too."""
    file = _write(tmp_path, "event.json", EVENT)
    answer = commands.answer_problem

    def talkative(*given: Any, **more: Any) -> Any:
        os.write(1, b"HighsMipSolverData: tmpSolver.run();\n")
        return answer(*given, **more)

    monkeypatch.setattr(commands, "answer_problem", talkative)
    _solve(file)

    assert capfd.readouterr() == ("", "HighsMipSolverData: tmpSolver.run();\n")
