"""`participants.csv`: who takes part."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from matchmaker.exchange import geography, moments, shapes
from matchmaker.exchange.problems import NotRight, Problems, shown
from matchmaker.exchange.sessions import named_sessions
from matchmaker.exchange.tables import Layout, Row, read_table
from matchmaker.matching.snapshot import Interval, Person
from matchmaker.registration.models_tags import LONGEST_TAG

NEEDED = ("id", "name", "email", "type", "organisation")
OPTIONAL = (
    *("country", "region", "languages", "max_meetings", "unavailable", "attendance"),
    *("sessions", "tags"),
)
ATTENDANCES = ("on site", "online")
LAYOUT = Layout("participants.csv", columns=NEEDED + OPTIONAL, needed=NEEDED)
NO_ABSENCES: tuple[Interval, ...] = ()
NO_LANGUAGES: tuple[str, ...] = ()
NO_SESSIONS: tuple[str, ...] = ()
NO_TAGS: tuple[str, ...] = ()


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
            wrong = _("there is no participant %(id)s", id=shown(identity))
            raise NotRight(wrong, _another_id(same))
        return identity


def _another_id(alike: list[str]) -> str:
    if not alike:
        return str(_("correct the id, or add a row with this id to %(file)s", file=LAYOUT.file))
    return str(
        _(
            "write %(id)s, or add a row with this id to %(file)s",
            id=shown(alike[0]),
            file=LAYOUT.file,
        )
    )


def read_participants(
    text: str, zone: ZoneInfo, sessions: Collection[str] | None, problems: Problems
) -> ParticipantsFile:
    """`sessions` are the ids that the event's programme has, where that could be read."""
    table = read_table(LAYOUT, text, problems)
    file = ParticipantsFile(complete=table.complete and "id" in table.columns)
    first: dict[str, tuple[str, int]] = {}
    for row in table.rows:
        identity = row.needed("id", shapes.identifier, "")
        _check_once(row, identity, first)
        file.lines.setdefault(row.text("id").strip(), row.line)
        if row.whole:
            file.people.append(_person(row, identity, zone, sessions))
    return file


def _person(row: Row, identity: str, zone: ZoneInfo, sessions: Collection[str] | None) -> Person:
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
        sessions=row.optional("sessions", partial(named_sessions, known=sessions), NO_SESSIONS),
        online=row.optional("attendance", _attendance(), "on site") == "online",
        tags=row.optional("tags", shapes.several_lines(LONGEST_TAG), NO_TAGS),
    )


def _attendance() -> Callable[[str], str]:
    return shapes.one_of(ATTENDANCES, _("way of taking part"))


def _check_once(row: Row, identity: str, first: dict[str, tuple[str, int]]) -> None:
    """Ids become names of files, so they differ in more than capitals."""
    before, line = first.setdefault(shapes.file_key(identity), (identity, row.line))
    if identity and line != row.line:
        wrong = _(
            "the participant %(id)s is in line %(line)d already", id=shown(identity), line=line
        )
        if before != identity:
            wrong = _(
                "the participant %(id)s is in line %(line)d already, as %(before)s",
                id=shown(identity),
                line=line,
                before=shown(before),
            )
        row.problems.add(row.place("id"), wrong, _("give every participant another id"))
