"""The tables of a TOML file, and what is wrong with a value."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask_babel import gettext as _

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
            otherwise = _("delete it; known are %(known)s", known=", ".join(known))
            wrong = _("there is no key %(key)s here", key=shown(key))
            self.problems.add(self.place(key), wrong, advice(key, known, otherwise))

    def needed(self, key: str, shape: Shape[T], otherwise: T) -> T:
        """The key's value; a problem and `otherwise` where it is missing or wrong."""
        if key not in self.values:
            wrong = _("the key %(key)s is missing", key=key)
            self.problems.add(self.place(), wrong, _("add a line %(key)s = …", key=key))
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
            wrong = _("%(key)s is not a table", key=key)
            right = _("begin it with a line [%(key)s]", key=key)
            self.problems.add(self.place(key), wrong, right)
            value = {}
        return TomlTable(value, self.source, self.problems, (*self.path, key))

    def tables(self, key: str) -> list["TomlTable"]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            wrong = _("%(key)s is not a list of tables", key=key)
            right = _("begin each with a line [[%(key)s]]", key=key)
            self.problems.add(self.place(key), wrong, right)
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
            wrong = _("%(value)s is not text", value=shown(value))
            raise NotRight(wrong, _('put it in quotes: "%(value)s"', value=value))
        return shape(value)

    return of_text


def number(least: int, most: int) -> Shape[int]:
    def of_number(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            right = _(
                "write a whole number from %(least)d to %(most)d, without quotes",
                least=least,
                most=most,
            )
            raise NotRight(_("%(value)s is not such a number", value=shown(value)), right)
        return value

    return of_number


def _syntax(file: str, text: str, message: str) -> tuple[Place, str, str]:
    found = _SYNTAX.fullmatch(message)
    line, column = (found["line"], found["column"]) if found else (None, None)
    last = Place(file, text.rstrip().count("\n") + 1)
    place = Place(file, int(line), int(column)) if line and column else last
    wrong = found["wrong"] if found else message
    right = _('write name = "value", and begin a table with [name] or [[name]]')
    return place, _("this is no TOML (%(reason)s)", reason=wrong), right
