"""What a folder may look like, and what is read from it."""

import csv
import io
from datetime import UTC, datetime

import pytest

from matchmaker.events.weights import Weights
from matchmaker.matching.snapshot import (
    Block,
    Interval,
    Item,
    Person,
    Point,
    Session,
    Settings,
    Topic,
    Wish,
)


def utc(day, hour, minute=0):
    return datetime(2023, 4, day, hour, minute, tzinfo=UTC)


def test_the_event_is_read_with_its_times_in_utc(folder):
    event = folder.read()

    assert (event.name, event.slug) == ("Sustainable raw materials", "kittila-2023")
    assert (event.place, event.timezone) == ("Levi Hall, Kittilä", "Europe/Helsinki")
    assert event.organiser_email == "organiser@lapland.example"
    assert event.topics == (Topic("raw", "Raw materials"), Topic("tailings", "Tailings", "raw"))
    assert event.blocks == (Block(utc(26, 10), utc(26, 11), 20),)
    assert event.points == (Point("Table 1", "table"),)
    assert event.sessions == (Session("Keynote", utc(26, 6), utc(26, 7), "Main hall"),)
    assert event.settings == Settings(consent="wishes", max_meetings=8)


def test_participants_are_read_with_their_items(folder):
    aino, asa, _ = folder.read().people

    assert aino == Person(
        id="p1",
        name="Aino Niskala",
        email="aino@kierto.example",
        type="SME",
        organisation="Pohjolan Kierto",
        country="FI",
        region="FI1D7",
        languages=("fi", "en"),
        max_meetings=3,
        items=(Item("need", "tailings", "Dry tailings treatment", "For a mine,\nby 2025"),),
    )
    assert asa.absences == (Interval(utc(26, 10), utc(26, 10, 20)),)
    assert asa.max_meetings is None


def test_wishes_are_read_in_order(folder):
    wishes = folder.read().wishes

    assert wishes == (Wish("p1", "p2", "must"), Wish("p2", "p1", "want"), Wish("p3", "p1", "no"))


def semicolons(text):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


@pytest.mark.parametrize(
    "rewrite",
    [
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("mine,\nby", "mine by"), id="one line a row"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(semicolons, id="semicolons"),
        pytest.param(lambda text: text.rstrip("\n"), id="no line break at the end"),
        pytest.param(lambda text: text + "\n\n", id="blank lines at the end"),
    ],
)
@pytest.mark.parametrize("file", ["participants.csv", "items.csv", "wishes.csv"])
def test_tables_may_be_written_in_any_of_the_usual_ways(folder, file, rewrite):
    folder.change("items.csv", "mine,\nby", "mine by")
    plain = folder.read()

    folder.write(file, rewrite(folder.text(file)))

    assert folder.read() == plain


def test_rows_without_any_value_do_not_count(folder):
    plain = folder.read()

    folder.add("participants.csv", ",,,,,,,,,")

    assert folder.read() == plain


def test_event_toml_may_have_a_byte_order_mark_and_crlf(folder):
    plain = folder.read()

    folder.write("event.toml", "\ufeff" + folder.text("event.toml").replace("\n", "\r\n"))

    assert folder.read() == plain


def test_columns_may_stand_in_any_order_and_in_capitals(folder):
    plain = folder.read()

    folder.write("wishes.csv", "Level,To,From\nMust,p2,p1\nwant,p1,p2\nNO,p1,p3\n")

    assert folder.read() == plain


def test_only_the_needed_columns_are_needed(folder):
    folder.write(
        "participants.csv",
        "id,name,email,type,organisation\np1,Aino,a@a.example,SME,A\n"
        "p2,Åsa,b@b.example,SME,B\np3,Marek,c@c.example,SME,C\n",
    )
    folder.write("items.csv", "participant,kind,title\np1,need,Tailings\n")

    aino, *_ = folder.read().people

    assert aino == Person(
        "p1", "Aino", "a@a.example", "SME", "A", items=(Item("need", "", "Tailings"),)
    )


def test_items_csv_may_be_missing(folder):
    folder.remove("items.csv")

    assert [person.items for person in folder.read().people] == [(), (), ()]


def test_tables_without_rows_are_empty(folder):
    folder.write("wishes.csv", "from,to,level\n")
    folder.write("items.csv", "participant,kind,title\n")
    folder.write("participants.csv", "id,name,email,type,organisation\n")

    event = folder.read()

    assert (event.people, event.wishes) == ((), ())


def test_lists_that_are_empty_on_purpose_are_welcome(folder):
    folder.remove("items.csv")
    text = folder.text("event.toml")
    head, tail = text[: text.index("[[topics]]")], text[text.index("[matching]") :]
    folder.write("event.toml", f"{head}topics = []\nblocks = []\npoints = []\n{tail}")

    event = folder.read()

    assert (event.topics, event.blocks, event.points, event.sessions) == ((), (), (), ())


@pytest.mark.parametrize(
    "rest", ["", "[matching]\n", '[matching]\nconsent = "wishes"\n', "[matching.weights]\n"]
)
def test_what_is_usual_may_go_unsaid(folder, rest):
    text = folder.text("event.toml").replace('place = "Levi Hall, Kittilä"\n', "")
    text = text.replace('kind = "table"\n', "")
    folder.write("event.toml", text[: text.index("[matching]")] + rest)

    event = folder.read()

    assert (event.place, event.points, event.settings) == ("", (Point("Table 1"),), Settings())


def test_a_video_room_is_a_meeting_point_of_the_kind_video(folder):
    folder.change("event.toml", 'kind = "table"', 'kind = "Video room"')

    assert folder.read().points == (Point("Table 1", "video"),)


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2023-04-26", "13:00:00", "14:00:00"),
        ('"2023-04-26"', "13:00:00", '"14:00"'),
        ('"2023-04-26"', '"13:00:00"', '"2023-04-26T14:00"'),
        ('"2023-04-26"', '"2023-04-26 13:00"', '"14:00"'),
        ("2023-04-26", "2023-04-26T13:00:00+03:00", "2023-04-26T11:00:00Z"),
    ],
)
def test_times_may_be_text_or_the_times_of_toml(folder, date, start, end):
    written = f"date = {date}\nstart = {start}\nend = {end}\n"

    folder.change("event.toml", 'date = "2023-04-26"\nstart = "13:00"\nend = "14:00"\n', written)

    assert folder.read().blocks == (Block(utc(26, 10), utc(26, 11), 20),)


def test_a_block_may_end_at_midnight(folder):
    folder.change("event.toml", 'end = "14:00"', 'end = "24:00"')

    assert folder.read().blocks == (Block(utc(26, 10), utc(26, 21), 20),)


def test_hours_may_have_one_digit(folder):
    folder.change("event.toml", 'start = "13:00"\nend = "14:00"', 'start = "8:30"\nend = "9:00"')
    folder.change("event.toml", '"2023-04-26T09:00"', '"2023-04-26 9:00"')

    event = folder.read()

    assert event.blocks == (Block(utc(26, 5, 30), utc(26, 6), 20),)
    assert event.sessions[0].start == utc(26, 6)


def test_several_absences_may_stand_in_one_cell(folder):
    both = "2023-04-26T13:00/2023-04-26T13:20;2023-04-27T08:00/2023-04-27T09:00;"

    folder.change("participants.csv", "2023-04-26T13:00/2023-04-26T13:20", both)

    assert folder.read().people[1].absences == (
        Interval(utc(26, 10), utc(26, 10, 20)),
        Interval(utc(27, 5), utc(27, 6)),
    )


@pytest.mark.parametrize(
    "cell", ["fi en", '"fi, en"', "fi;en", "FI/EN", "fin eng", '"Finnish, English"']
)
def test_languages_may_be_parted_and_named_in_several_ways(folder, cell):
    folder.change("participants.csv", "fi en", cell)

    assert folder.read().people[0].languages == ("fi", "en")


def test_greek_and_british_regions_begin_as_eurostat_writes_them(folder):
    folder.change("participants.csv", "FI,FI1D7", "GR,EL30")
    folder.change("participants.csv", "SE,SE332", "gb,ukc1")

    first, second, _ = folder.read().people

    assert (first.country, first.region) == ("GR", "EL30")
    assert (second.country, second.region) == ("GB", "UKC1")


def test_people_may_share_an_address(folder):
    folder.change("participants.csv", "asa@gruv.example", "AINO@kierto.example")

    emails = [person.email for person in folder.read().people]

    assert emails == ["aino@kierto.example", "AINO@kierto.example", "marek@silesia.example"]


@pytest.mark.parametrize("ending", ["test", "invalid", "local", "example"])
def test_addresses_kept_for_rehearsals_are_welcome(folder, ending):
    folder.change("participants.csv", "aino@kierto.example", f"aino@kierto.{ending}")

    assert folder.read().people[0].email == f"aino@kierto.{ending}"


def test_the_same_wish_twice_is_one_wish(folder):
    plain = folder.read()

    folder.add("wishes.csv", "p1,p2,MUST")

    assert folder.read() == plain


def test_weights_may_be_set(folder):
    folder.add("event.toml", "weights.must = 50")

    assert folder.read().settings.weights == Weights(must=50)


def test_other_files_of_the_folder_are_left_alone(folder):
    folder.write("notes.txt", b"\xff\xfe")
    folder.write("schedule.csv", "start,end\n")

    assert len(folder.read().people) == 3
