"""The JSON files of a folder as plain values, their texts cleaned as those of forms and tables."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec
from flask_babel import gettext as _

from matchmaker.exchange.problems import Place, Problems
from matchmaker.fields import YEARS, paragraphs, unbroken

T = TypeVar("T")

# Texts with line breaks, also where they stand below such a key; all others are on one line.
OF_LINES = (
    *("description", "description_texts", "practical", "about", "about_texts"),
    *("note", "value", "reasons"),
)


def read_json(file: str, text: str, shape: type[T], problems: Problems) -> T | None:
    """What the file holds; nothing where it is not of this shape, or in years that cannot be."""
    try:
        read = msgspec.convert(_cleaned(msgspec.json.decode(text)), shape)
    except (msgspec.DecodeError, RecursionError) as error:
        wrong = _("this cannot be read (%(why)s)", why=error)
        problems.add(Place(file), wrong, _("compare with the file that an export holds"))
        return None
    odd = sorted({day.year for day in _days(read) if day.year not in YEARS})
    for year in odd:
        right = _("give a year from %(first)d to %(last)d", first=YEARS[0], last=YEARS[-1])
        problems.add(Place(file), _("the year %(year)d cannot be right", year=year), right)
    return None if odd else read


def write_json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _cleaned(value: Any, *, of_lines: bool = False) -> Any:
    """Spaces inside stay: names are looked up in another file, which keeps them too."""
    if isinstance(value, str):
        return paragraphs(value) if of_lines else unbroken(value)
    if isinstance(value, list):
        return [_cleaned(each, of_lines=of_lines) for each in value]
    if isinstance(value, dict):
        return {
            unbroken(key): _cleaned(each, of_lines=of_lines or key in OF_LINES)
            for key, each in value.items()
        }
    return value


def _days(read: object) -> Iterator[date]:
    """Every day and moment in it."""
    pending: list[Any] = [msgspec.to_builtins(read, builtin_types=(date, datetime))]
    while pending:
        value = pending.pop()
        if isinstance(value, date):
            yield value
        elif isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, list | tuple):
            pending += value
