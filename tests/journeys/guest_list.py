"""A guest list as an organiser has it: an XLSX with a title, odd headings and slips of the hand."""

import io
import itertools
from collections.abc import Iterable, Mapping

from openpyxl import Workbook

HEADINGS = (
    *("Etunimi", "Surname", "E-mail *", "Company / Organisation", "Organisation type", "Role"),
    *("Country", "Languages", "Mobile", "Website", "Max. meetings", "We offer", "Looking for"),
    "Diet",
)
FIRST = (
    *("Aino", "Björn", "Claire", "Dorota", "Eino", "Fatima", "Göran", "Hilkka", "Ines", "Jussi"),
    *("Kerttu", "Lars", "Marek", "Niilo", "Oona"),
)
LAST = (
    *("Åkesson", "Björklund", "Çelik", "Dąbrowski", "Eskelinen", "Fernández", "Guðmundsson"),
    *("Hämäläinen", "Iversen", "Jønsson"),
)
ROLES = ("Cluster", "policymaker", "SME", "Research")
KINDS = ("cluster", "municipality", "pk-yritys", "university")
COUNTRIES = ("Finland", "Sverige", "NO", "Puola", "Iceland")
WORDS = ("tailings treatment", "drone surveys", "battery recycling", "mine water", "ore sorting")
ABOVE = (("Clusters meet Regions: guest list, last changed by Hilkka",), ())

# What stands wrongly in a row of the sheet, and in which column.
SLIPS = {
    5: ("E-mail *", "aino.akesson@guests.example"),
    11: ("E-mail *", None),
    19: ("Company / Organisation", None),
    27: ("Country", "Laponia"),
    40: ("Languages", "Klingon"),
    52: ("Role", "Ministry"),
    66: ("Mobile", "ask Hilkka"),
    78: ("Website", "see LinkedIn"),
    91: ("Max. meetings", "eight"),
    104: ("Organisation type", "guild"),
    120: ("We offer", "Everything for a mine " * 20),
    140: ("E-mail *", "bjorn(at)arctic.example"),
}


def rows() -> list[list[object]]:
    """150 people, each as the headings ask."""
    names = itertools.product(FIRST, LAST)
    return [_row(number, first, last) for number, (first, last) in enumerate(names)]


def address(first: str, last: str) -> str:
    folded = str.maketrans("åöçąąäáðñøéÅÇ", "aocaaaadnoeAC")
    return f"{first}.{last}@guests.example".lower().translate(folded)


def _row(number: int, first: str, last: str) -> list[object]:
    place = number % 4
    return [
        *(first, last, address(first, last), f"Company {number // 2} Oy", KINDS[place]),
        *(ROLES[place], COUNTRIES[number % 5], "English, suomi", f"+358 40 {1234000 + number}"),
        *(f"www.company{number // 2}.example", 6 if number % 3 else None),
        f"{WORDS[number % 5].capitalize()}\nPilot plant {number}",
        *(f"Partner for {WORDS[(number + 2) % 5]}", "vegan" if number % 9 == 0 else None),
    ]


def as_xlsx(people: Iterable[list[object]], slips: Mapping[int, tuple[str, str | None]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (*ABOVE, HEADINGS, *people):
        sheet.append(list(row))
    for number, (heading, cell) in slips.items():
        sheet.cell(number, HEADINGS.index(heading) + 1).value = cell
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
