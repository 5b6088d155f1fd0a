"""Files as spreadsheet programs save them are read alike; what is no table is refused."""

import io
import zipfile

import openpyxl
import pytest

from matchmaker.errors import Invalid
from matchmaker.roster.columns import find_heading, guess_columns, letter
from matchmaker.roster.sheets import read_sheet
from tests.roster.files import A_DATE, HEADINGS, TITLE, csv, good_row, xlsx

PEOPLE = [["Name", "E-mail"], ["Äinö", "a@a.example"]]


@pytest.mark.parametrize(
    "data",
    [
        csv(*PEOPLE),
        csv(*PEOPLE, sign=",", encoding="utf-8"),
        csv(*PEOPLE, sign="\t", encoding="utf-16"),
        csv(*PEOPLE, encoding="cp1252"),
        csv(
            ["Name  ", "E-mail", "", ""], ["Äinö\u00a0", " a@a.example ", "", ""], ["", "", "", ""]
        ),
        xlsx(*PEOPLE, [None, None]),
    ],
    ids=["bom ;", "utf-8 ,", "utf-16 tab", "cp1252", "spaces and empty ends", "xlsx"],
)
def test_the_same_table_is_read_however_it_was_saved(data: bytes) -> None:
    assert read_sheet(data).rows == PEOPLE


def test_cells_are_read_as_people_see_them() -> None:
    rows = read_sheet(xlsx(["a", 12.0, 1.5, A_DATE, True, "two\nlines", "'+358 1"])).rows

    assert rows == [["a", "12", "1.5", "2027-04-28", "yes", "two\nlines", "+358 1"]]


def test_of_several_sheets_the_one_with_people_is_read_and_its_hidden_rows_are_told() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Guests")
    book["Sheet"].append(["Please fill in the other sheet"])
    for row in (["Contact", None], *PEOPLE, ["Bo\u200b", "\u202ab@b.example\u202c"]):
        book["Guests"].append(row)
    book["Guests"].append([None])
    for row in (3, 5, 900):
        book["Guests"].row_dimensions[row].hidden = True
    file = io.BytesIO()
    book.save(file)

    rows = [["Contact", ""], *PEOPLE, ["Bo", "b@b.example"]]
    assert read_sheet(file.getvalue()) == (rows, "Guests", [3])


def test_a_text_with_line_breaks_and_separators_stays_one_cell() -> None:
    rows = read_sheet(b'Name;Offers\r\nAino;"Drying; of\r\ntailings"\r\n').rows

    assert rows == [["Name", "Offers"], ["Aino", "Drying; of\ntailings"]]


def test_headings_are_found_below_a_title_in_three_languages() -> None:
    rows = read_sheet(xlsx(TITLE, [None], HEADINGS, good_row(1))).rows
    heading = find_heading(rows, {})

    assert heading == 3
    assert guess_columns(rows[heading - 1], {}) == [
        *("first_name", "last_name", "email", "organisation", "country", "languages", "type"),
        "phone",
    ]
    assert guess_columns(["Namn", "E-post", "Företag", "Land"], {}) == [
        *("name", "email", "organisation", "country"),
    ]


def test_what_a_heading_held_last_time_it_holds_again() -> None:
    assert guess_columns(["Kuka (nimi)", "E-mail"], {"kuka": "name"}) == ["name", "email"]


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(130 * 1024 * 1024))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "There is nothing in this file."),
        (b";;\r\n;;", "There is nothing in this file."),
        (b"PK not a zip", "This file cannot be read as a table."),
        (b"\x89PNG\0\0\0", "This file cannot be read as a table."),
        (csv(*[["a"]] * 10_002), "This file has more than 10000 rows."),
    ],
    ids=["empty", "only separators", "broken xlsx", "picture", "too long"],
)
def test_what_is_no_table_of_people_is_refused_with_a_remedy(data: bytes, told: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_sheet(data)

    assert refused.value.sentence.startswith(told)


def test_a_file_that_unpacks_to_an_endless_one_is_refused_unread() -> None:
    with pytest.raises(Invalid) as refused:
        read_sheet(bomb())

    assert refused.value.sentence.startswith("This file is too large inside.")
