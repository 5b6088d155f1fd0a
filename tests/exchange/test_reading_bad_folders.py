"""Every error is found at once, in any file; what is missing or unreadable is named."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import EVENT, ITEMS, PEOPLE, WISHES, Folder

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

    assert folder.only_problem() == f"participants.csv:{problem}"


@pytest.mark.parametrize("file", [EVENT, PEOPLE, WISHES])
def test_a_missing_file(folder, file):
    folder.remove(file)

    assert folder.only_problem() == (
        f"{file}:1:1: the file is missing; put {file} into the folder, next to the other files"
    )


def test_an_optional_file_under_a_wrong_name_is_not_passed_over(folder):
    folder.remove(ITEMS)
    folder.write("Item.csv", "participant,kind,title\n")

    assert folder.only_problem() == (
        'Item.csv:1:1: no file of the folder has this name, "items.csv" may be meant; '
        "call it items.csv, or move it elsewhere"
    )


def test_a_folder_where_a_file_should_be(folder):
    folder.remove(WISHES)
    (folder.path / WISHES).mkdir()

    assert folder.only_problem() == (
        "wishes.csv:1:1: the file cannot be read (Is a directory); make it a file that you may read"
    )


def test_a_folder_that_is_not_there(folder):
    folder.path = folder.path / "nowhere"

    assert folder.only_problem().startswith("event.toml:1:1: there is no folder ")


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

    assert folder.only_problem().startswith("participants.csv:5:5: the row has 4 cells")


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


def test_a_booth_is_kept_for_somebody_who_is_there_and_has_no_other(folder):
    folder.change(EVENT, 'name = "Table 1"', 'name = "Table 1"\nkept_for = "p9"\nlink = "room"')

    assert folder.problems() == [
        'event.toml:24:1: there is no participant "p9"; '
        "correct the id, or add a row with this id to participants.csv",
        'event.toml:25:1: "room" is no whole web address; '
        'write it with https:// in front, as "https://meet.example/{room}"',
    ]
    folder.change(EVENT, 'kept_for = "p9"\nlink = "room"', 'kept_for = "p1"')
    folder.change(EVENT, "[[sessions]]", '[[points]]\nname = "B"\nkept_for = "p1"\n\n[[sessions]]')
    assert folder.only_problem() == (
        'event.toml:29:1: the participant "p1" has a booth already; '
        "keep one booth for each participant"
    )
