"""Creating events, settling how they work, and moving them through their phases."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.errors import Conflict
from matchmaker.events import building
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.events.parts import NewBlock, NewPermission, NewPoint, NewTopic
from matchmaker.events.phases import Phase
from matchmaker.events.roles import Role
from matchmaker.extensions import db


def create_event(
    *,
    slug: str,
    name: str,
    timezone: str,
    starts_on: date,
    ends_on: date,
    organiser_email: str,
    topics: Sequence[NewTopic] = (),
    types: Sequence[str] = (),
    permissions: Iterable[NewPermission] | None = None,
    blocks: Sequence[NewBlock] = (),
    points: Sequence[NewPoint] = (),
    organisers: Iterable[User] = (),
    **settings: Any,
) -> Event:
    """Create an event with all its parts.

    `settings` are further columns of `Event`: tagline, description, place, venue, languages, phase,
    approval, consent, max_meetings, weights.
    """
    event = Event(
        slug=slug,
        name=name,
        timezone=timezone,
        starts_on=starts_on,
        ends_on=ends_on,
        organiser_email=organiser_email,
        **settings,
    )
    _enter(event)
    # An insert takes nothing for "not said", and puts the default there.
    for name in (name for name, value in settings.items() if value is None):
        setattr(event, name, None)
    building.add_types(event, types)
    building.add_permissions(event, permissions)
    building.add_topics(event, topics)
    building.add_blocks(event, blocks)
    building.add_points(event, points)
    for user in organisers:
        add_organiser(event, user)
    db.session.refresh(event)
    return event


def add_organiser(event: Event, user: User, role: Role = Role.OWNER) -> None:
    """Put `user` on the event's team; nothing happens if they are already."""
    if db.session.get(EventOrganiser, (event.id, user.id)) is None:
        db.session.add(EventOrganiser(event_id=event.id, user_id=user.id, role=role))
        db.session.flush()


def hold_agenda(event: Event) -> None:
    """From here to the end of the transaction nobody else changes a meeting of the event."""
    row = select(Event.id).where(Event.id == event.id)
    db.session.execute(row.with_for_update(key_share=True))


def hold_parts(event: Event) -> None:
    """Hold the agenda; no type or topic is taken out while one is chosen, nor places changed."""
    hold_agenda(event)
    db.session.expire(event, ["places", "types", "topics"])


def change_settings(event: Event, user: User, *, version: int, **settings: Any) -> list[str]:
    """Save what differs and say which settings did.

    Raises:
        Conflict: the event was changed since `version` was read.
    """
    if event.version != version:
        raise Conflict(
            _(
                "Somebody else changed these settings while you had them open. Yours are kept"
                " below and not saved yet. Compare, then save again."
            )
        )
    before = {name: getattr(event, name) for name in settings}
    changed = [name for name, value in settings.items() if before[name] != value]
    for name in changed:
        setattr(event, name, settings[name])
    if changed:
        db.session.flush()
        record(
            "event settings changed",
            event_id=event.id,
            actor_id=user.id,
            subject=event.slug,
            **{name: [before[name], settings[name]] for name in changed},
        )
    return changed


def move_phase(event: Event, phase: Phase, user: User) -> bool:
    """Move the event to another phase, forward or back; nothing is deleted. False if there.

    Later features hear of it, since who takes part is not known here.
    """
    if event.phase == phase:
        return False
    before = Phase(event.phase)
    event.phase = phase
    db.session.flush()
    record(
        "phase moved",
        event_id=event.id,
        actor_id=user.id,
        subject=event.slug,
        phase=[str(before), str(phase)],
    )
    current_app.extensions["matchmaker.phase_moved"](event)
    return True


def _enter(event: Event) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(event)
    except IntegrityError as error:
        if db.session.query(Event.id).filter_by(slug=event.slug).first() is None:
            raise
        sentence = _("There already is an event at the address %(slug)s. Choose another.")
        raise Conflict(sentence % {"slug": event.slug}) from error
