"""Long lists in pages: a number beyond the last page gives the last."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")


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
