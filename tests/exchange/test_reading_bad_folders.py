"""Every error is found at once, and says where it is, what is wrong and what would be right."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import Folder

EVENT, PEOPLE = "event.toml", "participants.csv"
ITEMS, WISHES = "items.csv", "wishes.csv"
SAVE_AS = 'save the file as UTF-8 (in a spreadsheet: "CSV UTF-8")'

MARKS = [b'"', b"'", b'"""', b"\n", b"\r", b",", b";", b"[", b"]", b"{", b"=", b"\xef\xbb\xbf"]
ODD = [b"9" * 5000, b"1e999", b"nan", b"24:00", b"0001-01-01T00:00:00", b"9999-12-31", b"true"]
SPOILS = st.binary(max_size=4) | st.sampled_from(MARKS) | st.sampled_from(ODD)


def test_all_errors_of_all_files_come_at_once_in_order(folder):
    folder.change(EVENT, 'slug = "kittila-2023"', 'slug = "Kittilä"')
    folder.change(EVENT, 'consent = "wishes"', 'consent = "asked"')
    folder.change(PEOPLE, "aino@kierto.example", "aino")
    folder.add(PEOPLE, "p4,,nobody@x.example,SME,X,,,,,")
    folder.add(ITEMS, "p9,offer,raw,Drones,")
    folder.add(WISHES, "p4,p1,perhaps")

    assert folder.problems() == [
        'event.toml:2:1: "Kittilä" cannot be part of a web address as it is; '
        'take a-z, 0-9 and single hyphens, as "kittila-2023"',
        'event.toml:33:1: "asked" is not a mode of consent; it is one of accepted, wishes, suggest',
        'participants.csv:2:3: "aino" is no e-mail address '
        '(An email address must have an @-sign); write one address, as "aino@cluster.example"',
        "participants.csv:5:2: name is empty; give the name; every row needs one",
        'items.csv:5:1: there is no participant "p9"; '
        "correct the id, or add a row with this id to participants.csv",
        'wishes.csv:5:3: "perhaps" is not a level of a wish; it is one of must, want, no',
    ]


def only(folder):
    (problem,) = folder.problems()
    return problem


EVENT_ERRORS = [
    ('slug = "kittila-2023"\n', "", "1:1: the key slug is missing; add a line slug = …"),
    (
        "Europe/Helsinki",
        "Europe/Helsinky",
        '4:1: there is no time zone "Europe/Helsinky"; did you mean "Europe/Helsinki"?',
    ),
    (
        'name = "Sustainable raw materials"',
        "name = 7",
        '1:1: "7" is not text; put it in quotes: "7"',
    ),
    (
        "max_meetings = 8",
        "max_meetings = -1",
        '34:1: "-1" is not such a number; write a whole number from 0 to 10000, without quotes',
    ),
    (
        "max_meetings = 8",
        "max_meetings = 8\nweights.mst = 1",
        '35:1: there is no key "mst" here; did you mean "must"?',
    ),
    (
        'name = "Table 1"\nkind = "table"',
        'name = "Table 1"\nkind = "desk"',
        '24:1: "desk" is not a kind of meeting point; it is one of table, booth, video',
    ),
    (
        'kind = "table"',
        'kind = "table"\n[[points]]\nname = "TABLE 1"\nkind = "table"',
        '26:1: the meeting point "TABLE 1" is in line 22 already; '
        "give each meeting point a name of its own",
    ),
    (
        "[[points]]",
        "[points]",
        "22:1: points is not a list of tables; begin each with a line [[points]]",
    ),
    (
        'parent = "raw"',
        '[[topics]]\nid = "raw"\nname = "Raw again"',
        '15:1: the topic "raw" is in line 7 already; give each topic an id of its own',
    ),
    (
        'parent = "raw"',
        'parent = "rwa"',
        '14:1: there is no topic "rwa"; did you mean "raw"?',
    ),
    (
        'id = "raw"',
        'id = "raw"\nparent = "tailings"',
        "9:1: these topics are each other's parents: raw < tailings < raw; "
        "take the parent from one of them",
    ),
    (
        'parent = "raw"',
        'parent = "tailings"',
        "14:1: these topics are each other's parents: tailings < tailings; "
        "take the parent from one of them",
    ),
    (
        'date = "2023-04-26"',
        'date = "2023-02-30"',
        '17:1: "2023-02-30" is no day of the calendar; write year, month and day, as "2023-04-26"',
    ),
    (
        'start = "13:00"',
        'start = "25:00"',
        '18:1: "25:00" is on no clock; write hours and minutes, as "13:20"',
    ),
    (
        'start = "13:00"',
        'start = "15:00"',
        "19:1: the end is before the start; give an end after the start, or swap them",
    ),
    (
        'start = "13:00"',
        'start = "14:00"',
        "19:1: the end is the same as the start; give an end after the start",
    ),
    (
        'start = "13:00"',
        'start = "2023-04-25T23:00"',
        "18:1: the start is not on 2023-04-26, the date of the block; "
        "give the time alone, or correct the date",
    ),
    (
        'consent = "wishes"',
        'consent = ""',
        '33:1: "" is not a mode of consent; it is one of accepted, wishes, suggest',
    ),
    (
        'date = "2023-04-26"',
        "date = 1066-10-14",
        "17:1: the year 1066 cannot be right; give a year from 1970 to 2199",
    ),
    (
        'end = "14:00"',
        'end = "2023-04-29T14:00"',
        "19:1: the block is longer than a day; make one block a day, or correct the end",
    ),
    (
        "slot_minutes = 20",
        "slot_minutes = 0",
        '20:1: "0" is not such a number; write a whole number from 1 to 1440, without quotes',
    ),
    (
        "slot_minutes = 20",
        "slot_minutes = 61",
        "20:1: a slot of 61 minutes does not fit into the block; "
        "make the slots shorter or the block longer",
    ),
    (
        "[[points]]",
        '[[blocks]]\ndate = "2023-04-26"\nstart = "13:40"\nend = "15:00"\nslot_minutes = 20\n'
        "[[points]]",
        "24:1: this block overlaps the one in line 16; let one start when the other has ended",
    ),
    (
        'end = "2023-04-26T10:00"',
        'end = "2023-04-26T08:00"',
        "29:1: the end is before the start; give an end after the start, or swap them",
    ),
    (
        'place = "Levi Hall, Kittilä"',
        "place = Levi",
        "3:9: this is no TOML (Invalid value); "
        'write name = "value", and begin a table with [name] or [[name]]',
    ),
    (
        'place = "Levi Hall, Kittilä"',
        "date = 2023-02-30",
        "3:8: this is no TOML (Invalid date or datetime); "
        'write name = "value", and begin a table with [name] or [[name]]',
    ),
]


@pytest.mark.parametrize(("old", "new", "problem"), EVENT_ERRORS)
def test_an_error_in_event_toml(folder, old, new, problem):
    folder.change(EVENT, old, new)

    assert only(folder) == f"event.toml:{problem}"


@pytest.mark.parametrize(
    ("date", "start", "problem"),
    [
        (
            "2023-03-26",
            "03:30",
            '"2023-03-26T03:30:00" does not exist in Europe/Helsinki: the clocks jump over it; '
            "give a time before or after the change to summer time",
        ),
        (
            "2023-10-29",
            "03:30",
            '"2023-10-29T03:30:00" comes twice in Europe/Helsinki: the clocks go back; '
            'say which, as "2023-10-29T03:30:00+03:00"',
        ),
    ],
)
def test_a_time_that_no_clock_shows_once(folder, date, start, problem):
    folder.change(EVENT, 'date = "2023-04-26"', f'date = "{date}"')
    folder.change(EVENT, 'start = "13:00"', f'start = "{start}"')

    assert only(folder) == f"event.toml:18:1: {problem}"


def test_what_is_missing_altogether_is_named_with_an_example(folder):
    folder.write(EVENT, 'name = "A"\nslug = "a"\nplace = "P"\ntimezone = "UTC"\n')
    folder.remove(ITEMS)

    assert folder.problems() == [
        "event.toml:1:1: the key blocks is missing; add [[blocks]] with date, start, end and "
        "slot_minutes, or blocks = [] for none yet",
        "event.toml:1:1: the key points is missing; "
        "add [[points]] with name and kind, or points = [] for none yet",
        "event.toml:1:1: the key organiser_email is missing; add a line organiser_email = …",
    ]


def test_a_key_is_found_behind_texts_and_lists_of_several_lines(folder):
    text = folder.text(EVENT).replace('"Levi Hall, Kittilä"', '"""\nslug = "no"\n[[points]]"""')
    lists = text.replace('[[points]]\nname = "Table 1"\nkind = "table"\n', "")
    listed = 'points = [\n  # kind = "desk"\n  {name = "A", kind = "desk"},\n]\n\n[[topics]]'
    folder.write(EVENT, lists.replace("[[topics]]", listed, 1))

    assert folder.problems() == [
        'event.toml:3:1: "slug = "no"·[[points]]" has a line break or a tab in it; '
        "write it on one line",
        'event.toml:9:1: "desk" is not a kind of meeting point; it is one of table, booth, video',
    ]


def test_lines_are_counted_the_same_where_lines_end_in_crlf(folder):
    folder.write(EVENT, folder.text(EVENT).replace("\n", "\r\n").replace('"13:00"', '"25:00"'))

    assert only(folder).startswith("event.toml:18:1: ")


ODD_TOML = (
    "# \"unclosed and ' [[points]]",
    "lit = '''it's ] not",
    "one''''",
    '"slot [" = "a \\" [b"',
    "x.y = [1, # ]",
    '  {z = "]"}]',
    "  [[points]]",
    "  [points.more]",
    '  kind = "table"',
    "",
)


def test_keys_are_found_wherever_toml_lets_them_stand(folder):
    folder.change(EVENT, "[[points]]", "\n".join(ODD_TOML) + "[[points]]")

    found = [re.split(" is missing| here;", problem)[0] for problem in folder.problems()]

    assert found == [
        'event.toml:23:1: there is no key "lit"',
        'event.toml:25:1: there is no key "slot ["',
        'event.toml:26:1: there is no key "x"',
        "event.toml:28:3: the key name",
        'event.toml:29:3: there is no key "more"',
    ]


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

    assert only(folder).startswith(f"{file}:{line}:{column}: {wrong}")


@pytest.mark.parametrize(
    "identity",
    ["../p4", "a/b", "a\\b", "..", ".p", "p.", "con", "LPT1.x", "p:4", "p*", "=p4", "-4"],
)
def test_an_id_that_is_no_safe_name_for_a_file(folder, identity):
    folder.add(PEOPLE, f"{identity},X,x@x.example,SME,Y,,,,,")

    assert only(folder).startswith(f'participants.csv:5:1: "{identity}" ')


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

    assert only(folder) == f"wishes.csv:{problem}"


def test_lines_are_counted_through_cells_of_several_lines(folder):
    folder.add(ITEMS, 'p1,offer,raw,Drones,"one\ntwo\n\nfour"')
    folder.add(ITEMS, "p1,offer,raw,,")

    assert only(folder).startswith("items.csv:9:4: title is empty; ")


@pytest.mark.parametrize(
    ("encoding", "problem"),
    [
        ("latin-1", f'3:4: byte 0xC5 is not UTF-8 (it would be "Å" in Windows-1252); {SAVE_AS}'),
        ("utf-16", f"1:1: the file is in UTF-16; {SAVE_AS}"),
        ("utf-32", f"1:1: the file is in UTF-32; {SAVE_AS}"),
        (
            "utf-16-le",
            f"1:2: here is a NUL byte, as in UTF-16 or in a file that is no text; {SAVE_AS}",
        ),
    ],
)
def test_another_encoding(folder, encoding, problem):
    text = folder.text(PEOPLE).replace("Zieliński", "Zielinski")

    folder.write(PEOPLE, text.encode(encoding))

    assert only(folder) == f"participants.csv:{problem}"


@pytest.mark.parametrize("file", [EVENT, PEOPLE, WISHES])
def test_a_missing_file(folder, file):
    folder.remove(file)

    assert only(folder) == (
        f"{file}:1:1: the file is missing; put {file} into the folder, next to the other files"
    )


def test_an_optional_file_under_a_wrong_name_is_not_passed_over(folder):
    folder.remove(ITEMS)
    folder.write("Item.csv", "participant,kind,title\n")

    assert only(folder) == (
        'Item.csv:1:1: no file of the folder has this name, "items.csv" may be meant; '
        "call it items.csv, or move it elsewhere"
    )


def test_a_folder_where_a_file_should_be(folder):
    folder.remove(WISHES)
    (folder.path / WISHES).mkdir()

    assert only(folder) == (
        "wishes.csv:1:1: the file cannot be read (Is a directory); make it a file that you may read"
    )


def test_a_folder_that_is_not_there(folder):
    folder.path = folder.path / "nowhere"

    assert only(folder).startswith("event.toml:1:1: there is no folder ")


def test_the_other_files_are_checked_when_one_cannot_be_read(folder):
    folder.write(EVENT, "name = \n")
    folder.write(PEOPLE, b"\xff\xfe")
    folder.add(ITEMS, "p1,offer,anything,,")
    folder.add(WISHES, "p9,p9,want")

    assert [problem.split(";")[0] for problem in folder.problems()] == [
        "event.toml:1:8: this is no TOML (Invalid value)",
        "participants.csv:1:1: the file is in UTF-16",
        "items.csv:5:4: title is empty",
        'wishes.csv:5:2: "p9" has a wish about themselves',
    ]


def test_a_row_that_is_wrong_still_makes_its_participant_known(folder):
    folder.add(PEOPLE, "p4,X,x@x.example,SME")
    folder.add(WISHES, "p4,p1,want")

    assert only(folder).startswith("participants.csv:5:5: the row has 4 cells")


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_a_folder_spoilt_anywhere_is_read_or_refused_with_a_place_and_a_remedy(
    tmp_path_factory, data
):
    folder = Folder(tmp_path_factory.mktemp("spoilt") / "event")
    file = data.draw(st.sampled_from([EVENT, PEOPLE, ITEMS, WISHES]))
    text = folder.text(file).encode()
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 40))
    folder.write(file, text[:at] + data.draw(SPOILS) + text[at + cut :])

    for problem in folder.problems_if_any():
        assert re.fullmatch(r"[\w.]+:[1-9]\d*:[1-9]\d*: .+; .+", problem)
