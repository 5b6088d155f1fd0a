"""No text of any file of a folder brings in what a database or a mail's header cannot hold."""

import copy
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from matchmaker.exchange.problems import FolderErrors, Problems
from matchmaker.exchange.profiles_file import read_profiles
from matchmaker.exchange.questions_file import read_questions
from matchmaker.exchange.requests_file import read_requests
from matchmaker.exchange.settings_file import read_settings
from matchmaker.matching.snapshot import Snapshot
from tests.exchange.conftest import Folder
from tests.exchange.test_profiles import CONSENT, PROFILE
from tests.exchange.test_questions import ANSWER, QUESTION
from tests.exchange.test_requests_file import MEETING, REQUEST
from tests.exchange.test_settings_file import SETTINGS

WORDS = {"name": "Malmit", "description": "Yksi\nkaksi", "practical": "Saappaat"}
FILES: dict[str, Any] = {
    "settings.json": SETTINGS
    | {"tagline": "Ore", "languages": ["en", "fi"], "texts": {"fi": WORDS}},
    "profiles.json": [
        PROFILE
        | {"job_title": "Engineer", "phone": "1", "about_texts": {"fi": "Malmi"}}
        | {"audiences": {"phone": "met"}, "consents": [CONSENT]}
    ],
    "questions.json": [
        QUESTION | {"answers": [ANSWER], "types": ["SME"]},
        QUESTION | {"id": "diet", "kind": "text", "answers": [ANSWER | {"value": "None"}]},
    ],
    "requests.json": {
        "requests": [
            REQUEST
            | {"note": "Hello\nthere", "slot": REQUEST["times"][0], "about": ["p1", 0]}
            | {"steps": [{"at": REQUEST["created_at"], "deed": "asked", "side": "asker"}]}
        ],
        "meetings": [MEETING | {"reasons": "[]"}],
    },
}
CONTROLS, LONG = "a\x00b\x1b\x85c\u2028d", "x" * 150_000
ODD = [CONTROLS, LONG, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
# As a value is shown: control characters, and the two years.
NEVER = re.compile(r"\\x[01189]")
ODD_YEAR = re.compile(r"date(time)?\((1|9999), ")
READERS: dict[str, Callable[[str, Snapshot, Problems], object]] = {
    "settings.json": lambda text, _event, problems: read_settings(text, problems),
    "profiles.json": lambda text, event, problems: read_profiles(text, ids(event), problems),
    "questions.json": lambda text, event, problems: read_questions(text, ids(event), problems),
    "requests.json": read_requests,
}


def ids(event: Snapshot) -> list[str]:
    return [person.id for person in event.people]


def spoilt(said: Any, odd: str) -> Iterator[Any]:
    """The same with one text after the other replaced."""
    for *above, last in places(said):
        changed = copy.deepcopy(said)
        holder = changed
        for key in above:
            holder = holder[key]
        holder[last] = odd
        yield changed


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each text in it."""
    if isinstance(value, str):
        yield above
    entries = enumerate(value) if isinstance(value, list) else ()
    for key, each in value.items() if isinstance(value, dict) else entries:
        yield from places(each, (*above, key))


def check(read: object) -> None:
    inside = repr(read)
    assert len(inside) < 15_000
    assert not NEVER.search(inside)
    assert not ODD_YEAR.search(inside)


def check_folder(folder: Folder) -> None:
    """Either it is refused, or nothing odd is in what was read."""
    if not folder.problems_if_any():
        check(folder.read())


def readable(file: str, said: Any, event: Snapshot) -> object:
    """What the file says, nothing where it is refused."""
    problems = Problems()
    read = READERS[file](json.dumps(said), event, problems)
    try:
        problems.raise_if_any()
    except FolderErrors:
        return None
    return read


@pytest.mark.parametrize("file", FILES)
def test_each_text_of_a_json_file_is_cleaned_or_refused(folder: Folder, file: str) -> None:
    event = folder.read()
    assert readable(file, FILES[file], event)
    for odd in ODD:
        for said in spoilt(FILES[file], odd):
            check(readable(file, said, event))


@pytest.mark.parametrize("file", ["participants.csv", "items.csv", "wishes.csv"])
def test_each_cell_of_a_table_is_cleaned_or_refused(folder: Folder, file: str) -> None:
    header, first, *rest = csv.reader(io.StringIO(folder.text(file)))
    for column in range(len(header)):
        for odd in ("a\x1bb\x85c", "x" * 20_000):
            cells = [odd if number == column else cell for number, cell in enumerate(first)]
            out = io.StringIO()
            csv.writer(out).writerows([header, cells, *rest])
            folder.write(file, out.getvalue())
            check_folder(folder)


def test_each_text_of_the_event_is_cleaned_or_refused(folder: Folder) -> None:
    text = folder.text("event.toml")
    for found in re.finditer('"[^"]*"', text):
        odd = r"a\u0000b\u001bc" + "x" * 1000
        folder.write("event.toml", f'{text[: found.start()]}"{odd}"{text[found.end() :]}')
        check_folder(folder)


def test_half_a_sign_is_refused(folder: Folder) -> None:
    folder.write("settings.json", json.dumps(SETTINGS | {"tagline": "half \ud800 a sign"}))

    assert "surrogate" in folder.only_problem()
