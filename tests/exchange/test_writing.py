"""What is written as a folder comes back the same, whatever people have typed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.errors import Refusal
from matchmaker.events.weights import Weights
from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.writing import write_folder
from matchmaker.matching.snapshot import (
    CONSENTS,
    ITEM_KINDS,
    LEVELS,
    POINT_KINDS,
    Block,
    Interval,
    Item,
    Person,
    Point,
    Session,
    Settings,
    Snapshot,
    Topic,
    Wish,
)
from matchmaker.own_texts import OwnText

LINES = (
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff"),
        max_size=30,
    )
    .map(str.strip)
    .filter(bool)
) | st.sampled_from(["Öhman, Åsa", 'the "best"', "=1+1", "'=1", "-", "a;b", "🙂", "[[x]]", "#"])
TEXTS = st.lists(LINES, max_size=3).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\n\n"]).map(lambda newline: newline.join(lines))
)
ZONES = ["Europe/Helsinki", "UTC", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns"]
# Hours around changes of clocks in Helsinki, and any others.
SPRING, AUTUMN = datetime(2023, 3, 26, tzinfo=UTC), datetime(2023, 10, 29, tzinfo=UTC)
STARTS = st.sampled_from([SPRING, AUTUMN]) | st.timedeltas(timedelta(), timedelta(days=36_000)).map(
    lambda passed: datetime(2000, 1, 1, tzinfo=UTC) + passed
)
LENGTHS = st.integers(1, 24 * 60 - 1).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def intervals(draw):
    start = draw(STARTS) + timedelta(minutes=draw(st.integers(0, 240)))
    return Interval(start, start + draw(LENGTHS))


@st.composite
def blocks(draw):
    minutes = draw(st.integers(1, 60))
    interval = draw(intervals())
    return Block(
        interval.start, max(interval.end, interval.start + timedelta(minutes=minutes)), minutes
    )


@st.composite
def people(draw, number, topics):
    items = st.builds(
        Item,
        st.sampled_from(ITEM_KINDS),
        st.sampled_from(topics),
        LINES,
        TEXTS,
        category=st.sampled_from(["", "technology", "funding"]),
        stage=st.sampled_from(["", "field"]),
        ipr=st.sampled_from(["", "applied"]),
        cooperation=st.sampled_from([(), ("licence", "supply")]),
        partner_kinds=st.sampled_from([(), ("large company", "SME")]),
        partner_role=LINES | st.just(""),
        language=st.just("en"),
        texts=st.builds(OwnText, st.just("fi"), LINES, TEXTS, role=LINES | st.just("")).map(
            lambda text: (text,)
        )
        | st.just(()),
    )
    return Person(
        id=f"p{number}",
        name=draw(LINES),
        email=f"p{number}@x.example",
        type=draw(LINES),
        organisation=draw(LINES),
        country=draw(st.sampled_from(["", "FI", "GR"])),
        languages=draw(st.sampled_from([(), ("fi",), ("sv", "en")])),
        max_meetings=draw(st.none() | st.integers(0, 20)),
        absences=tuple(draw(st.lists(intervals(), max_size=2))),
        items=tuple(draw(st.lists(items, max_size=3))),
    )


@st.composite
def snapshots(draw):
    topics = draw(st.lists(LINES, max_size=3, unique=True))
    parents = [draw(st.sampled_from([None, *topics[:n]])) for n in range(len(topics))]
    number = draw(st.integers(0, 3))
    pairs = [(f"p{a}", f"p{b}") for a in range(number) for b in range(number) if a != b]
    return Snapshot(
        name=draw(LINES),
        slug="kittila-2023",
        place=draw(LINES),
        timezone=draw(st.sampled_from(ZONES)),
        organiser_email="organiser@lapland.example",
        topics=tuple(Topic(i, draw(LINES), p) for i, p in zip(topics, parents, strict=True)),
        blocks=tuple(draw(st.lists(blocks(), max_size=1))),
        points=tuple(
            Point(name, draw(st.sampled_from(POINT_KINDS)))
            for name in draw(st.lists(LINES, max_size=3, unique_by=str.casefold))
        ),
        sessions=tuple(
            Session(
                *(draw(LINES), at.start, at.end, draw(LINES | st.just(""))),
                speaker=draw(LINES | st.just("")),
                abstract=draw(LINES | st.just("")),
            )
            for at in draw(st.lists(intervals(), max_size=2))
        ),
        people=tuple(draw(people(n, ["", *topics])) for n in range(number)),
        wishes=tuple(Wish(a, b, draw(st.sampled_from(LEVELS))) for a, b in pairs),
        settings=Settings(
            consent=draw(st.sampled_from(CONSENTS)),
            max_meetings=draw(st.integers(0, 20)),
            weights=Weights(must=draw(st.integers(1, 40))),
        ),
    )


@settings(max_examples=60, deadline=None)
@given(snapshots())
def test_what_is_written_is_read_back_exactly(snapshot):
    with TemporaryDirectory() as folder:
        write_folder(snapshot, Path(folder, "event"))

        assert read_folder(Path(folder, "event")) == snapshot


def test_the_small_folder_comes_back_the_same(folder, tmp_path):
    event = folder.read()

    write_folder(event, tmp_path / "copy")

    assert read_folder(tmp_path / "copy") == event


def test_tables_of_toml_are_written_as_an_organiser_would(folder, tmp_path):
    write_folder(folder.read(), tmp_path / "copy")

    assert (tmp_path / "copy" / "event.toml").read_text() == folder.text("event.toml")


def test_a_block_over_midnight_and_the_hour_that_comes_twice_come_back(folder, tmp_path):
    night = Block(
        datetime(2023, 10, 28, 20, tzinfo=UTC), datetime(2023, 10, 29, 1, 30, tzinfo=UTC), 30
    )
    event = replace(folder.read(), blocks=(night,))

    write_folder(event, tmp_path / "copy")

    text = (tmp_path / "copy" / "event.toml").read_text()
    assert 'date = "2023-10-28"\nstart = "23:00"\nend = "2023-10-29T03:30+02:00"' in text
    assert read_folder(tmp_path / "copy").blocks == (night,)


def test_a_cell_is_never_a_formula_for_a_spreadsheet(folder, tmp_path):
    aino, *others = folder.read().people
    sly = replace(aino, name='=HYPERLINK("https://x.example")')

    write_folder(replace(folder.read(), people=(sly, *others)), tmp_path / "copy")

    text = (tmp_path / "copy" / "participants.csv").read_text()
    assert text.splitlines()[1].startswith("p1,\"'=HYPERLINK(")


def test_writing_again_replaces_the_event_and_nothing_else(folder):
    (folder.path / "notes.txt").write_text("mine")

    write_folder(replace(folder.read(), name="Renamed"), folder.path)

    assert folder.read().name == "Renamed"
    assert sorted(path.name for path in folder.path.iterdir()) == [
        "event.toml",
        "items.csv",
        "notes.txt",
        "participants.csv",
        "wishes.csv",
    ]


def test_nothing_is_written_where_a_file_is_in_the_way(folder, tmp_path):
    (tmp_path / "taken").write_text("mine")

    with pytest.raises(Refusal, match="taken is a file, so no folder can be made there"):
        write_folder(folder.read(), tmp_path / "taken" / "copy")

    assert (tmp_path / "taken").read_text() == "mine"


def test_nothing_is_replaced_where_a_folder_has_the_name_of_a_file(folder, tmp_path):
    (tmp_path / "copy" / "wishes.csv").mkdir(parents=True)

    with pytest.raises(Refusal, match=r"wishes\.csv is in the way"):
        write_folder(folder.read(), tmp_path / "copy")

    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["wishes.csv"]
