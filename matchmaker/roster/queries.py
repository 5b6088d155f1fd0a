"""The organiser's people: who fits a filter, and one page of them; a fixed number of reads."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting
from matchmaker.audit.models import AuditEntry
from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.names import fold
from matchmaker.organisations.sizes import SIZES
from matchmaker.paging import page_of
from matchmaker.programme.models import Session
from matchmaker.registration.models import Participant
from matchmaker.registration.models_sessions import SessionChoice
from matchmaker.registration.models_tags import Tag
from matchmaker.registration.models_views import SavedView
from matchmaker.registration.services import CAME_FOR_ANOTHER
from matchmaker.roster.filters import HAS, WITH, Wanted
from matchmaker.wishes.models import Wish

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One participant as the filters see them."""

    id: int
    name: str
    status: str
    type_id: int | None
    created_at: datetime
    languages: Sequence[str]
    organisation: str
    kind: str
    size: str
    country: str
    email: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to narrow to, and how many are in each state."""

    statuses: Counter[str]
    countries: list[str]
    kinds: list[str]
    sizes: list[str]
    languages: list[str]
    tags: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """`moved` are those who took another organisation since they were let in."""

    people: list[Participant]
    counts: dict[str, dict[int, int]]
    tags: dict[int, list[str]]
    moved: set[int]
    choices: Choices
    number: int
    pages: int
    found: int


def table_page(event: Event, wanted: Wanted, number: int) -> Table:
    """One page of those who fit; a number beyond the last gives the last."""
    lines = _lines(event)
    ids = [line.id for line in _ordered(_fitting(event, wanted, lines), wanted.sort)]
    shown, number, pages = page_of(ids, number, A_PAGE)
    return Table(
        people=load_people(event, shown),
        counts={name: _counts(name, shown) for name in HAS if name in wanted.columns},
        tags=tags_of(shown),
        moved=changed_organisation(event, shown),
        choices=_choices(event, lines),
        number=number,
        pages=pages,
        found=len(ids),
    )


def fitting_ids(event: Event, wanted: Wanted) -> list[int]:
    """Everybody who fits, in the order of the table."""
    return [line.id for line in _ordered(_fitting(event, wanted, _lines(event)), wanted.sort)]


def load_people(event: Event, ids: Sequence[int]) -> list[Participant]:
    """Those of the event, in the order given."""
    found: dict[int, Participant] = {}
    for start in range(0, len(ids), 500):
        rows = (
            select(Participant)
            .where(Participant.id.in_(ids[start : start + 500]), Participant.event_id == event.id)
            .options(
                joinedload(Participant.user),
                joinedload(Participant.organisation),
                joinedload(Participant.type),
            )
        )
        found |= {row.id: row for row in db.session.scalars(rows)}
    return [found[id_] for id_ in ids if id_ in found]


def tags_of(ids: Collection[int]) -> dict[int, list[str]]:
    rows = select(Tag.participant_id, Tag.tag).where(Tag.participant_id.in_(ids)).order_by(Tag.tag)
    found: dict[int, list[str]] = {}
    for person, tag in db.session.execute(rows):
        found.setdefault(person, []).append(tag)
    return found


def saved_views(event: Event) -> list[SavedView]:
    views = select(SavedView).where(SavedView.event_id == event.id)
    return by_name(db.session.scalars(views), lambda view: view.name)


def _lines(event: Event) -> list[Line]:
    rows = (
        select(
            Participant.id,
            Participant.name,
            Participant.status,
            Participant.type_id,
            Participant.created_at,
            Participant.languages,
            func.coalesce(Organisation.name, ""),
            func.coalesce(Organisation.kind, ""),
            func.coalesce(Organisation.size, ""),
            func.coalesce(Participant.country, Organisation.country, ""),
            User.email,
        )
        .join(User, Participant.user_id == User.id)
        .outerjoin(Organisation, Participant.organisation_id == Organisation.id)
        .where(Participant.event_id == event.id)
    )
    return [Line(*tuple(row)) for row in db.session.execute(rows)]


def _fitting(event: Event, wanted: Wanted, lines: Iterable[Line]) -> list[Line]:
    types = {kind.name: kind.id for kind in event.types}
    sought = fold(wanted.q)
    sets = [
        (_having(event, name), getattr(wanted, name) == WITH) for name in HAS if _asks(wanted, name)
    ]
    tagged = _tagged(event, wanted.tag) if wanted.tag else None

    def fits(line: Line) -> bool:
        return (
            (not wanted.status or line.status == wanted.status)
            and (not wanted.type or line.type_id == types.get(wanted.type, -1))
            and (not wanted.country or line.country == wanted.country)
            and (not wanted.kind or line.kind == wanted.kind)
            and (not wanted.size or line.size == wanted.size)
            and (not wanted.language or wanted.language in line.languages)
            and (tagged is None or line.id in tagged)
            and all((line.id in having) == is_wanted for having, is_wanted in sets)
            and (not sought or sought in fold(f"{line.name} {line.organisation} {line.email}"))
        )

    return [line for line in lines if fits(line)]


def _asks(wanted: Wanted, name: str) -> bool:
    return bool(getattr(wanted, name))


def _ordered(lines: list[Line], sort: str) -> list[Line]:
    if sort == "newest":
        return sorted(lines, key=lambda line: (line.created_at, line.id), reverse=True)
    named = by_name(sorted(lines, key=lambda line: line.id), lambda line: line.name)
    if sort == "name":
        return named
    return by_name(named, lambda line: str(getattr(line, sort)))


def _having(event: Event, name: str) -> set[int]:
    """Who has at least one offer, need, wish, meeting or session they attend."""
    found: set[int] = set()
    for person, condition in _where(name):
        found |= set(
            db.session.scalars(
                select(person)
                .join(Participant, Participant.id == person)
                .where(Participant.event_id == event.id, condition)
                .distinct()
            )
        )
    return found


def _counts(name: str, ids: Sequence[int]) -> dict[int, int]:
    """How many each has; a "no" is no wish to be counted."""
    counted: Counter[int] = Counter()
    for person, condition in _where(name):
        rows = select(person, func.count()).where(person.in_(ids), condition).group_by(person)
        for one, number in db.session.execute(rows):
            counted[one] += number
    return counted


def _where(name: str) -> list[tuple[Any, ColumnElement[bool]]]:
    if name in ("offers", "needs"):
        return [(Item.participant_id, Item.kind == name[:-1])]
    if name == "wishes":
        return [(Wish.person_id, Wish.level != "no")]
    if name == "sessions":
        in_programme = select(Session.id).where(Session.event_id.is_not(None))
        return [(SessionChoice.participant_id, SessionChoice.session_id.in_(in_programme))]
    confirmed = Meeting.state == "confirmed"
    return [(Meeting.a_id, confirmed), (Meeting.b_id, confirmed)]


def _tagged(event: Event, tag: str) -> set[int]:
    own = select(Tag.participant_id).join(Participant).where(Participant.event_id == event.id)
    return set(db.session.scalars(own.where(Tag.tag == tag)))


def _choices(event: Event, lines: Sequence[Line]) -> Choices:
    tags = select(Tag.tag).join(Participant).where(Participant.event_id == event.id).distinct()
    return Choices(
        statuses=Counter(line.status for line in lines),
        countries=sorted({line.country for line in lines} - {""}),
        kinds=sorted({line.kind for line in lines} - {""}),
        sizes=sorted({line.size for line in lines} - {""}, key=SIZES.index),
        languages=sorted({code for line in lines for code in line.languages}),
        tags=by_name(db.session.scalars(tags)),
    )


def changed_organisation(event: Event, ids: Collection[int]) -> set[int]:
    rows = (
        select(Participant.id)
        .join(
            AuditEntry,
            (AuditEntry.event_id == Participant.event_id)
            & (AuditEntry.subject == Participant.ref)
            & (AuditEntry.action == CAME_FOR_ANOTHER)
            & (AuditEntry.at > Participant.decided_at),
        )
        .where(Participant.event_id == event.id, Participant.id.in_(ids))
    )
    return set(db.session.scalars(rows))
