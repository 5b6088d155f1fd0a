"""No action is recorded that the log could not say in words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from matchmaker.audit.words import ACTION_WORDS
from matchmaker.registration.models import STATUSES

PACKAGE = Path(__file__).parents[2] / "matchmaker"


def recorded_in(source: str) -> set[str]:
    """The actions given to `record`, or to a function `_record` of the same file."""
    tree = ast.parse(source)
    assigned = dict(_assigned(tree))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    given = (
        argument
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in ("record", "_record")
        for argument in call.args[:3]
    )
    return {text for argument in given for text in _texts(argument, assigned) if text}


def _assigned(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _texts(node: ast.expr, assigned: dict[str, ast.expr]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, assigned)
        yield from _texts(node.orelse, assigned)
    elif isinstance(node, ast.JoinedStr):
        assert "participant" in ast.unparse(node), "only states of a registration are put in"
        yield from (f"participant {status}" for status in STATUSES)
    elif isinstance(node, ast.Name) and node.id in assigned:
        yield from _texts(assigned[node.id], {})


@pytest.mark.parametrize(
    "line",
    [
        'record("moon painted", event_id=1)',
        '_record(event, "moon painted")',
        'WHAT = "moon painted"\nrecord(WHAT)',
        'record("moon painted" if lit else "run noted")',
    ],
)
def test_an_action_without_words_is_found(line: str) -> None:
    assert recorded_in(line) - set(ACTION_WORDS) == {"moon painted"}


def test_every_recorded_action_has_words() -> None:
    texts = {path: path.read_text() for path in PACKAGE.rglob("*.py")}
    sources = {path: recorded_in(text) for path, text in texts.items() if "record(" in text}

    assert len(set().union(*sources.values())) > 40
    wordless = {
        path.name: actions - set(ACTION_WORDS)
        for path, actions in sources.items()
        if actions - set(ACTION_WORDS)
    }
    assert wordless == {}
