"""Long lists, in pages or as far as one page holds; a page beyond the last gives the last."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")
MOST_NAMED = 1000  # in a list that has no pages
_FIRST = 8


class Page(NamedTuple, Generic[Row]):
    """The rows shown, the number of their page, and how many pages there are."""

    rows: Sequence[Row]
    number: int
    pages: int


def page_of(rows: Sequence[Row], number: int, size: int) -> Page[Row]:
    number, pages = place_of(len(rows), number, size)
    return Page(rows[(number - 1) * size : number * size], number, pages)


def place_of(count: int, number: int, size: int) -> tuple[int, int]:
    """The number of the page shown of so many rows, and how many pages there are."""
    pages = max(1, -(-count // size))
    return min(max(1, number), pages), pages


class Shortened(NamedTuple, Generic[Row]):
    """The first rows, the rest to be opened, and how many are beyond what one page holds."""

    first: Sequence[Row]
    rest: Sequence[Row]
    beyond: int


def shorten(rows: Sequence[Row], count: int) -> Shortened[Row]:
    """Rows of a list of so many, of which no more than `MOST_NAMED` are looked at."""
    beyond = max(0, count - MOST_NAMED) if len(rows) >= MOST_NAMED else 0
    return Shortened(rows[:_FIRST], rows[_FIRST:MOST_NAMED], beyond)
