"""What came out of a run as files: calendars, the schedule, what did not fit, the figures."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from matchmaker import clock
from matchmaker.agenda.calendars import PRODID
from matchmaker.exchange.personal_calendars import personal_calendars
from matchmaker.exchange.placing import place_files
from matchmaker.exchange.revisions import keep_revisions
from matchmaker.exchange.writing import csv_bytes
from matchmaker.matching.outcome import Meeting, Outcome, Unplaced
from matchmaker.matching.snapshot import Snapshot
from matchmaker.matching.words import Names, Sentence, for_organiser, text, why_not

CALENDARS = "calendars"
SCHEDULE = ("start", "end", "point", "participant_a", "participant_b", "value", "reasons")
UNPLACED = ("participant_a", "participant_b", "value", "reason")
TABLES = ("schedule.csv", "unplaced.csv", "report.json")


def write_agenda(snapshot: Snapshot, outcome: Outcome, out: Path) -> None:
    """Replaces an agenda written there before, and calendars of people who no longer take part.

    An event of a calendar that has not changed keeps its stamps, one that has counts on.
    """
    files = agenda_files(snapshot, outcome, clock.now().replace(microsecond=0))
    before = _calendars_in(out)
    kept = {name: keep_revisions(files[name], before[name]) for name in files.keys() & before}
    # Where capitals do not count for file names, a calendar written just now must not go as stale.
    current = {name.casefold() for name in files}
    stale = [name for name in before if name.casefold() not in current]
    place_files(out, files | kept, stale=stale)
    (out / CALENDARS).mkdir(exist_ok=True)  # also where nobody takes part


def agenda_files(snapshot: Snapshot, outcome: Outcome, stamp: datetime) -> dict[str, bytes]:
    names = Names.of(snapshot)
    calendars = personal_calendars(snapshot, outcome.meetings, stamp)
    return {
        **{_calendar_name(identity): content for identity, content in calendars.items()},
        "schedule.csv": csv_bytes(SCHEDULE, (_meeting(m, names) for m in outcome.meetings)),
        "unplaced.csv": csv_bytes(UNPLACED, (_unplaced(u, names) for u in outcome.unplaced)),
        "report.json": (json.dumps(asdict(outcome.report), indent=2) + "\n").encode(),
    }


def agenda_names(snapshot: Snapshot) -> Iterator[str]:
    """The names of the files that an agenda of this event needs."""
    yield from TABLES
    yield from (_calendar_name(person.id) for person in snapshot.people)


def _calendar_name(identity: str) -> str:
    return f"{CALENDARS}/{identity}.ics"


def _calendars_in(out: Path) -> Mapping[str, bytes]:
    """The calendars that stand there from before and are ours."""
    paths = [path for path in (out / CALENDARS).glob("*.ics") if path.is_file()]
    found = {path.name: path.read_bytes() for path in paths}
    ours = f"\r\nPRODID:{PRODID}\r\n".encode()
    return {f"{CALENDARS}/{name}": content for name, content in found.items() if ours in content}


def _meeting(meeting: Meeting, names: Names) -> Sequence[object]:
    return (
        _utc(meeting.slot.start),
        _utc(meeting.slot.end),
        meeting.point,
        meeting.pair.a,
        meeting.pair.b,
        meeting.pair.value,
        _joined(for_organiser(meeting.pair, names, str)),
    )


def _unplaced(unplaced: Unplaced, names: Names) -> Sequence[object]:
    pair = unplaced.pair
    return pair.a, pair.b, pair.value, _joined(why_not(unplaced, names, str))


def _joined(sentences: Iterable[Sentence]) -> str:
    return "; ".join(text(sentence) for sentence in sentences)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
