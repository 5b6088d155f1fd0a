"""`matchmaker agenda`: a folder in, everybody's agenda out, or every error and nothing else."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from matchmaker import clock
from matchmaker.exchange.commands import agenda

NOW = datetime(2023, 4, 20, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def stopped_clock():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def run(folder, out, *options):
    path = getattr(folder, "path", folder)
    return CliRunner().invoke(agenda, [str(path), "--out", str(out), *options])


def contents(path: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()
    }


def test_everybodys_calendar_and_the_organisers_tables_are_written(folder, out):
    result = run(folder, out)

    assert (result.exit_code, sorted(contents(out))) == (
        0,
        [
            "calendars/p1.ics",
            "calendars/p2.ics",
            "calendars/p3.ics",
            "report.json",
            "schedule.csv",
            "unplaced.csv",
        ],
    )
    assert result.stdout == (
        "1 meetings for 3 participants, 1 without one; "
        f"value {report(out)['value']} of at most {report(out)['bound']}. Written to {out}.\n"
    )
    assert result.stderr.endswith(
        f"100%  done: value {report(out)['value']} of at most {report(out)['bound']}\n"
    )


def report(out):
    return json.loads((out / "report.json").read_text())


def test_the_schedule_names_time_place_pair_and_reasons(folder, out):
    run(folder, out)

    assert table(out / "schedule.csv") == [
        ["start", "end", "point", "participant_a", "participant_b", "value", "reasons"],
        [
            "2023-04-26T10:20:00Z",
            "2023-04-26T10:40:00Z",
            "Table 1",
            "p1",
            "p2",
            "57",
            "Aino Niskala must meet Åsa Öhman; Åsa Öhman wants to meet Aino Niskala; "
            "Aino Niskala needs “Dry tailings treatment”, Åsa Öhman offers “Tailings treatment”; "
            "Both work on “Raw materials”; They come from different regions",
        ],
    ]


def table(path):
    with path.open(newline="") as file:
        return list(csv.reader(file))


def test_the_report_has_its_figures_in_order(folder, out):
    run(folder, out)

    assert list(report(out)) == [
        "participants",
        "pairs",
        "meetings",
        "pair_value",
        "value",
        "bound",
        "gap",
        "breaks",
        "without_meeting",
        "seconds",
        "published",
        "kept",
        "terms",
        "more",
        "scarce",
        "changes",
        "fewest",
    ]
    figures = {name: report(out)[name] for name in ("participants", "pairs", "meetings", "gap")}
    assert figures == {"participants": 3, "pairs": 1, "meetings": 1, "gap": 0.0}
    assert (report(out)["pair_value"], report(out)["without_meeting"]) == (57, 1)
    assert (report(out)["changes"], report(out)["fewest"]) == (None, None)


def test_a_wish_that_does_not_fit_is_listed_with_the_reason(folder, out):
    folder.change(
        "participants.csv",
        "aino@kierto.example,SME,Pohjolan Kierto,FI,FI1D7,fi en,3,",
        "aino@kierto.example,SME,Pohjolan Kierto,FI,FI1D7,fi en,0,",
    )

    run(folder, out)

    assert (out / "unplaced.csv").read_text().splitlines() == [
        "participant_a,participant_b,value,reason",
        "p1,p2,57,Aino Niskala has no room left",
    ]


def test_a_calendar_names_partner_place_reasons_and_items(folder, out, read_with_ical_js):
    run(folder, out)

    read = read_with_ical_js((out / "calendars" / "p1.ics").read_bytes(), "Europe/Helsinki")
    keynote, meeting = read["events"]
    assert read["name"] == "Sustainable raw materials"
    assert keynote["description"] == "Sustainable raw materials"
    assert (keynote["summary"], keynote["location"], keynote["start"]) == (
        "Keynote",
        "Main hall, Levi Hall, Kittilä",
        "2023-04-26 09:00:00",
    )
    assert (meeting["summary"], meeting["location"]) == (
        "Meeting with Åsa Öhman, Gruv & Miljö",
        "Table 1, Levi Hall, Kittilä",
    )
    assert (meeting["start"], meeting["end"]) == ("2023-04-26 13:20:00", "2023-04-26 13:40:00")
    assert meeting["description"] == (
        "Why you meet:\n"
        "- You both want to meet\n"
        "- You need “Dry tailings treatment”; they offer “Tailings treatment”\n"
        "- You both work on “Raw materials”\n"
        "- You come from different regions\n\n"
        "They offer:\n- Tailings treatment"
    )
    assert meeting["url"] == "mailto:organiser@lapland.example"


@pytest.mark.parametrize("day", ["2023-01-11", "2023-04-27", "2023-07-05"])
def test_one_oclock_in_helsinki_is_one_oclock_for_both_readers(folder, out, read_with_ical_js, day):
    folder.change("event.toml", 'date = "2023-04-26"', f'date = "{day}"')
    folder.change("event.toml", 'start = "13:00"\nend = "14:00"', 'start = "13:00"\nend = "13:20"')

    run(folder, out)

    content = (out / "calendars" / "p1.ics").read_bytes()
    (meeting,) = (e for e in Calendar.from_ical(content).events if "Table" in e["LOCATION"])
    read = read_with_ical_js(content, "Europe/Helsinki")["events"]
    local = meeting.start.astimezone(ZoneInfo("Europe/Helsinki"))
    assert f"{local:%Y-%m-%d %H:%M:%S}" == f"{day} 13:00:00"
    assert [e["start"] for e in read if "Table" in e["location"]] == [f"{day} 13:00:00"]


def test_both_have_the_same_meeting_and_nobody_a_partners_address(folder, out):
    run(folder, out)

    first, second = (
        Calendar.from_ical((out / "calendars" / f"{name}.ics").read_bytes()).events[-1]
        for name in ("p1", "p2")
    )
    for name in ("UID", "DTSTART", "DTEND", "LOCATION", "SEQUENCE", "LAST-MODIFIED", "STATUS"):
        assert first[name] == second[name]
    assert not any(
        b"@kierto" in content or b"@gruv" in content for content in contents(out).values()
    )


def test_sessions_during_ones_absence_or_meeting_are_left_out(folder, out):
    folder.change(
        "participants.csv",
        "aino@kierto.example,SME,Pohjolan Kierto,FI,FI1D7,fi en,3,",
        "aino@kierto.example,SME,Pohjolan Kierto,FI,FI1D7,fi en,3,"
        "2023-04-26T08:00/2023-04-26T09:01",
    )
    folder.change(
        "event.toml",
        "[matching]",
        '[[sessions]]\ntitle = "Coffee"\n'
        'start = "2023-04-26T13:00"\nend = "2023-04-26T13:21"\n\n[matching]',
    )

    run(folder, out)

    def summaries(name):
        calendar = Calendar.from_ical((out / "calendars" / f"{name}.ics").read_bytes())
        return [str(event["SUMMARY"]) for event in calendar.events]

    assert summaries("p1") == ["Meeting with Åsa Öhman, Gruv & Miljö"]
    assert summaries("p2") == ["Keynote", "Meeting with Aino Niskala, Pohjolan Kierto"]
    assert summaries("p3") == ["Keynote", "Coffee"]


def test_an_organiser_who_takes_part_is_nobodys_contact(folder, out):
    folder.change("participants.csv", "aino@kierto.example", "Organiser@lapland.example")

    run(folder, out)

    assert not any(b"organiser@lapland" in content for content in contents(out).values())
    for event in Calendar.from_ical((out / "calendars" / "p2.ics").read_bytes()).events:
        assert event["URL"] == f"urn:uuid:{event['UID'].split('@')[0]}"


def test_the_same_folder_and_seed_give_the_same_files(folder, out, tmp_path):
    run(folder, out, "--seed", "7")
    run(folder, tmp_path / "again", "--seed", "7")

    first, again = contents(out), contents(tmp_path / "again")
    assert first.keys() == again.keys()
    assert {n for n in first if first[n] != again[n]} <= {"report.json"}


def test_written_again_a_moved_meeting_counts_on_and_people_who_left_are_gone(folder, out):
    run(folder, out)
    (out / "notes.txt").write_text("mine")
    (out / "calendars" / "mine.ics").write_text("BEGIN:VCALENDAR")
    folder.change("event.toml", 'name = "Table 1"', 'name = "Table 9"')
    folder.change(
        "participants.csv",
        "p3,Marek Zieliński,marek@silesia.example,cluster,Silesia Mining,PL,,,,\n",
        "",
    )
    folder.change("wishes.csv", "p3,p1,no\n", "")

    run(folder, out)

    keynote, meeting = Calendar.from_ical((out / "calendars" / "p1.ics").read_bytes()).events
    assert (keynote["SEQUENCE"], meeting["SEQUENCE"]) == (0, 1)
    assert sorted(path.name for path in (out / "calendars").iterdir()) == [
        "mine.ics",
        "p1.ics",
        "p2.ics",
    ]
    assert (out / "notes.txt").read_text() == "mine"


def test_errors_go_to_standard_error_one_a_line_and_nothing_is_written(folder, out):
    folder.change("event.toml", 'consent = "wishes"', 'consent = "maybe"')
    folder.add("wishes.csv", "p1,p1,want")

    result = run(folder, out / "deep")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        'event.toml:33:1: "maybe" is not a mode of consent; it is one of accepted, wishes, suggest',
        'wishes.csv:5:2: "p1" has a wish about themselves; '
        "name another participant, or delete the row",
    ]
    assert not out.exists()


def test_an_agenda_written_before_survives_an_error(folder, out):
    run(folder, out)
    before = contents(out)
    folder.write("participants.csv", b"\xff")

    result = run(folder, out)

    assert result.exit_code == 2
    assert contents(out) == before


def test_a_file_in_the_way_is_found_before_the_work_begins(folder, out):
    out.write_text("mine")

    result = run(folder, out)

    assert (result.exit_code, out.read_text()) == (2, "mine")
    assert result.stderr == (
        f"{out} is a file, so no folder can be made there. Name another folder.\n"
    )


@pytest.mark.parametrize(
    "options", [("--seed", "-1"), ("--seed", "x"), ("--time", "0"), ("--time", "nan")]
)
def test_a_seed_or_time_that_makes_no_sense_is_refused(folder, out, options):
    result = run(folder, out, *options)

    assert result.exit_code == 2
    assert f"Invalid value for '{options[0]}'" in result.stderr
    assert not out.exists()


def test_with_little_time_there_is_still_an_agenda(folder, out):
    result = run(folder, out, "--time", "0.001")

    assert result.exit_code == 0
    assert len(contents(out)) == 6


@pytest.mark.parametrize("spoil", ["people", "points", "blocks", "wishes"])
def test_an_event_in_which_nobody_can_meet_has_an_agenda_without_meetings(folder, out, spoil):
    empty(folder, spoil)

    result = run(folder, out)

    assert result.exit_code == 0, result.stderr
    assert (out / "schedule.csv").read_text().count("\n") == 1
    assert (report(out)["meetings"], report(out)["value"], report(out)["gap"]) == (0, 0, 0.0)
    assert (out / "calendars").is_dir()


def empty(folder, what):
    if what in ("points", "blocks"):
        head, _, rest = folder.text("event.toml").partition(f"[[{what}]]")
        tail = rest[rest.index("\n[") :]
        folder.write("event.toml", f"{what} = []\n{head}{tail}")
    else:
        folder.write("wishes.csv", "from,to,level\n")
    if what == "people":
        folder.write("participants.csv", "id,name,email,type,organisation\n")
        folder.remove("items.csv")
