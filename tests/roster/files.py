"""Tables of people as spreadsheet programs and people make them."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl

TITLE = ("Registrations for Kittilä 2027", None, None, None, None)
HEADINGS = (
    "Etunimi",
    "Sukunimi",
    "Sähköposti *",
    "Organisaatio",
    "Maa",
    "Kielet",
    "Tyyppi",
    "Puh.",
)


def xlsx(*rows: Sequence[Any]) -> bytes:
    """A workbook whose first row is a merged title over the table."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if rows[0] == TITLE:
        sheet.merge_cells("A1:E1")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv(*rows: Sequence[str], sign: str = ";", encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(sign.join(row) for row in rows).encode(encoding)


def good_row(number: int, **other: Any) -> list[Any]:
    """A row as it may stand under HEADINGS; `other` changes cells by heading."""
    cells = {
        "Etunimi": "Aino",
        "Sukunimi": f"Niskala {number}",
        "Sähköposti *": f"aino{number}@kierto.example",
        "Organisaatio": f"Pohjolan Kierto {number} Oy",
        "Maa": "Suomi",
        "Kielet": "suomi, englanti",
        "Tyyppi": "sme",
        "Puh.": "+358 40 123 4567",
    }
    return [(cells | other)[heading] for heading in HEADINGS]


A_DATE = date(2027, 4, 28)
