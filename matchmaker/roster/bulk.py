"""One act for many people at once: decide, tag, set when they can meet, invite."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.accounts.models import User
from matchmaker.accounts.services import REGISTRATION_LIFETIME, issue_link
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Conflict, Invalid, NotAllowed
from matchmaker.events.models import Event, MeetingBlock
from matchmaker.events.said import said
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.fields import one_line
from matchmaker.messages.composing import compose
from matchmaker.messages.services import queue_mail
from matchmaker.registration.availability import blocked
from matchmaker.registration.decisions import approve, reject
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_tags import LONGEST_TAG, Tag
from matchmaker.registration.services import set_availability
from matchmaker.registration.waiting import move_to_list
from matchmaker.roster.models import Invitation
from matchmaker.web import app_config

ACTS = {
    "approve": _l("Approve"),
    "reject": _l("Reject"),
    "wait": _l("Put on the waiting list"),
    "tag": _l("Tag"),
    "untag": _l("Take the tag off"),
    "away": _l("Cannot meet in a block"),
    "free": _l("Can meet in a block"),
    "invite": _l("Invite, or remind"),
    "mail": _l("Write a mail"),
}
ASKS_TAG = ("tag", "untag")
ASKS_BLOCK = ("away", "free")
INVITED = (Status.REGISTERING, Status.APPROVED)


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be done: one of `ACTS`, with the tag or the meeting block it needs."""

    name: str
    tag: str = ""
    block: MeetingBlock | None = None

    def check(self, event: Event) -> None:
        if self.name not in ACTS:
            raise Invalid(_("Choose what is to be done with these people."))
        if self.name in ASKS_TAG and not self.tag:
            raise Invalid(_("Write the tag."))
        if self.name in ASKS_BLOCK and self.block is None:
            raise Invalid(_("Choose the meeting block."))
        if self.name == "invite" and not event.takes_registrations:
            raise NotAllowed(
                _("Invitations lead to the registration. Open it in the settings first.")
            )


def act_on(event: Event, user: User, people: Sequence[Participant], act: Act) -> tuple[int, int]:
    """Do it for each; for how many something changed, and how many it cannot be done for.

    Of two who do the same at one moment the second finds it done.

    Raises:
        Invalid: something the act needs is missing.
        NotAllowed: the event's phase does not permit it.
    """
    act.check(event)
    do = _DOERS.get(act.name)
    if do is None:
        raise Invalid(_("Choose what is to be done with these people."))
    hold_agenda(event)
    changed = refused = 0
    for person in people:
        try:
            changed += do(person, user, act)
        except Conflict:
            refused += 1
    db.session.flush()
    return changed, refused


def clean_tag(text: str) -> str:
    return one_line(text)[:LONGEST_TAG].strip()


def _tag(person: Participant, user: User, act: Act) -> bool:
    if db.session.get(Tag, (person.id, act.tag)) is not None:
        return False
    db.session.add(Tag(participant_id=person.id, tag=act.tag))
    _record("participant tagged", person, user, tag=["", act.tag])
    return True


def _untag(person: Participant, user: User, act: Act) -> bool:
    tag = db.session.get(Tag, (person.id, act.tag))
    if tag is None:
        return False
    db.session.delete(tag)
    _record("participant untagged", person, user, tag=[act.tag, ""])
    return True


def _set_block(person: Participant, user: User, act: Act) -> bool:
    """Off or on for every slot of the block; the other blocks stay as they are."""
    if act.block is None:
        return False
    slots = person.event.slots
    inside = {slot.starts_at for slot in slots if slot.block_id == act.block.id}
    before = blocked(slots, person.own_absences)
    after = before | inside if act.name == "away" else before - inside
    if after == before:
        return False
    free = {slot.starts_at for slot in slots} - after
    set_availability(person, free=free, max_meetings=person.max_meetings)
    off = [len(before), len(after)]
    _record("availability set", person, user, block=act.block.starts_at.isoformat(), off=off)
    return True


def _invite(person: Participant, user: User, act: Act) -> bool:
    """Mail a link that signs them in; a second within the hour is taken for a double click.

    The link is a secret, so the mail stands in no outbox.
    """
    if person.status not in INVITED:
        raise Conflict(_("There is nothing to invite %(name)s to.", name=person.name))
    before = db.session.get(Invitation, person.id)
    if before is not None and _last(before) > now() - timedelta(hours=1):
        return False
    _mail(person)
    if before is None:
        db.session.add(
            Invitation(participant_id=person.id, expires_at=now() + REGISTRATION_LIFETIME)
        )
    else:
        before.reminded_at, before.expires_at = now(), now() + REGISTRATION_LIFETIME
    _record("participant reminded" if before else "participant invited", person, user)
    return True


def _last(invitation: Invitation) -> datetime:
    return invitation.reminded_at or invitation.sent_at


def _mail(person: Participant) -> None:
    reader, event = person.user, person.event
    path = (
        f"/e/{event.slug}/registration" if person.is_approved else f"/e/{event.slug}/register/you"
    )
    with force_locale(reader.locale):
        subject = _("You are invited: %(event)s", event=said(event, "name"))
    text = compose(
        "invitation",
        locale=reader.locale,
        name=person.name,
        event=event,
        link=issue_link(reader, next_path=path, lifetime=REGISTRATION_LIFETIME),
        days=REGISTRATION_LIFETIME.days,
        site=app_config().base_url,
    )
    queue_mail(user=reader, address=reader.email, subject=subject, text=text)


def _record(action: str, person: Participant, user: User, **details: object) -> None:
    record(action, event_id=person.event_id, actor_id=user.id, subject=person.ref, **details)


_DOERS: dict[str, Callable[[Participant, User, Act], bool]] = {
    "approve": lambda person, user, act: approve(person, user),
    "reject": lambda person, user, act: reject(person, user),
    "wait": lambda person, user, act: move_to_list(person, user),
    "tag": _tag,
    "untag": _untag,
    "away": _set_block,
    "free": _set_block,
    "invite": _invite,
}
