"""Questions about the demonstration in the database."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event
from matchmaker.events.queries_team import team_of
from matchmaker.events.roles import Role
from matchmaker.extensions import db
from matchmaker.matching.models import Run
from matchmaker.registration.models import Participant, Status

LOADED = "demonstration loaded"


def find_demo() -> Event | None:
    """The event that was entered as the demonstration, if it is still there."""
    return db.session.scalar(
        select(Event)
        .join(AuditEntry, AuditEntry.event_id == Event.id)
        .where(AuditEntry.action == LOADED)
        .order_by(Event.id)
    )


def latest_run(event: Event) -> Run | None:
    return db.session.scalar(
        select(Run).where(Run.event_id == event.id).order_by(Run.number.desc()).limit(1)
    )


def organiser_of(event: Event) -> User | None:
    owners = (each.user for each in team_of(event) if each.role == Role.OWNER)
    return next(owners, None)


def guests_of(event: Event, refs: Sequence[str]) -> list[Participant]:
    """Those a visitor may sign in as, in the order of `refs`."""
    found = db.session.scalars(
        select(Participant)
        .where(
            Participant.event_id == event.id,
            Participant.ref.in_(refs),
            Participant.status == Status.APPROVED,
        )
        .options(
            joinedload(Participant.user),
            joinedload(Participant.type),
            joinedload(Participant.organisation),
        )
    )
    return sorted(found, key=lambda guest: refs.index(guest.ref))
