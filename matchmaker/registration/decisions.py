"""What becomes of a registration: sent, approved, rejected, withdrawn; and who is told."""

from flask_babel import gettext as _

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.registration import mails
from matchmaker.registration.leaving import tell_left
from matchmaker.registration.models import OUT, Participant, Status
from matchmaker.registration.queries import pending_participants
from matchmaker.registration.services import WITHDREW
from matchmaker.registration.waiting import has_place, let_next_in, put_on_list

DECIDABLE = frozenset({Status.PENDING, Status.WAITING, Status.APPROVED, Status.REJECTED})


def send_registration(participant: Participant) -> bool:
    """Finish registering: in at once, on the waiting list, or waiting for the organiser.

    False if it was sent before.
    """
    hold_agenda(participant.event)
    _lock(participant)
    if participant.status != Status.REGISTERING:
        return False
    if participant.organisation_id is None or participant.type_id is None:
        raise Invalid(_("First say who you are and for which organisation you come."))
    automatic = participant.event.approval == "automatic"
    if automatic and not has_place(participant):
        put_on_list(participant)
        return True
    participant.status = Status.APPROVED if automatic else Status.PENDING
    participant.decided_at = now() if automatic else None
    db.session.flush()
    if automatic:
        mails.mail_approved(participant)
    else:
        mails.mail_received(participant)
        mails.mail_to_approve(participant)
    return True


def approve(participant: Participant, user: User) -> bool:
    """Let the participant in, or on the waiting list if all places are taken. False if they are."""
    hold_agenda(participant.event)
    _lock(participant)
    if participant.is_approved:
        return False
    if not has_place(participant):
        return _wait(participant, user)
    if not _decide(participant, user, Status.APPROVED):
        return False
    participant.waiting_since = None
    mails.mail_approved(participant)
    return True


def _wait(participant: Participant, user: User) -> bool:
    """Approved but for the place: whoever waits longest comes in when one is free."""
    if not _decide(participant, user, Status.WAITING):
        return False
    put_on_list(participant)
    return True


def reject(participant: Participant, user: User) -> bool:
    """Decline the registration. False if it is declined."""
    hold_agenda(participant.event)
    if not _decide(participant, user, Status.REJECTED):
        return False
    tell_left(participant)
    mails.mail_rejected(participant)
    let_next_in(participant.event)
    return True


def approve_all(event: Event, user: User) -> int:
    """Let in everybody who waits, and say how many."""
    return sum(approve(participant, user) for participant in pending_participants(event))


def withdraw(participant: Participant) -> bool:
    """Take the participant off the event; what they entered is kept. False if they are off.

    Their meetings to come are called off at once, and the others told.
    """
    hold_agenda(participant.event)
    _lock(participant)
    if participant.status in OUT:
        return False
    was_in = participant.is_approved
    participant.status = Status.WITHDRAWN
    db.session.flush()
    record(
        WITHDREW,
        event_id=participant.event_id,
        actor_id=participant.user_id,
        subject=participant.ref,
    )
    if was_in:
        tell_left(participant)
        mails.mail_withdrawn(participant)
        let_next_in(participant.event)
    return True


def _decide(participant: Participant, user: User, status: Status) -> bool:
    _lock(participant)
    before = Status(participant.status)
    if before == status:
        return False
    if before not in DECIDABLE:
        raise Conflict(_undecidable(participant))
    participant.status = status
    participant.decided_at = now()
    db.session.flush()
    record(
        f"participant {status}",
        event_id=participant.event_id,
        actor_id=user.id,
        subject=participant.ref,
        status=[str(before), str(status)],
    )
    return True


def _undecidable(participant: Participant) -> str:
    sentence: str = _(
        "%(name)s has withdrawn or not finished registering, so there is nothing to decide."
        " They can send their registration (again) from their own page.",
        name=participant.name,
    )
    return sentence


def _lock(participant: Participant) -> None:
    """See the row as it is now, and let nobody decide at the same time.

    Its row alone: PostgreSQL locks none of those that were loaded along with it.
    """
    db.session.refresh(participant, with_for_update={"of": Participant})
