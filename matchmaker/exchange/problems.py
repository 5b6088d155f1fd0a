"""What is wrong with a folder: where it stands, what it is, and what would be right."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from flask_babel import gettext as _

from matchmaker.errors import Invalid

FILES = (
    *("event.toml", "participants.csv", "items.csv", "wishes.csv"),
    *("settings.json", "questions.json", "profiles.json", "organisations.json", "requests.json"),
)
SHOWN = 60


class Place(NamedTuple):
    """Lines and columns count from 1; in a table the column is the cell's, as in a spreadsheet."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    file: str
    line: int
    column: int
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.wrong}; {self.right}"


class FolderErrors(Invalid):
    """Everything that is wrong with a folder, in the order a reader would meet it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_order))
        super().__init__("\n".join(map(str, self.problems)))


class NotRight(Exception):
    """One value is wrong; whoever knows where it stands turns this into a `Problem`."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.right = right


class Problems:
    """Collects, so that one reading finds everything."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, place: Place, wrong: str, right: str) -> None:
        self._found.append(Problem(*place, wrong, right))

    @contextmanager
    def at(self, place: Place) -> Iterator[None]:
        try:
            yield
        except NotRight as error:
            self.add(place, error.wrong, error.right)

    def raise_if_any(self) -> None:
        if self._found:
            raise FolderErrors(self._found)


def shown(value: object) -> str:
    """A value in quotation marks, on one line and not endless."""
    text = "".join(c if c.isprintable() else "·" for c in str(value))
    return f'"{text}"' if len(text) <= SHOWN else f'"{text[:SHOWN]}…"'


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known word most like the text, where one is like it."""
    folded = {word.casefold(): word for word in known}
    close = get_close_matches(text.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def advice(text: str, known: Iterable[str], otherwise: str) -> str:
    """What to write instead: the nearest known word where one is near."""
    return advice_by_name(text, {word: word for word in known}, otherwise)


def advice_by_name(text: str, codes: Mapping[str, str], otherwise: str) -> str:
    """The same where people write a name and should write its code."""
    near = nearest(text, codes)
    return _("did you mean %(word)s?", word=shown(codes[near])) if near else otherwise


def _order(problem: Problem) -> tuple[int, str, int, int]:
    known = FILES.index(problem.file) if problem.file in FILES else len(FILES)
    return known, problem.file, problem.line, problem.column
