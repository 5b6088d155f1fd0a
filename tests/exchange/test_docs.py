"""docs/files.md is true: its example is an event, and it names all there is."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from matchmaker.events.weights import Weights
from matchmaker.exchange import items_file, participants_file, wishes_file
from matchmaker.exchange.agenda_files import SCHEDULE, TABLES, UNPLACED
from matchmaker.exchange.commands import agenda
from matchmaker.exchange.reading import read_folder
from matchmaker.matching.outcome import Report
from matchmaker.matching.snapshot import CONSENTS, LEVELS, POINT_KINDS

DOCS = Path(__file__).parents[2] / "docs" / "files.md"
EXAMPLE = re.compile(r"^`([\w.]+)`[^\n]*\n\n```\w+\n(.*?)```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def text():
    return DOCS.read_text()


def test_the_example_is_an_event(text, tmp_path):
    for name, content in EXAMPLE.findall(text):
        (tmp_path / name).write_text(content)

    event = read_folder(tmp_path)

    assert [person.name for person in event.people] == ["Aino Niskala", "Öhman, Åsa"]
    assert [(wish.person, wish.level) for wish in event.wishes] == [("p1", "must"), ("p2", "want")]
    assert [item.title for item in event.people[0].items] == ["Dry tailings treatment"]


def test_every_column_word_and_figure_is_named(text):
    layouts = (participants_file.LAYOUT, items_file.LAYOUT, wishes_file.LAYOUT)

    for layout in layouts:
        assert ",".join(layout.columns) in text
    for columns in (SCHEDULE, UNPLACED):
        assert f"`{','.join(columns)}`" in text
    names = [field.name for record in (Report, Weights) for field in fields(record)]
    for word in (*names, *CONSENTS, *LEVELS, *POINT_KINDS, *TABLES):
        assert f"`{word}`" in text


def test_the_command_is_shown_with_all_its_options(text):
    usage = next(line for line in text.splitlines() if "matchmaker agenda" in line)

    for parameter in agenda.params:
        assert parameter.opts[0].removeprefix("event_").casefold() in usage.casefold()
