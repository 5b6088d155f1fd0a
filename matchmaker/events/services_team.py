"""The team of an event: inviting, joining, roles, leaving it; always with at least one owner.

Whoever changes a team holds the event's row, and is asked again there whether they lead it: two
owners who take each other's role away at one moment do it one after the other.
"""

from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import delete, update

from matchmaker.accounts.addresses import address_key, normalise_address
from matchmaker.accounts.models import User
from matchmaker.accounts.services import find_or_create_user
from matchmaker.accounts.tokens import hash_secret, new_secret, sign_secret
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Gone, Invalid, NotAllowed
from matchmaker.events.labels import ROLE_LABELS
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.events.models_team import TeamInvitation
from matchmaker.events.queries_team import (
    count_other_owners,
    is_on_team,
    member_of,
    open_invitations,
)
from matchmaker.events.roles import Role
from matchmaker.events.said import said
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.messages.composing import compose
from matchmaker.messages.services import queue_mail
from matchmaker.web import absolute_url

INVITATION_LIFETIME = timedelta(days=7)
MOST_INVITATIONS = 30


def invite(event: Event, owner: User, email: str, role: Role) -> None:
    """Mail a link that lets whoever has the mailbox join. The same whether they are known here.

    Raises:
        Invalid: it is no address, is on the team already, or too many are invited.
    """
    address = normalise_address(email)
    _hold(event, owner)
    if is_on_team(event, address_key(address)):
        raise Invalid(_("They are on the team already. Change their role above."), field="email")
    _forget_invitation(event, address)
    if len(open_invitations(event)) >= MOST_INVITATIONS:
        raise Invalid(
            _("Many invitations wait for an answer. Take back some you no longer need."),
            field="email",
        )
    secret = new_secret()
    _enter_invitation(event, owner, address, role, secret)
    _mail_invitation(event, owner, address, role, secret)


def take_invitation_back(event: Event, owner: User, invitation_id: int) -> None:
    """End its link; nothing happens where it was used or has ended."""
    _hold(event, owner)
    own = delete(TeamInvitation).where(
        TeamInvitation.id == invitation_id,
        TeamInvitation.event_id == event.id,
        TeamInvitation.expires_at > now(),
    )
    found = db.session.get(TeamInvitation, invitation_id)
    if found is not None and db.session.execute(own).rowcount == 1:  # type: ignore[attr-defined]
        _record(event, owner, "team: invitation taken back", found.email, role=[found.role, None])


def join(invitation: TeamInvitation) -> User:
    """Use the invitation up and say who is on the team by it.

    Raises:
        Gone: it was used before, perhaps a moment ago in another window, or has ended.
    """
    event = invitation.event
    hold_agenda(event)
    used = db.session.execute(
        update(TeamInvitation)
        .where(TeamInvitation.id == invitation.id, TeamInvitation.expires_at > now())
        .values(expires_at=now())
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise Gone(_("This invitation was used before or has ended. Ask for a new one."))
    user = find_or_create_user(invitation.email)
    if member_of(event, user.id) is None:
        _seat(event, user, invitation.role)
        _record(event, user, "team: joined", user.email, role=[None, invitation.role])
    return user


def change_role(event: Event, owner: User, user_id: int, role: Role) -> bool:
    """Give a member another role. False if it is theirs already, or they left meanwhile."""
    _hold(event, owner)
    member = member_of(event, user_id)
    if member is None or member.role == role:
        return False
    _check_an_owner_stays(event, member, role)
    before, member.role = member.role, role
    _forget_what_they_invited(event, member)
    db.session.flush()
    _record(event, owner, "team: role changed", member.user.email, role=[before, role])
    _tell(event, member.user, role)
    return True


def remove_member(event: Event, owner: User, user_id: int) -> bool:
    """Take somebody off the team. False if they left meanwhile."""
    _hold(event, owner)
    member = member_of(event, user_id)
    if member is None:
        return False
    _take_off(event, owner, member, "team: removed")
    _tell(event, member.user, None)
    return True


def leave(event: Event, user: User) -> bool:
    """Go from the team by oneself, whatever one's role. False for who is off it already.

    Raises:
        NotAllowed: they are the event's only owner.
    """
    hold_agenda(event)
    member = member_of(event, user.id)
    if member is None:
        return False
    _take_off(event, user, member, "team: left")
    return True


def hand_over(event: Event, owner: User, user_id: int) -> bool:
    """Make another member owner in one's own place; one stays as organiser."""
    _hold(event, owner)
    mine, theirs = member_of(event, owner.id), member_of(event, user_id)
    if mine is None or theirs is None or mine is theirs:
        return False
    before, theirs.role, mine.role = theirs.role, Role.OWNER, Role.ORGANISER
    _forget_what_they_invited(event, mine)
    db.session.flush()
    whom = theirs.user
    _record(event, owner, "team: ownership handed over", whom.email, role=[before, Role.OWNER])
    _tell(event, whom, Role.OWNER)
    return True


def ask_second_factor(event: Event, owner: User, *, required: bool) -> bool:
    """Open organiser's pages only to who has a second factor, or to all. False if so already."""
    _hold(event, owner)
    if event.two_factor_required == required:
        return False
    event.two_factor_required = required
    db.session.flush()
    asked = "team: second step asked for" if required else "team: second step not asked for"
    _record(event, owner, asked, event.slug)
    return True


def _hold(event: Event, owner: User) -> None:
    hold_agenda(event)
    member = member_of(event, owner.id)
    if member is None or member.role != Role.OWNER:
        raise NotAllowed(_("You are no longer an owner of this event, so nothing was changed."))


def _take_off(event: Event, actor: User, member: EventOrganiser, action: str) -> None:
    _check_an_owner_stays(event, member, None)
    _forget_what_they_invited(event, member, leaving=True)
    db.session.delete(member)
    db.session.flush()
    _record(event, actor, action, member.user.email, role=[member.role, None])


def _check_an_owner_stays(event: Event, member: EventOrganiser, role: Role | None) -> None:
    leaves = member.role == Role.OWNER and role != Role.OWNER
    if leaves and not count_other_owners(event, member.user):
        raise NotAllowed(
            _(
                "This is the event's only owner, and it needs one. Make somebody else owner first,"
                " or hand the ownership over."
            )
        )


def _seat(event: Event, user: User, role: Role) -> None:
    db.session.add(EventOrganiser(event_id=event.id, user_id=user.id, role=role))
    db.session.flush()


def _enter_invitation(event: Event, owner: User, address: str, role: Role, secret: str) -> None:
    db.session.add(
        TeamInvitation(
            event_id=event.id,
            email=address,
            email_key=address_key(address),
            role=role,
            secret_hash=hash_secret(secret),
            invited_by_id=owner.id,
            expires_at=now() + INVITATION_LIFETIME,
        )
    )
    db.session.flush()
    _record(event, owner, "team: invited", address, role=[None, role])


def _mail_invitation(event: Event, owner: User, address: str, role: Role, secret: str) -> None:
    """In the inviter's language: that of who is invited would tell that they are known here."""
    with force_locale(owner.locale):
        subject = _("Help to organise %(event)s", event=said(event, "name"))
        name = str(ROLE_LABELS[role])
    text = compose(
        "team_invitation",
        locale=owner.locale,
        event=event,
        giver=owner.name or owner.email,
        role=name,
        link=absolute_url("team.join", token=sign_secret(secret)),
        days=INVITATION_LIFETIME.days,
    )
    queue_mail(user=None, address=address, subject=subject, text=text, locale=owner.locale)


def _tell(event: Event, user: User, role: Role | None) -> None:
    with force_locale(user.locale):
        subject = _("Your role at %(event)s", event=said(event, "name"))
        name = str(ROLE_LABELS[role]) if role else ""
    link = absolute_url("insights.overview", slug=event.slug)
    text = compose("team_role", locale=user.locale, event=event, role=name, link=link)
    queue_mail(user=user, address=user.email, subject=subject, text=text, event_id=event.id)


def _forget_invitation(event: Event, address: str) -> None:
    """The older link to this address ends, and so do the traces of all that have ended."""
    of_event = delete(TeamInvitation).where(TeamInvitation.event_id == event.id)
    db.session.execute(of_event.where(TeamInvitation.email_key == address_key(address)))
    db.session.execute(of_event.where(TeamInvitation.expires_at < now() - INVITATION_LIFETIME))


def _forget_what_they_invited(
    event: Event, member: EventOrganiser, *, leaving: bool = False
) -> None:
    """Who leads the team no more has no links left by which somebody would still join it."""
    if leaving or member.role != Role.OWNER:
        theirs = delete(TeamInvitation).where(
            TeamInvitation.event_id == event.id,
            TeamInvitation.invited_by_id == member.user_id,
            TeamInvitation.expires_at > now(),
        )
        db.session.execute(theirs)


def _record(event: Event, actor: User, action: str, subject: str, **details: object) -> None:
    record(action, event_id=event.id, actor_id=actor.id, subject=subject[:120], **details)
