"""Several organisations for one account: adding one, and handing one over to somebody else."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.addresses import address_key, normalise_address
from matchmaker.accounts.models import User
from matchmaker.accounts.queries import count_links_since
from matchmaker.accounts.services import (
    MOST_LINKS_AN_HOUR,
    REGISTRATION_LIFETIME,
    issue_link,
    user_to_write_to,
)
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Conflict, Invalid, NotAllowed
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration import mails
from matchmaker.registration.models import Handover, Participant, Status
from matchmaker.registration.queries import own_participants
from matchmaker.registration.refs import new_feed_token, new_ref
from matchmaker.registration.services import check_open
from matchmaker.registration.services_sessions import share_sessions

MOST_HELD = 40


def add_another(event: Event, user: User, *, name: str = "") -> Participant:
    """One more participant for the account: its holder, or somebody else of this `name`.

    One begun a moment ago and still without organisation is taken again: a double click adds one.

    Raises:
        NotAllowed: the event takes no registrations now, or the account holds many already.
    """
    check_open(event)
    held = own_participants(event, user)
    begun = next((one for one in held if _is_blank(one)), None)
    if begun is not None:
        begun.name, begun.in_person = name or _holders_name(held, user), not name
        db.session.flush()
        return begun
    _check_number(held, event)
    return _add(event, user, held, name)


def offer_handover(participant: Participant, address: str, *, next_path: str) -> Handover:
    """Mail somebody a link to `next_path`, to take the participant over; an earlier offer ends.

    Nobody is flooded: after a few links within an hour they have them, and get no more.

    Raises:
        Invalid: it is no address, or one's own.
    """
    address = normalise_address(address)
    if address_key(address) == participant.user.email_key:
        raise Invalid(_("This is your own address. Write that of the other person."), field="email")
    participant.handover = None
    db.session.flush()
    participant.handover = Handover(email=address, email_key=address_key(address))
    db.session.flush()
    reader = user_to_write_to(address, "" if participant.in_person else participant.name)
    if count_links_since(reader, now() - timedelta(hours=1)) < MOST_LINKS_AN_HOUR:
        link = issue_link(reader, next_path=next_path, lifetime=REGISTRATION_LIFETIME)
        mails.mail_handover(participant, reader, link)
    return participant.handover


def withdraw_handover(participant: Participant) -> bool:
    """Take the offer back. False if there is none any more."""
    there_was = participant.handover is not None
    participant.handover = None
    db.session.flush()
    return there_was


def take_over(participant: Participant, user: User) -> None:
    """The participant is the user's from now on; whoever held it is told and sees it no more.

    Raises:
        Conflict: the user takes part for this organisation already.
    """
    former, held = participant.user, own_participants(participant.event, user)
    if any(one.organisation_id == participant.organisation_id for one in held):
        raise Conflict(
            _("You take part for this organisation already, so there is nothing to take over.")
        )
    participant.handover = None
    participant.user, participant.number = user, _next_number(held)
    participant.in_person = True
    participant.feed_token = new_feed_token()
    share_sessions(participant)
    mails.mail_taken_over(participant, former)
    record(
        "participant handed over",
        event_id=participant.event_id,
        actor_id=user.id,
        subject=participant.ref,
    )


def _is_blank(participant: Participant) -> bool:
    return participant.status == Status.REGISTERING and participant.organisation_id is None


def _add(event: Event, user: User, held: list[Participant], name: str) -> Participant:
    participant = Participant(
        event_id=event.id,
        user_id=user.id,
        number=_next_number(held),
        in_person=not name,
        name=name or _holders_name(held, user),
        ref=new_ref(event, name or _holders_name(held, user)),
        feed_token=new_feed_token(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(participant)
    except IntegrityError:
        # Another tab added one a moment before, or a namesake took the same `ref`.
        return add_another(event, user, name=name)
    share_sessions(participant)
    return participant


def _next_number(held: list[Participant]) -> int:
    return 1 + max((one.number for one in held), default=0)


def _holders_name(held: list[Participant], user: User) -> str:
    """As it stands where they come themselves: one person has one name at an event."""
    return next((one.name for one in held if one.in_person), user.name)


def _check_number(held: list[Participant], event: Event) -> None:
    if len(held) >= MOST_HELD:
        sentence = _(
            "You look after %(most)d participants, which is the most for one account. Hand one"
            " over first, or write to %(address)s.",
            most=MOST_HELD,
            address=event.organiser_email,
        )
        raise NotAllowed(sentence)
