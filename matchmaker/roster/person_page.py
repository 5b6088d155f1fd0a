"""What the organiser sees of one person; whom they will not meet is not even counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from matchmaker.agenda.models import Meeting
from matchmaker.audit.log_page import Line, lines_of
from matchmaker.audit.queries import Wanted, log_page
from matchmaker.events.models import MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.messages.models import Mail
from matchmaker.organisations.regions import region_name
from matchmaker.own_texts import OwnText
from matchmaker.people.facets import language_name
from matchmaker.programme.models import Session
from matchmaker.questions.shown import ShownAnswer, shown_answers
from matchmaker.registration.consents import consents_of
from matchmaker.registration.models import Absence, Participant
from matchmaker.registration.models_consents import Consent
from matchmaker.registration.queries_sessions import sessions_attended
from matchmaker.roster.models import Invitation
from matchmaker.roster.queries import tags_of
from matchmaker.wishes.models import Request, Wish

LATEST = 50


@dataclass(frozen=True, slots=True)
class MetWith:
    name: str
    starts_at: datetime
    point: str


@dataclass(frozen=True, slots=True)
class Asked:
    name: str
    by_me: bool
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PersonPage:
    """`away` are times taken off, without what the sessions take that they attend."""

    about: OwnText
    region: str
    languages: list[str]
    away: list[Absence]
    answers: list[ShownAnswer]
    tags: list[str]
    invitation: Invitation | None
    items: list[tuple[str, OwnText]]
    wishes_made: int
    wishes_received: int
    requests: list[Asked]
    meetings: list[MetWith]
    sessions: list[Session]
    mails: list[Mail]
    consents: list[Consent]
    history: list[Line]


def person_page(person: Participant, locale: str, *, to_organisers: bool) -> PersonPage:
    """Helpers see the answers that participants may see."""
    return PersonPage(
        about=person.about_in(locale),
        region=_region(person, locale),
        languages=[language_name(code) for code in person.languages],
        away=person.own_absences,
        answers=shown_answers(person, locale, to_organisers=to_organisers),
        tags=tags_of([person.id]).get(person.id, []),
        invitation=db.session.get(Invitation, person.id),
        items=_items(person, locale),
        wishes_made=_wishes(Wish.person_id, person),
        wishes_received=_wishes(Wish.other_id, person),
        requests=_requests(person),
        meetings=_meetings(person),
        sessions=sessions_attended(person),
        mails=_mails(person),
        consents=consents_of(person),
        history=_history(person),
    )


def _region(person: Participant, locale: str) -> str:
    home = person.organisation
    code = person.region or (home.region if home else "") or ""
    return region_name(code, locale)


def _items(person: Participant, locale: str) -> list[tuple[str, OwnText]]:
    own = select(Item).where(Item.participant_id == person.id)
    rows = db.session.scalars(own.order_by(Item.kind.desc(), Item.position, Item.id))
    return [(item.kind, item.text_in(locale)) for item in rows]


def _wishes(column: Any, person: Participant) -> int:
    counted = select(func.count()).where(column == person.id, Wish.level != "no")
    return db.session.scalar(counted) or 0


def _requests(person: Participant) -> list[Asked]:
    rows = (
        select(Request)
        .where(or_(Request.asker_id == person.id, Request.answerer_id == person.id))
        .order_by(Request.created_at.desc(), Request.id)
    )
    found = list(db.session.scalars(rows))
    names = _names({each.asker_id for each in found} | {each.answerer_id for each in found})
    return [
        Asked(
            names[each.answerer_id if each.asker_id == person.id else each.asker_id],
            each.asker_id == person.id,
            str(each.state),
            each.created_at,
        )
        for each in found
    ]


def _meetings(person: Participant) -> list[MetWith]:
    rows = (
        select(Meeting.a_id, Meeting.b_id, Slot.starts_at, MeetingPoint.name)
        .join(Slot, Meeting.slot_id == Slot.id)
        .join(MeetingPoint, Meeting.point_id == MeetingPoint.id)
        .where(
            or_(Meeting.a_id == person.id, Meeting.b_id == person.id),
            Meeting.state == "confirmed",
        )
        .order_by(Slot.starts_at)
    )
    found = db.session.execute(rows).all()
    names = _names({one for row in found for one in row[:2]})
    return [
        MetWith(names[b if a == person.id else a], starts_at, point)
        for a, b, starts_at, point in found
    ]


def _names(ids: set[int]) -> dict[int, str]:
    rows = select(Participant.id, Participant.name).where(Participant.id.in_(ids))
    return {one: name for one, name in db.session.execute(rows)}


def _mails(person: Participant) -> list[Mail]:
    """Those of this event alone: others may hold what signs the person in."""
    rows = select(Mail).where(Mail.event_id == person.event_id, Mail.user_id == person.user_id)
    newest = rows.order_by(Mail.created_at.desc(), Mail.id.desc()).limit(LATEST)
    return list(db.session.scalars(newest))


def _history(person: Participant) -> list[Line]:
    found = log_page(person.event, Wanted(about=person.ref), None)
    return lines_of(person.event, found.entries, found.actors)
