"""A table of people as a spreadsheet program saved it, read as rows of text. Pure."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any, NamedTuple

from flask_babel import gettext as _

from matchmaker.errors import Invalid
from matchmaker.exchange.formulas import unguarded
from matchmaker.fields import paragraphs
from matchmaker.roster.columns import LOOKED_THROUGH, row_of_headings

MOST_ROWS = 10_000
MOST_COLUMNS = 80
LONGEST_CELL = 32_767
LARGEST_UNPACKED = 120 * 1024 * 1024
MOST_MEMBERS = 500
DELIMITERS = ";,\t|"
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

Rows = list[list[str]]


class Table(NamedTuple):
    """Empty ends are cut off. `title` is the sheet's where the file has several, `hidden` the
    numbers of rows that hold something and are not seen, because of a filter for instance."""

    rows: Rows
    title: str = ""
    hidden: Sequence[int] = ()


def read_sheet(data: bytes) -> Table:
    """What a CSV or XLSX file holds, whatever its name; of several sheets the one with people.

    Raises:
        Invalid: it is neither, too large, or empty.
    """
    table = _xlsx(data) if data.startswith(b"PK") else Table(_tidy(_csv(data)))
    if not any(any(row) for row in table.rows):
        raise Invalid(_("There is nothing in this file. Choose the one with the people."))
    return table


def _tidy(rows: Iterable[Iterable[str]]) -> Rows:
    """Cleaned cells, all rows of one width, without the empty rows at the end."""
    read = [[_clean(cell) for cell in islice(row, MOST_COLUMNS)] for row in _limited(rows)]
    while read and not any(read[-1]):
        read.pop()
    width = max((_width(row) for row in read), default=0)
    return [(row + [""] * width)[:width] for row in read]


def _limited(rows: Iterable[Iterable[str]]) -> Iterator[Iterable[str]]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise Invalid(
                _(
                    "This file has more than %(most)d rows. Split it, and bring the parts in one"
                    " after the other.",
                    most=MOST_ROWS,
                )
            )
        yield row


def _clean(cell: str) -> str:
    return unguarded(paragraphs(cell.replace("\u00a0", " "))[:LONGEST_CELL])


def _width(row: list[str]) -> int:
    return max((at for at, cell in enumerate(row, start=1) if cell), default=0)


def _csv(data: bytes) -> Iterable[list[str]]:
    text = _decoded(data)
    if "\0" in text:
        raise _unreadable()
    head = "\n".join(text.splitlines()[:30])
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(head)))
    except csv.Error:
        raise _unreadable() from None


def _decoded(data: bytes) -> str:
    """UTF-8 where it can be; else what spreadsheet programs in western Europe write."""
    if wide := _WIDE.get(data[:2]):
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(head: str) -> str:
    """The sign that parts most cells, the same number of them in most rows."""

    def steadiness(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=sign)]
        usual = max(
            set(widths), default=0, key=lambda width: (widths.count(width) * (width > 1), width)
        )
        return (widths.count(usual) if usual > 1 else 0, usual)

    return max(DELIMITERS, key=steadiness)


def _xlsx(data: bytes) -> Table:
    import openpyxl  # noqa: PLC0415 - slow to load
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - slow to load

    _check_size(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = max(book.worksheets, key=_tells_of_people, default=None)
        if sheet is None:
            return Table([])
        title = sheet.title if len(book.worksheets) > 1 else ""
        rows = _tidy(_rows(sheet, MOST_ROWS + 2))
        held = {number for number, row in enumerate(rows, start=1) if any(row)}
        return Table(rows, title, [number for number in _hidden_rows(sheet) if number in held])
    except Invalid:
        raise
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError):
        raise _unreadable() from None


def _tells_of_people(sheet: Any) -> tuple[int, bool]:
    """How many headings of people stand in its best row, and whether there is anything at all."""
    sheet.reset_dimensions()
    rows = list(_rows(sheet, LOOKED_THROUGH))
    return row_of_headings(rows, {})[1], any(any(row) for row in rows)


def _rows(sheet: Any, most: int) -> Iterator[list[str]]:
    for row in sheet.iter_rows(values_only=True, max_row=most, max_col=MOST_COLUMNS):
        yield [_text(value) for value in row]


def _hidden_rows(sheet: Any) -> list[int]:
    """A book that is only read says nothing of rows, so what it reads is looked through again."""
    from openpyxl.xml.functions import iterparse  # noqa: PLC0415 - slow to load

    hidden = []
    with sheet._get_source() as source:
        for _event, element in iterparse(source):
            if element.tag.endswith("}row"):
                if element.get("hidden") in ("1", "true") and element.get("r", "").isdecimal():
                    hidden.append(int(element.get("r")))
                element.clear()
    return hidden


def _check_size(data: bytes) -> None:
    """A small file may unpack to an endless one."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        raise _unreadable() from None
    size = sum(member.file_size for member in members)
    if size > LARGEST_UNPACKED or len(members) > MOST_MEMBERS:
        raise Invalid(_("This file is too large inside. Save only the table of people, as CSV."))


def _text(value: Any) -> str:
    """A cell as its reader sees it: whole numbers without a point, dates as 2027-04-28."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _unreadable() -> Invalid:
    return Invalid(
        _(
            "This file cannot be read as a table. Save it in your spreadsheet program as XLSX or"
            " as CSV, and choose that."
        )
    )
