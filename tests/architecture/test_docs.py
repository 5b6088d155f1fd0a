"""What the documents name exists: settings, commands, files, words of the glossary."""

import re
from importlib import import_module
from pathlib import Path

import click
import pytest

from matchmaker import configuration
from matchmaker.cli import main

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


def settings_read() -> set[str]:
    source = Path(configuration.__file__).read_text()
    return set(re.findall(r'"(MATCHMAKER_[A-Z_]+|DATABASE_URL)"', source))


def test_every_setting_has_its_row_and_every_row_its_setting() -> None:
    rows = re.findall(
        r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "operating.md").read_text(), re.MULTILINE
    )

    assert set(rows) == settings_read()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_named_exists(document: Path) -> None:
    command_line = r"matchmaker ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?[^`\n]*`"

    for command, subcommand in re.findall(command_line, document.read_text()):
        found = main.get_command(click.Context(main), command)
        assert found is not None, f"{document.name} names matchmaker {command}"
        if isinstance(found, click.Group):
            assert subcommand in found.commands


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())

    missing = [target for target in targets if not (document.parent / target).exists()]

    assert missing == []


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    table = (ROOT / "docs" / "glossary.md").read_text()
    names = re.findall(r"`([a-z_]+\.[a-z_]+)\.([A-Za-z_]+)(?:\.(\w+))?`", table)

    assert len(names) >= 15
    for module, name, attribute in names:
        found = getattr(import_module(f"matchmaker.{module}"), name)
        assert not attribute or attribute in (*vars(found), *found.__annotations__)


def test_every_test_named_exists() -> None:
    known = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(), re.MULTILINE)
    }
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "promises.md").read_text()))

    assert len(named) > 50
    assert named - known == set()
