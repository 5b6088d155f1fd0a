"""The tables of a TOML file, and what is wrong with a value."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from matchmaker.exchange.problems import NotRight, Place, Problems, advice, shown
from matchmaker.exchange.toml_places import Path, Source

T = TypeVar("T")
Shape = Callable[[Any], T]

_SYNTAX = re.compile(r"(?P<wrong>.*) \(at (line (?P<line>\d+), column (?P<column>\d+)|.*)\)")


@dataclass(frozen=True, slots=True)
class TomlTable:
    """One table, and where it stands."""

    values: dict[str, Any]
    source: Source
    problems: Problems
    path: Path = ()

    def place(self, *path: str | int) -> Place:
        return self.source.place((*self.path, *path))

    def check_keys(self, *known: str) -> None:
        for key in (key for key in self.values if key not in known):
            right = advice(key, known, f"delete it; known are {', '.join(known)}")
            self.problems.add(self.place(key), f"there is no key {shown(key)} here", right)

    def needed(self, key: str, shape: Shape[T], otherwise: T) -> T:
        """The key's value; a problem and `otherwise` where it is missing or wrong."""
        if key not in self.values:
            right = f"add a line {key} = …"
            self.problems.add(self.place(), f"the key {key} is missing", right)
        return self.if_given(key, shape, otherwise)

    def optional(self, key: str, shape: Shape[T], otherwise: T) -> T:
        """The same, but missing or empty is not wrong."""
        return otherwise if self.values.get(key) == "" else self.if_given(key, shape, otherwise)

    def if_given(self, key: str, shape: Shape[T], otherwise: T) -> T:
        """The same, but missing is not wrong."""
        try:
            return shape(self.values[key]) if key in self.values else otherwise
        except NotRight as error:
            self.refuse(key, error)
            return otherwise

    def refuse(self, key: str, error: NotRight) -> None:
        self.problems.add(self.place(key), error.wrong, error.right)

    def table(self, key: str) -> "TomlTable":
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            wrong = f"{key} is not a table"
            self.problems.add(self.place(key), wrong, f"begin it with a line [{key}]")
            value = {}
        return TomlTable(value, self.source, self.problems, (*self.path, key))

    def tables(self, key: str) -> list["TomlTable"]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            wrong = f"{key} is not a list of tables"
            self.problems.add(self.place(key), wrong, f"begin each with a line [[{key}]]")
            return []
        return [
            TomlTable(entry, self.source, self.problems, (*self.path, key, n))
            for n, entry in enumerate(value)
        ]


def parse_toml(file: str, text: str, problems: Problems) -> TomlTable | None:
    """`None` and one problem where the file breaks the rules of TOML: reading stops there."""
    try:
        return TomlTable(tomllib.loads(text), Source(file, text), problems)
    except (ValueError, RecursionError) as error:
        problems.add(*_syntax(file, text, str(error)))
        return None


def written(shape: Callable[[str], T]) -> Shape[T]:
    """A shape of text, for a value that has to be text."""

    def of_text(value: object) -> T:
        if not isinstance(value, str):
            raise NotRight(f"{shown(value)} is not text", f'put it in quotes: "{value}"')
        return shape(value)

    return of_text


def number(least: int, most: int) -> Shape[int]:
    def of_number(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            right = f"write a whole number from {least} to {most}, without quotes"
            raise NotRight(f"{shown(value)} is not such a number", right)
        return value

    return of_number


def _syntax(file: str, text: str, message: str) -> tuple[Place, str, str]:
    found = _SYNTAX.fullmatch(message)
    line, column = (found["line"], found["column"]) if found else (None, None)
    last = Place(file, text.rstrip().count("\n") + 1)
    place = Place(file, int(line), int(column)) if line and column else last
    wrong = found["wrong"] if found else message
    right = 'write name = "value", and begin a table with [name] or [[name]]'
    return place, f"this is no TOML ({wrong})", right
