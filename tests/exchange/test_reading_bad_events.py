"""An error in event.toml says where it is, what is wrong and what would be right."""

import re

import pytest

from tests.exchange.conftest import EVENT, ITEMS

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
        '34:1: "-1" is not such a number; write a whole number from 0 to 200, without quotes',
    ),
    (
        "max_meetings = 8",
        "max_meetings = 8\nmost_in_a_row = 51",
        '35:1: "51" is not such a number; write a whole number from 1 to 50, without quotes',
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

    assert folder.only_problem() == f"event.toml:{problem}"


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

    assert folder.only_problem() == f"event.toml:18:1: {problem}"


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

    assert folder.only_problem().startswith("event.toml:18:1: ")


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
