"""Joining an event: the steps of registering, each saved when it is taken."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Invalid, NotAllowed
from matchmaker.events.models import Event, ParticipantType
from matchmaker.events.services import hold_parts
from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.names import nearly_same
from matchmaker.organisations.queries import find_organisation
from matchmaker.organisations.services import (
    describe_organisation,
    find_or_create_organisation,
)
from matchmaker.registration.acting import own_participant
from matchmaker.registration.availability import blocked, stretches
from matchmaker.registration.consents import Purpose, set_consents
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.registration.queries import has_fixed_type, may_describe, own_participants
from matchmaker.registration.refs import new_feed_token, new_ref

WITHDREW = "participant withdrew"
CAME_FOR_ANOTHER = "participant changed organisation"
MOST_WITHDRAWALS_A_DAY = 3


def join(event: Event, user: User, *, name: str) -> Participant:
    """The user's participant row, made on the first step; coming back after withdrawing reopens it.

    Raises:
        NotAllowed: the event takes no registrations now, the organiser declined this one, or the
            person came and went too often today.
    """
    hold_parts(event)
    participant = own_participant(event, user)
    if participant is None:
        check_open(event)
        return _enter(event, user, name)
    if participant.status == Status.REJECTED:
        raise NotAllowed(_declined(event))
    if participant.status == Status.WITHDRAWN:
        check_open(event)
        _check_resolved(participant)
        participant.status = Status.REGISTERING
        db.session.flush()
    elif participant.status == Status.REGISTERING:
        check_open(event)
    return participant


def describe(
    participant: Participant,
    *,
    name: str,
    organisation: Organisation,
    type_name: str,
    languages: Sequence[str],
    listed: bool,
) -> None:
    """Save the first step: who one is, and whether others may see it.

    The type stays where the organiser let the person in as that.
    """
    check_not_held(participant, organisation)
    _tell_of_change(participant, organisation)
    participant.name = name
    participant.organisation = organisation
    if not has_fixed_type(participant):
        participant.type = _find_type(participant.event, type_name)
    participant.languages = list(languages)
    set_consents(participant, {Purpose.SHOWN: listed})
    reach(participant, 2)


def _tell_of_change(participant: Participant, organisation: Organisation) -> None:
    """The organiser let them in for another one, so the log and the table of people say it."""
    before = participant.organisation
    if participant.is_approved and before is not None and before.id != organisation.id:
        record(
            CAME_FOR_ANOTHER,
            event_id=participant.event_id,
            actor_id=participant.user_id,
            subject=participant.ref,
            organisation=[before.name, organisation.name],
        )


def check_not_held(participant: Participant, organisation: Organisation) -> None:
    """Refuse to come twice for one organisation; its further people may be looked after."""
    if not participant.in_person:
        return
    for other in own_participants(participant.event, participant.user):
        same = other.organisation_id == organisation.id and other.id != participant.id
        if same and other.in_person and other.status != Status.WITHDRAWN:
            sentence = _(
                "You take part for %(organisation)s already. Write another organisation here.",
                organisation=organisation.name,
            )
            raise Invalid(sentence, field="organisation")


def settle_organisation(
    participant: Participant, name: str, details: dict[str, Any]
) -> Organisation:
    """The organisation meant; its details are taken only where they are this person's to give."""
    own = participant.organisation
    if (
        own is not None
        and nearly_same(own.name, name)
        and may_describe(participant)
        and find_organisation(name, details["country"]) in (None, own)
    ):
        describe_organisation(own, name=name, **details)
        return own
    return find_or_create_organisation(name, **details)


def reach(participant: Participant, step: int) -> None:
    """Remember the furthest step, so that the person can go on there."""
    participant.step = max(participant.step, step)
    db.session.flush()


def set_availability(
    participant: Participant,
    *,
    free: Collection[datetime],
    max_meetings: int | None,
    unasked: Collection[datetime] = (),
) -> None:
    """Save when the person can meet: `free` holds the starts of the slots left on.

    Of the slots `unasked`, which a session takes, nothing is said. Absences stay as they were
    entered while they block the same slots; what sessions take is not touched.
    """
    slots, own = participant.event.slots, participant.own_absences
    before, said = blocked(slots, own), set(free).union(unasked)
    off = {slot.starts_at for slot in slots} - said | before.intersection(unasked)
    if off != before:
        for away in own:
            participant.absences.remove(away)
        participant.absences += [
            Absence(starts_at=start, ends_at=end) for start, end in stretches(slots, off)
        ]
    participant.max_meetings = max_meetings
    db.session.flush()


def set_attendance(participant: Participant, *, online: bool) -> None:
    """Whether the person comes, or meets by video alone; what is published stays as it is."""
    participant.online = online
    db.session.flush()


def _enter(event: Event, user: User, name: str) -> Participant:
    """Make the row; if a second tab made it a moment before, take that one.

    Where a namesake took the same `ref` a moment before, the next try finds a free one.
    """
    participant = Participant(
        event_id=event.id,
        user_id=user.id,
        ref=new_ref(event, name),
        name=name,
        feed_token=new_feed_token(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(participant)
    except IntegrityError:
        return own_participant(event, user) or _enter(event, user, name)
    return participant


def _find_type(event: Event, name: str) -> ParticipantType:
    for kind in event.types:
        if kind.name == name:
            return kind
    known = ", ".join(kind.name for kind in event.types)
    sentence = _("There is no participant type %(name)s here; there are: %(known)s.")
    raise Invalid(sentence % {"name": name, "known": known}, field="type")


def check_open(event: Event) -> None:
    if not event.takes_registrations:
        sentence = _(
            "%(event)s takes no registrations now. Write to %(address)s if you still want to come.",
            event=event.name,
            address=event.organiser_email,
        )
        raise NotAllowed(sentence)


def _check_resolved(participant: Participant) -> None:
    """The organiser is mailed of each coming and going, so there is an end to them."""
    withdrawals = select(func.count()).where(
        AuditEntry.event_id == participant.event_id,
        AuditEntry.actor_id == participant.user_id,
        AuditEntry.action == WITHDREW,
        AuditEntry.at > now() - timedelta(days=1),
    )
    if (db.session.scalar(withdrawals) or 0) >= MOST_WITHDRAWALS_A_DAY:
        sentence = _(
            "You withdrew %(most)d times within a day. Register again tomorrow, or write to"
            " %(address)s if that is too late.",
            most=MOST_WITHDRAWALS_A_DAY,
            address=participant.event.organiser_email,
        )
        raise NotAllowed(sentence)


def _declined(event: Event) -> str:
    sentence: str = _(
        "The organiser of %(event)s declined your registration. Write to %(address)s to ask why.",
        event=event.name,
        address=event.organiser_email,
    )
    return sentence
