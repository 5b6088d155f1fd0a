"""`participants.csv`: who takes part."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from matchmaker.exchange import geography, moments, shapes
from matchmaker.exchange.problems import NotRight, Problems, shown
from matchmaker.exchange.tables import Layout, Row, read_table
from matchmaker.matching.snapshot import Interval, Person

NEEDED = ("id", "name", "email", "type", "organisation")
OPTIONAL = ("country", "region", "languages", "max_meetings", "unavailable")
LAYOUT = Layout("participants.csv", columns=NEEDED + OPTIONAL, needed=NEEDED)
NO_ABSENCES: tuple[Interval, ...] = ()
NO_LANGUAGES: tuple[str, ...] = ()
Value = TypeVar("Value")


@dataclass(slots=True)
class ParticipantsFile:
    """Who stands in the file; `lines` has every id met, in rows that are wrong too.

    Not `complete` where rows could not be read: then an id that is not here may be known after all.
    """

    people: list[Person] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    complete: bool = True

    def known(self, text: str) -> str:
        """The shape of an id in another file."""
        identity = text.strip()
        if identity not in self.lines and self.complete:
            # Ids that look alike are mostly different people: only capitals are a slip for sure.
            same = [known for known in self.lines if known.casefold() == identity.casefold()]
            correct = f"write {shown(same[0])}" if same else "correct the id"
            right = f"{correct}, or add a row with this id to {LAYOUT.file}"
            raise NotRight(f"there is no participant {shown(identity)}", right)
        return identity


def read_participants(text: str, zone: ZoneInfo, problems: Problems) -> ParticipantsFile:
    table = read_table(LAYOUT, text, problems)
    file = ParticipantsFile(complete=table.complete and "id" in table.columns)
    ids = _Unique("id", "participant", shapes.file_key, "give every participant another id")
    emails = _Unique("email", "e-mail address", str.casefold, "one person takes part once")
    for row in table.rows:
        identity = ids.checked(row, row.needed("id", shapes.identifier, ""))
        file.lines.setdefault(row.text("id").strip(), row.line)
        if row.whole:
            person = _person(row, identity, zone)
            emails.checked(row, person.email)
            file.people.append(person)
    return file


def _person(row: Row, identity: str, zone: ZoneInfo) -> Person:
    country = row.optional("country", geography.country, "")
    region = row.optional("region", geography.region, "")
    with row.problems.at(row.place("region")):
        geography.check_agreement(region, country)
    return Person(
        id=identity,
        name=row.needed("name", shapes.line(shapes.PERSON), ""),
        email=row.needed("email", shapes.email, ""),
        type=row.needed("type", shapes.line(shapes.TYPE), ""),
        organisation=row.needed("organisation", shapes.line(shapes.ORGANISATION), ""),
        country=country,
        region=region,
        languages=row.optional("languages", geography.languages, NO_LANGUAGES),
        max_meetings=row.optional("max_meetings", shapes.count, None),
        absences=row.optional("unavailable", partial(moments.intervals, zone=zone), NO_ABSENCES),
    )


class _Unique:
    """Finds the second row with the same value, the same in the sense of `key`."""

    def __init__(self, column: str, what: str, key: Callable[[str], str], right: str) -> None:
        self.column, self.what, self.key, self.right = column, what, key, right
        self.first: dict[str, tuple[str, int]] = {}

    def checked(self, row: Row, value: str) -> str:
        if not value:
            return value
        first, line = self.first.setdefault(self.key(value), (value, row.line))
        if line != row.line:
            as_written = "" if first == value else f", as {shown(first)}"
            wrong = f"the {self.what} {shown(value)} is in line {line} already{as_written}"
            row.problems.add(row.place(self.column), wrong, self.right)
        return value
