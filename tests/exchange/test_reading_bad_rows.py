"""An error in a row of a CSV file says line and column, what is wrong and what would be right."""

import pytest

from tests.exchange.conftest import ITEMS, PEOPLE, WISHES

ROW_ERRORS = [
    (PEOPLE, "p1,X,x@x.example,SME,Y,,,,,", 'the participant "p1" is in line 2 already', 1),
    (
        PEOPLE,
        "P1,X,x@x.example,SME,Y,,,,,",
        'the participant "P1" is in line 2 already, as "p1"',
        1,
    ),
    (PEOPLE, ",X,x@x.example,SME,Y,,,,,", "id is empty", 1),
    (PEOPLE, "p4,X,x@x.example,,Y,,,,,", "type is empty", 4),
    (PEOPLE, "p4,X,x@x.example,SME, ,,,,,", "organisation is empty", 5),
    (PEOPLE, "p4,X,x@x.example,SME,Y,Finland,,,,", '"Finland" is no country code', 6),
    (PEOPLE, "p4,X,x@x.example,SME,Y,UK,,,,", '"UK" is no country code', 6),
    (PEOPLE, "p4,X,x@x.example,SME,Y,ZZ,,,,", '"ZZ" is no country code', 6),
    (PEOPLE, "p4,X,x@x.example,SME,Y,FI,Lapland,,,", '"Lapland" is no NUTS code', 7),
    (
        PEOPLE,
        "p4,X,x@x.example,SME,Y,FI,SE332,,,",
        'the region "SE332" is not in the country "FI"',
        7,
    ),
    (
        PEOPLE,
        "p4,X,x@x.example,SME,Y,GR,GR30,,,",
        '"GR30" is no NUTS code, GR has other letters there',
        7,
    ),
    (PEOPLE, "p4,X,x@x.example,SME,Y,,,Elvish,,", '"Elvish" is no language', 8),
    (PEOPLE, "p4,X,x@x.example,SME,Y,,,,2.5,", '"2.5" is no number of meetings', 9),
    (PEOPLE, "p4,X,x@x.example,SME,Y,,,,-1,", '"-1" is no number of meetings', 9),
    (PEOPLE, "p4,X,x@x.example,SME,Y,,,,٣,", '"٣" is no number of meetings', 9),
    (PEOPLE, "p4,X,x@x.example,SME,Y,,,,,tomorrow", '"tomorrow" is no stretch of time', 10),
    (
        PEOPLE,
        "p4,X,x@x.example,SME,Y,,,,,2023-04-26T14:00/2023-04-26T13:00",
        'in "2023-04-26T14:00/2023-04-26T13:00" the end is before the start',
        10,
    ),
    (
        PEOPLE,
        "p4,X,x@x.example,SME,Y,,,,,2023-04-31T14:00/2023-05-01T13:00",
        '"2023-04-31T14:00" is on no calendar and no clock',
        10,
    ),
    (PEOPLE, "p4,X,x@x.example,SME,Y", "the row has 5 cells, the first line has 10", 6),
    (PEOPLE, "p4,X,x@x.example,SME,Y,,,,,,y", "the row has 11 cells, the first line has 10", 11),
    (PEOPLE, "p4,X,x@x@x.example,SME,Y,,,,,", '"x@x@x.example" is no e-mail address (', 3),
    (
        PEOPLE,
        'p4,"X\nY",x@x.example,SME,Y,,,,,',
        '"X·Y" has a line break or a tab in it',
        2,
    ),
    (
        PEOPLE,
        'p4,"X,x@x.example,SME,Y,,,,,',
        "the quotation marks of the row that starts here do not match",
        1,
    ),
    (ITEMS, "p7,offer,raw,Drones,", 'there is no participant "p7"', 1),
    (ITEMS, "p1,ofer,raw,Drones,", '"ofer" is not a kind of item', 2),
    (ITEMS, "p1,offer,gold,Drones,", 'there is no topic "gold"', 3),
    (ITEMS, "p1,offer,raw,,", "title is empty", 4),
    (ITEMS, f"p1,offer,raw,{'x' * 161},", f'"{"x" * 60}…" is 161 characters long', 4),
    (ITEMS, "p1,offer,raw,A\x07B,", '"A·B" holds an invisible character (U+0007)', 4),
    (WISHES, "p1,p1,want", '"p1" has a wish about themselves', 2),
    (WISHES, "p1,p3,maybe", '"maybe" is not a level of a wish', 3),
    (WISHES, "P2,p1,want", 'there is no participant "P2"; write "p2", or', 1),
    (WISHES, "p1,p8,want", 'there is no participant "p8"', 2),
    (
        WISHES,
        "p1,p2,no",
        '"p1" has a wish about "p2" in line 2 already: "must" there, "no" here',
        3,
    ),
    (
        WISHES,
        "p1,p2,want",
        '"p1" has a wish about "p2" in line 2 already: "must" there, "want" here',
        3,
    ),
]


@pytest.mark.parametrize(("file", "row", "wrong", "column"), ROW_ERRORS)
def test_an_error_in_a_row(folder, file, row, wrong, column):
    line = folder.text(file).count("\n") + 1

    folder.add(file, row)

    assert folder.only_problem().startswith(f"{file}:{line}:{column}: {wrong}")


@pytest.mark.parametrize(
    "identity",
    ["../p4", "a/b", "a\\b", "..", ".p", "p.", "con", "LPT1.x", "p:4", "p*", "=p4", "-4"],
)
def test_an_id_that_is_no_safe_name_for_a_file(folder, identity):
    folder.add(PEOPLE, f"{identity},X,x@x.example,SME,Y,,,,,")

    assert folder.only_problem().startswith(f'participants.csv:5:1: "{identity}" ')


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("from,to", "1:3: the column level is missing; add a column level"),
        ("from,to,levle,level", '1:3: there is no column "levle"; did you mean "level"?'),
        (
            "from,to,level,To",
            "1:4: the column to stands here a second time; keep one of columns 2 and 4",
        ),
        ("from,to,level,", "1:4: this column has no name; name it, or delete it"),
        (
            "who\twhom\thow",
            '1:1: the first line names no column of this file: "who·whom·how"; '
            "begin with from,to,level, parted by commas or semicolons",
        ),
        ("", "1:1: the file is empty; begin with from,to,level"),
        ('"from', "1:1: the first line cannot be read; begin with from,to,level"),
    ],
)
def test_an_error_in_the_first_line(folder, header, problem):
    folder.write(WISHES, header)

    assert folder.only_problem() == f"wishes.csv:{problem}"


def test_lines_are_counted_through_cells_of_several_lines(folder):
    folder.add(ITEMS, 'p1,offer,raw,Drones,"one\ntwo\n\nfour"')
    folder.add(ITEMS, "p1,offer,raw,,")

    assert folder.only_problem().startswith("items.csv:9:4: title is empty; ")
