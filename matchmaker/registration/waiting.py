"""The waiting list: how many places there are, who has one, and who comes next."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import func, select

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Conflict
from matchmaker.events.models import Event
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.registration import mails
from matchmaker.registration.models import Participant, Status


class Places:
    """How many are in, overall and by type. The event's row is held while one is in hand."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.most = {kind.id: kind.places for kind in event.types}
        self.taken = count_in(event)

    def free_for(self, type_id: int | None) -> bool:
        total, most = sum(self.taken.values()), self.most.get(type_id or 0)
        if self.event.places is not None and total >= self.event.places:
            return False
        return most is None or self.taken.get(type_id, 0) < most

    def take(self, type_id: int | None) -> None:
        self.taken[type_id] = self.taken.get(type_id, 0) + 1


def count_in(event: Event) -> dict[int | None, int]:
    counted = (
        select(Participant.type_id, func.count())
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
        .group_by(Participant.type_id)
    )
    return {type_id: number for type_id, number in db.session.execute(counted)}


def has_limits(event: Event) -> bool:
    return event.places is not None or any(kind.places is not None for kind in event.types)


def has_place(participant: Participant) -> bool:
    """Whether one more of the type can be in; holds the event, so that two do not take the last."""
    event = participant.event
    hold_agenda(event)
    return not has_limits(event) or Places(event).free_for(participant.type_id)


def waiting_people(event: Event) -> list[Participant]:
    """Who waits for a place, the longest first."""
    waiting = select(Participant).where(
        Participant.event_id == event.id, Participant.status == Status.WAITING
    )
    return list(db.session.scalars(waiting.order_by(Participant.waiting_since, Participant.id)))


def put_on_list(participant: Participant) -> None:
    """The caller has locked the row, and records who did it."""
    participant.status, participant.waiting_since = Status.WAITING, now()
    db.session.flush()
    mails.mail_waiting(participant)


def let_next_in(event: Event) -> int:
    """Give free places to those who wait longest, each of their type; how many came in."""
    hold_agenda(event)
    places = Places(event)
    came = 0
    for participant in waiting_people(event):
        if places.free_for(participant.type_id):
            places.take(participant.type_id)
            _let_in(participant)
            came += 1
    return came


def set_places(
    event: Event, user: User, most: int | None, by_type: Mapping[int, int | None]
) -> int:
    """Change how many can be in; who waits comes in where there is room, and nobody goes out.

    Raises:
        Conflict: another organiser changed the event at this moment.
    """
    hold_agenda(event)
    before = {"all": event.places} | {kind.name: kind.places for kind in event.types}
    event.places = most
    for kind in event.types:
        kind.places = by_type.get(kind.id)
    after = {"all": event.places} | {kind.name: kind.places for kind in event.types}
    if before == after:
        return 0
    changed = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    record("places changed", event_id=event.id, actor_id=user.id, subject=event.slug, **changed)
    db.session.flush()
    return let_next_in(event)


def move_to_list(participant: Participant, user: User) -> bool:
    """The organiser puts somebody who asked to come on the waiting list. False if they are on it.

    Raises:
        Conflict: they are in, out, or still registering.
    """
    db.session.refresh(participant, with_for_update={"of": Participant})
    before = Status(participant.status)
    if before == Status.WAITING:
        return False
    if before not in (Status.PENDING, Status.REJECTED):
        raise Conflict(
            _("%(name)s does not wait for an answer, so nothing changed.", name=participant.name)
        )
    put_on_list(participant)
    _record(participant, before, user.id)
    return True


def _let_in(participant: Participant) -> None:
    """Nobody decided this: the log names no actor."""
    participant.status, participant.decided_at = Status.APPROVED, now()
    participant.waiting_since = None
    db.session.flush()
    _record(participant, Status.WAITING, None)
    mails.mail_approved(participant)


def _record(participant: Participant, before: Status, actor_id: int | None) -> None:
    record(
        f"participant {participant.status}",
        event_id=participant.event_id,
        actor_id=actor_id,
        subject=participant.ref,
        status=[str(before), str(participant.status)],
    )
