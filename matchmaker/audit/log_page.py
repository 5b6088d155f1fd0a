"""The entries of the log as people read them: by day on the page, a row each in a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from flask_babel import gettext as _

from matchmaker.audit.changes import Change, changes_of
from matchmaker.audit.models import AuditEntry
from matchmaker.audit.queries import Found, Wanted, actors_of, batches
from matchmaker.audit.subjects import Subject, names_for
from matchmaker.audit.words import action_words
from matchmaker.events.models import Event


@dataclass(frozen=True, slots=True)
class Line:
    """One entry; `day` is the event's."""

    at: datetime
    day: date
    who: str
    done: str
    subject: Subject
    changes: list[Change]


def days_of(event: Event, found: Found) -> list[tuple[date, list[Line]]]:
    lines = lines_of(event, found.entries, found.actors)
    return [(day, list(of_day)) for day, of_day in groupby(lines, key=attrgetter("day"))]


def lines_of(event: Event, entries: Sequence[AuditEntry], actors: dict[int, str]) -> list[Line]:
    named, zone = names_for(event, entries), event.zone
    return [
        Line(
            at=entry.at,
            day=entry.at.astimezone(zone).date(),
            who=_who(entry, actors),
            done=action_words(entry.action),
            subject=named.subject(entry),
            changes=changes_of(entry, zone, named),
        )
        for entry in entries
    ]


def table_rows(event: Event, wanted: Wanted) -> Iterator[list[str]]:
    """The headings, then a row an entry; read as it is sent, so that any length fits."""
    yield [_("When"), _("Who"), _("What was done"), _("About"), _("From what to what")]
    for entries in batches(event, wanted):
        for line in lines_of(event, entries, actors_of(entries)):
            when = line.at.astimezone(event.zone).isoformat(" ", "seconds")
            said = "; ".join(_said(change) for change in line.changes)
            yield [when, line.who, line.done, line.subject.words, said]


def _who(entry: AuditEntry, actors: dict[int, str]) -> str:
    if entry.actor_id is None:
        return str(_("The program, or somebody erased"))
    return actors.get(entry.actor_id, "")


def _said(change: Change) -> str:
    if not change.before:
        return f"{change.name}: {change.after}"
    return f"{change.name}: {change.before} → {change.after}"
