"""Reads of the log: a page of it, newest first, and what there is to narrow it to."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, or_, select

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.audit.words import actions_that_say
from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.models import Participant

A_PAGE = 50
A_BATCH = 1000
SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; empty means all. `actor` is the id of an account, or `SYSTEM`."""

    q: str = ""
    action: str = ""
    actor: str = ""
    about: str = ""
    day: date | None = None

    def given(self) -> dict[str, Any]:
        """As the address says it."""
        said = {"q": self.q, "action": self.action, "actor": self.actor, "about": self.about}
        said["day"] = self.day.isoformat() if self.day else ""
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Found:
    """`older` is the last entry of the page where there are more."""

    entries: Sequence[AuditEntry]
    actors: dict[int, str]
    older: int | None


def log_page(event: Event, wanted: Wanted, before: int | None) -> Found:
    """The entries before the one of this id; without it the newest."""
    rows = _before(event, _matching(event, wanted), before)
    entries = list(db.session.scalars(rows.limit(A_PAGE + 1)))
    shown = entries[:A_PAGE]
    older = shown[-1].id if len(entries) > A_PAGE else None
    return Found(shown, actors_of(shown), older)


def batches(event: Event, wanted: Wanted) -> Iterator[list[AuditEntry]]:
    """Everything that fits, newest first, a thousand at a time."""
    matching, before = _matching(event, wanted), None
    while True:
        rows = _before(event, matching, before).limit(A_BATCH)
        entries = list(db.session.scalars(rows))
        yield entries
        if len(entries) < A_BATCH:
            return
        before = entries[-1].id
        for entry in entries:
            db.session.expunge(entry)


def actors_of(entries: Sequence[AuditEntry]) -> dict[int, str]:
    ids = {entry.actor_id for entry in entries} - {None}
    rows = select(User.id, User.name, User.email).where(User.id.in_(ids))
    return {one: name or email for one, name, email in db.session.execute(rows)}


def actors_in(event: Event) -> list[tuple[int, str]]:
    """Everybody who did something, by name."""
    ids = select(AuditEntry.actor_id).where(AuditEntry.event_id == event.id).distinct()
    rows = select(User.id, User.name, User.email).where(User.id.in_(ids))
    named = [(one, name or email) for one, name, email in db.session.execute(rows)]
    return by_name(named, lambda pair: pair[1])


def actions_in(event: Event) -> list[str]:
    rows = select(AuditEntry.action).where(AuditEntry.event_id == event.id).distinct()
    return list(db.session.scalars(rows))


def _before(event: Event, matching: Select[AuditEntry], before: int | None) -> Select[AuditEntry]:
    """Keyset paging: how far back one reads costs nothing, and new entries shift no page."""
    if before is not None:
        row = select(AuditEntry.at, AuditEntry.id).where(AuditEntry.event_id == event.id)
        last = db.session.execute(row.where(AuditEntry.id == before)).first()
        if last is not None:
            earlier = or_(AuditEntry.at < last.at, AuditEntry.id < last.id)
            matching = matching.where(AuditEntry.at <= last.at, earlier)
    return matching.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def _matching(event: Event, wanted: Wanted) -> Select[AuditEntry]:
    rows = select(AuditEntry).where(AuditEntry.event_id == event.id)
    if wanted.action:
        rows = rows.where(AuditEntry.action == wanted.action)
    if wanted.actor == SYSTEM:
        rows = rows.where(AuditEntry.actor_id.is_(None))
    elif wanted.actor:
        rows = rows.where(AuditEntry.actor_id == int(wanted.actor))
    if wanted.about:
        rows = rows.where(AuditEntry.subject == wanted.about)
    if wanted.day:
        first, last = _bounds(wanted.day, event)
        rows = rows.where(AuditEntry.at >= first, AuditEntry.at < last)
    return rows.where(_says(event, wanted.q)) if wanted.q else rows


def _bounds(day: date, event: Event) -> tuple[datetime, datetime]:
    midnight = datetime.combine(day, time(), event.zone)
    return midnight, datetime.combine(day + timedelta(days=1), time(), event.zone)


def _says(event: Event, text: str) -> ColumnElement[bool]:
    """Who did it, to whom, what was done in the reader's words, or what stands in the entry."""
    actors = select(User.id).where(or_(_like(User.name, text), _like(User.email, text)))
    named = select(Participant.ref).where(
        Participant.event_id == event.id, _like(Participant.name, text)
    )
    return or_(
        AuditEntry.action.in_(actions_that_say(text)),
        AuditEntry.actor_id.in_(actors),
        AuditEntry.subject.in_(named),
        _like(AuditEntry.subject, text),
        _like(cast(AuditEntry.details, Text), text, as_json=True),
    )


def _like(column: Any, text: str, *, as_json: bool = False) -> ColumnElement[bool]:
    """Whether it stands in the column; SQLite folds only ASCII, so other letters in each form."""
    forms = {text} if text.isascii() else {text, text.lower(), text.upper(), text.capitalize()}
    written = {json.dumps(form)[1:-1] for form in forms} if as_json else forms
    return or_(*(column.icontains(form, autoescape=True) for form in sorted(written)))
