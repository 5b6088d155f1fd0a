"""Putting up an event's logo, and taking it down."""

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.events.models import Event
from matchmaker.events.models_look import EventLogo
from matchmaker.extensions import db
from matchmaker.pictures import make_picture


def set_logo(event: Event, user: User, content: bytes) -> None:
    made = make_picture(content, whole=True)
    db.session.merge(EventLogo(event_id=event.id, large=made.large, small=made.small))
    _note(event, user, made.print)


def remove_logo(event: Event, user: User) -> bool:
    """False where there is none."""
    logo = db.session.get(EventLogo, event.id)
    if logo is None:
        return False
    db.session.delete(logo)
    _note(event, user, "")
    return True


def _note(event: Event, user: User, print_: str) -> None:
    record(
        "event settings changed",
        event_id=event.id,
        actor_id=user.id,
        subject=event.slug,
        logo=[event.logo, print_],
    )
    event.logo = print_
    db.session.flush()
