"""Where each key of a TOML file is written: the parser of the standard library keeps no positions.

The file has been parsed as a whole before, so here it is only cut into its statements (a header,
or a key with its value); each is then parsed alone to learn which keys it holds.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from matchmaker.exchange.problems import Place

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:\\.|[^"\\\n])*"|'
    r"'[^'\n]*'|#[^\n]*|[\[\]{}\n]",
    re.DOTALL,
)
_DEPTH = {"[": 1, "{": 1, "]": -1, "}": -1}


class Source:
    """The text of a TOML file without faults, and the place of each of its keys."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text.replace("\r\n", "\n")

    def place(self, path: Path) -> Place:
        """Where the statement begins that writes the path, or the part of it that is written."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, Place(self.file))

    @cached_property
    def _places(self) -> dict[Path, Place]:
        places: dict[Path, Place] = {}
        sizes: dict[Path, int] = {}
        table: Path = ()
        for line, statement in _statements(self.text):
            values, indent = tomllib.loads(statement), len(statement) - len(statement.lstrip())
            if statement.lstrip().startswith("["):
                paths = list(_opened(values, sizes))
                table = paths[-1]
            else:
                paths = [(*table, *path) for path in _paths(values)]
            for path in paths:
                places.setdefault(path, Place(self.file, line, indent + 1))
        return places


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each with the line it starts in; the lines of a list or a long text belong together."""
    start, line, following, depth = 0, 1, 1, 0
    for token in _TOKEN.finditer(text + "\n"):
        depth += _DEPTH.get(token[0], 0)
        following += token[0].count("\n")
        if token[0] == "\n" and depth == 0:
            yield line, text[start : token.start()]
            start, line = token.end(), following


def _opened(values: dict[str, Any], sizes: dict[Path, int]) -> Iterator[Path]:
    """The tables on the way to the one that a header opens; a list goes on with its last entry."""
    path: Path = ()
    inner: Any = values
    while inner:
        ((key, inner),) = inner.items()
        path = (*path, key)
        yield path
        if isinstance(inner, list):
            sizes[path] = sizes.get(path, 0) + 1
            inner = inner[0]
        if path in sizes:
            path = (*path, sizes[path] - 1)
            yield path


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path to each key and entry in a value, the outer ones first."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in entries:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from _paths(inner, (*path, key))
