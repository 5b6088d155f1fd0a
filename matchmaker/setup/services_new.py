"""Making a new event from an outline."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.events.models_look import EventLogo
from matchmaker.events.services import create_event
from matchmaker.extensions import db
from matchmaker.programme.models import Session
from matchmaker.questions.options import new_key
from matchmaker.questions.services import add_question
from matchmaker.registration.models_points import VideoRoom
from matchmaker.setup.copying import outline_of_event
from matchmaker.setup.outlines import Outline
from matchmaker.setup.templates import outline_of_template

DOUBLE_CLICK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What an organiser says of a new event. `begun_from` is a template's name or an event.

    Without a `last` day it goes on as long as what it is begun from; with one, nothing of that is
    taken which would lie after it. Whether `programme` and `questions` come along is asked of an
    earlier event alone.
    """

    begun_from: str | Event
    name: str
    place: str
    first: date
    last: date | None
    timezone: str
    languages: list[str]
    programme: bool = True
    questions: bool = True


def start_event(user: User, new: NewEvent) -> Event:
    """Make a draft that `user` owns; the one just made, where the button was pressed twice."""
    db.session.refresh(user, with_for_update=True)
    twin = _just_made(user, new)
    if twin is not None:
        return twin
    with force_locale(new.languages[0]):
        outline = _outline(new)
    event = _create(user, new, outline)
    _fill(event, user, outline)
    record(
        "event created",
        event_id=event.id,
        actor_id=user.id,
        subject=event.slug,
        begun_from=new.begun_from if isinstance(new.begun_from, str) else new.begun_from.slug,
    )
    db.session.flush()
    return event


def _outline(new: NewEvent) -> Outline:
    zone = ZoneInfo(new.timezone)
    if isinstance(new.begun_from, str):
        return outline_of_template(new.begun_from, new.first, zone)
    return outline_of_event(
        new.begun_from, new.first, zone, programme=new.programme, questions=new.questions
    )


def _create(user: User, new: NewEvent, outline: Outline) -> Event:
    zone = ZoneInfo(new.timezone)
    last = new.last or new.first + timedelta(days=outline.days - 1)
    return create_event(
        slug=_free_slug(new.name),
        name=new.name,
        place=new.place,
        timezone=new.timezone,
        languages=new.languages,
        starts_on=new.first,
        ends_on=last,
        organiser_email=user.email,
        topics=outline.topics,
        types=outline.types,
        permissions=outline.permissions,
        blocks=[b for b in outline.blocks if b.start.astimezone(zone).date() <= last],
        points=outline.points,
        organisers=[user],
        **outline.settings,
    )


def _fill(event: Event, user: User, outline: Outline) -> None:
    sessions = [
        each
        for each in outline.sessions
        if each.start.astimezone(event.zone).date() <= event.ends_on
    ]
    for place, each in enumerate(sessions):
        db.session.add(
            Session(
                event_id=event.id,
                title=each.title,
                starts_at=each.start,
                ends_at=each.end,
                room=each.room,
                speaker=each.speaker,
                abstract=each.abstract,
                travel_minutes=each.travel_minutes,
                position=place,
            )
        )
    for point in event.points:
        if point.name in outline.links:
            db.session.add(VideoRoom(point_id=point.id, link=outline.links[point.name]))
    for kind in event.types:
        kind.places = outline.places.get(kind.name)
    if outline.logo is not None:
        large, small = outline.logo
        db.session.add(EventLogo(event_id=event.id, large=large, small=small))
    for question in outline.questions:
        add_question(event, user, question)


def _just_made(user: User, new: NewEvent) -> Event | None:
    own = select(Event).join(EventOrganiser).where(EventOrganiser.user_id == user.id)
    return db.session.scalar(
        own.where(
            Event.name == new.name,
            Event.starts_on == new.first,
            Event.created_at > now() - DOUBLE_CLICK,
        )
    )


def _free_slug(name: str) -> str:
    key = new_key({"": name}, set())
    taken = select(Event.slug).where(Event.slug.startswith(key, autoescape=True))
    return new_key({"": name}, set(db.session.scalars(taken)))
