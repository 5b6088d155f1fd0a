"""No sentence reaches a reader unmarked: not by a component, a mail, a message or a refusal."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
MAILS = [path for path in TEMPLATES if path.suffix == ".txt"]
MARKS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
WORD = re.compile(r"[^\W\d_]{2,}")
LABEL = re.compile(r"[A-Z][a-z]+( |[.:?!]?$)")
NO_LABEL = re.compile(r"\w+Field$")
SPEAKING = {"flash", "Invalid", "NotAllowed", "Gone", "Conflict", "NotFound", "ValidationError"}

ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701


def words_of(node: nodes.Node) -> Iterator[str]:
    """Strings in expressions that read like a label or a sentence and are not marked."""
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") in MARKS:
        return
    if isinstance(node, nodes.Const) and is_label(node.value):
        yield node.value
    for child in node.iter_child_nodes():
        yield from words_of(child)


def is_label(value: object) -> bool:
    return isinstance(value, str) and bool(LABEL.match(value)) and not NO_LABEL.match(value)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_template_gives_a_component_unmarked_words() -> None:
    found = {
        relative(path): list(words_of(ENVIRONMENT.parse(path.read_text()))) for path in TEMPLATES
    }

    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_a_mail_holds_no_unmarked_words(path: Path) -> None:
    plain = [text for _line, kind, text in ENVIRONMENT.lex(path.read_text()) if kind == "data"]

    assert [text for text in plain if WORD.search(text)] == []


def test_messages_and_refusals_are_marked() -> None:
    """The commands of the console are for whoever runs the site, in English."""
    sources = [path for path in (ROOT / "matchmaker").rglob("*.py") if "commands" not in path.name]

    found = [
        f"{relative(path)}:{call.lineno}"
        for path in sources
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in SPEAKING
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]

    assert found == []


def test_unmarked_words_are_found() -> None:
    template = ENVIRONMENT.parse('{{ button("Save it", tone="quiet") }}{{ button(_("Back")) }}')

    assert list(words_of(template)) == ["Save it"]
