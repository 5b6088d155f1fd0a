"""Tables in CSV: comma or semicolon, quoted cells, and where each row and cell stands."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.exchange.formulas import unguarded
from matchmaker.exchange.problems import Place, Problems, advice, shown

T = TypeVar("T")

DELIMITERS = (",", ";")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file, and those of them that it must have."""

    file: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `whole` says that it has as many cells as the header; only then trust them all."""

    file: str
    line: int
    cells: dict[str, str]
    columns: dict[str, int]
    problems: Problems
    whole: bool = True

    def place(self, column: str) -> Place:
        return Place(self.file, self.line, self.columns.get(column, 1))

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def needed(self, column: str, shape: Callable[[str], T], otherwise: T) -> T:
        """The cell's value; a problem and `otherwise` where it is empty or wrong."""
        if column in self.columns and not self.text(column).strip():
            wrong = _("%(column)s is empty", column=column)
            right = _("give the %(column)s; every row needs one", column=column)
            self.problems.add(self.place(column), wrong, right)
        return self.optional(column, shape, otherwise)

    def optional(self, column: str, shape: Callable[[str], T], otherwise: T) -> T:
        """The cell's value; `otherwise` where it is empty, and with a problem where it is wrong."""
        cell = self.text(column)
        if cell.strip():
            with self.problems.at(self.place(column)):
                return shape(cell)
        return otherwise


@dataclass(slots=True)
class Table:
    """The rows of a file; not `complete` where some of it could not be read at all."""

    columns: dict[str, int]
    rows: list[Row] = field(default_factory=list)
    complete: bool = True


def read_table(layout: Layout, text: str, problems: Problems) -> Table:
    records = _records(text, _delimiter(layout, text))
    line, header = next(records, (1, []))
    if not header:
        empty, broken = _("the file is empty"), _("the first line cannot be read")
        right = _("begin with %(columns)s", columns=",".join(layout.columns))
        problems.add(Place(layout.file, line), broken if header is None else empty, right)
        return Table({}, complete=False)
    columns = _columns(layout, header, line, problems)
    if not columns:
        return Table({}, complete=False)
    return _rows(layout.file, records, columns, len(header), problems)


def _delimiter(layout: Layout, text: str) -> str:
    """Whichever finds more of the columns in the first line."""

    def found(delimiter: str) -> int:
        _, header = next(_records(text, delimiter), (1, []))
        return len({_folded(name) for name in header or ()} & set(layout.columns))

    return max(DELIMITERS, key=found)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each row that is not blank with the line it starts in; `None` for one that cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, None
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _columns(layout: Layout, header: list[str], line: int, problems: Problems) -> dict[str, int]:
    """Where each known column stands, counted from 1; what is wrong with the header goes on record.

    Empty where it names no known column: then it is no header, and one problem says so.
    """
    names = [_folded(name) for name in header]
    known = {name: n for n, name in reversed(list(enumerate(names, 1))) if name in layout.columns}
    if not known:
        wrong = _(
            "the first line names no column of this file: %(line)s", line=shown(",".join(header))
        )
        right = _(
            "begin with %(columns)s, parted by commas or semicolons",
            columns=",".join(layout.columns),
        )
        problems.add(Place(layout.file, line), wrong, right)
        return known
    for number, name in enumerate(names, 1):
        _check_column(layout, Place(layout.file, line, number), name, known, problems)
    for name in layout.needed:
        if name not in known:
            place = Place(layout.file, line, len(names) + 1)
            wrong = _("the column %(name)s is missing", name=name)
            problems.add(place, wrong, _("add a column %(name)s", name=name))
    return known


def _check_column(
    layout: Layout, place: Place, name: str, known: dict[str, int], problems: Problems
) -> None:
    if not name:
        problems.add(place, _("this column has no name"), _("name it, or delete it"))
    elif name not in layout.columns:
        otherwise = _("delete it; known are %(known)s", known=", ".join(layout.columns))
        wrong = _("there is no column %(name)s", name=shown(name))
        problems.add(place, wrong, advice(name, layout.columns, otherwise))
    elif known[name] != place.column:
        wrong = _("the column %(name)s stands here a second time", name=name)
        right = _("keep one of columns %(one)d and %(other)d", one=known[name], other=place.column)
        problems.add(place, wrong, right)


def _folded(name: str) -> str:
    return name.strip().casefold()


def _rows(
    file: str,
    records: Iterator[tuple[int, list[str] | None]],
    columns: dict[str, int],
    width: int,
    problems: Problems,
) -> Table:
    table = Table(columns)
    for line, cells in records:
        if cells is None:
            wrong = _("the quotation marks of the row that starts here do not match")
            right = _('close each quoted cell with " and write a " inside one as ""')
            problems.add(Place(file, line), wrong, right)
            table.complete = False
        else:
            _check_width(Place(file, line), cells, width, problems)
            named = {
                name: unguarded(cells[n - 1]) for name, n in columns.items() if n <= len(cells)
            }
            table.rows.append(Row(file, line, named, columns, problems, len(cells) == width))
    return table


def _check_width(place: Place, cells: Sequence[str], width: int, problems: Problems) -> None:
    if len(cells) == width:
        return
    wrong = ngettext(
        "the row has %(num)d cell, the first line has %(width)d",
        "the row has %(num)d cells, the first line has %(width)d",
        len(cells),
        width=width,
    )
    if len(cells) > width:
        right = _(
            'delete all after cell %(number)d, or put a cell that holds a "," or ";" in quotes',
            number=width,
        )
    else:
        right = _("give an empty cell where there is nothing to say")
    problems.add(place._replace(column=min(len(cells), width) + 1), wrong, right)
