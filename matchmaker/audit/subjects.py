"""Whom and what the entries of a page speak of, by name; a fixed number of reads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from matchmaker.agenda.models import Meeting
from matchmaker.audit.models import AuditEntry
from matchmaker.audit.words import VALUE_WORDS
from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.formatting import at
from matchmaker.registration.models import Participant

MEETING = re.compile(r"meeting (\d+)")
PAIR = re.compile(r"pair (\d+) (\d+)")
PERSON = re.compile(r"participant (.+)")
NUMBERED = re.compile(r"(run|agenda) (\d+)")


class Person(NamedTuple):
    id: int
    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about, in words; `person_id` where it is one who is still there."""

    words: str
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Names by the references and ids that entries hold."""

    people: Mapping[str, Person]
    by_id: Mapping[int, str]
    meetings: Mapping[int, str]
    slots: Mapping[int, datetime]
    points: Mapping[int, str]
    slug: str

    def subject(self, entry: AuditEntry) -> Subject:
        said = entry.subject
        of_person = PERSON.fullmatch(said)
        person = self.people.get(of_person[1] if of_person else said)
        if person is not None:
            return Subject(person.name or person.ref, person.id)
        words = VALUE_WORDS["kind"].get(said, said)
        return Subject(
            "" if said == self.slug else self._pair(said) or _numbered(said) or str(words)
        )

    def place(self, cell: Any, zone: tzinfo) -> str:
        """A slot and a meeting point by id."""
        if not isinstance(cell, list) or len(cell) != 2:
            return ""
        slot, point = cell
        when = self.slots.get(slot)
        said = (at(when, zone) if when else "", self.points.get(point, ""))
        return " · ".join(filter(None, said))

    def of_field(self, name: str, value: Any, zone: tzinfo) -> str:
        """The name of what a field names by its id."""
        if not isinstance(value, int):
            return ""
        if name == "slot_id" and value in self.slots:
            return at(self.slots[value], zone)
        known = {"participant": self.by_id, "point": self.points, "point_id": self.points}
        return known.get(name, {}).get(value, "")

    def _pair(self, said: str) -> str:
        pair, meeting = PAIR.fullmatch(said), MEETING.fullmatch(said)
        if pair:
            return _two(*(self.by_id.get(int(one), "…") for one in pair.groups()))
        return self.meetings.get(int(meeting[1]), "") if meeting else ""


def names_for(event: Event, entries: Sequence[AuditEntry]) -> Named:
    """In four reads, however many entries there are."""
    people = _people(event, entries)
    return Named(
        people={person.ref: person for person in people},
        by_id={person.id: person.name or person.ref for person in people},
        meetings=_meetings(event, entries),
        slots=_ever(event, Slot, Slot.starts_at),
        points=_ever(event, MeetingPoint, MeetingPoint.name),
        slug=event.slug,
    )


def _ever(event: Event, part: type[Slot] | type[MeetingPoint], column: Any) -> dict[int, Any]:
    """By id, those taken out of the event too."""
    once = or_(part.event_id == event.id, part.removed_from_id == event.id)
    return dict(db.session.execute(select(part.id, column).where(once)).all())


def _people(event: Event, entries: Sequence[AuditEntry]) -> list[Person]:
    refs = {PERSON.sub(r"\1", entry.subject) for entry in entries}
    ids = {int(one) for entry in entries for one in _ids_in(entry)}
    rows = select(Participant.id, Participant.ref, Participant.name).where(
        Participant.event_id == event.id,
        or_(Participant.ref.in_(refs), Participant.id.in_(ids)),
    )
    return [Person(*row) for row in db.session.execute(rows)]


def _ids_in(entry: AuditEntry) -> tuple[Any, ...]:
    pair, told = PAIR.fullmatch(entry.subject), entry.details.get("participant")
    return (pair.groups() if pair else ()) + ((told,) if isinstance(told, int) else ())


def _meetings(event: Event, entries: Sequence[AuditEntry]) -> dict[int, str]:
    found = (MEETING.fullmatch(entry.subject) for entry in entries)
    a, b = aliased(Participant), aliased(Participant)
    rows = (
        select(Meeting.id, a.name, b.name)
        .join(a, a.id == Meeting.a_id)
        .join(b, b.id == Meeting.b_id)
        .where(Meeting.event_id == event.id, Meeting.id.in_({int(m[1]) for m in found if m}))
    )
    return {one: _two(first, second) for one, first, second in db.session.execute(rows)}


def _two(first: str, second: str) -> str:
    return str(_("%(first)s and %(second)s", first=first, second=second))


def _numbered(said: str) -> str:
    found = NUMBERED.fullmatch(said)
    if found is None:
        return ""
    if found[1] == "run":
        return str(_("Run %(number)s", number=found[2]))
    return str(_("Version %(number)s", number=found[2]))
