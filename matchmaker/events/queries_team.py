"""Reads of an event's team and of invitations to it."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.accounts.models_two_factor import SecondFactor
from matchmaker.accounts.tokens import hash_secret, read_token
from matchmaker.clock import now
from matchmaker.events.models import ROLES, Event, EventOrganiser
from matchmaker.events.models_team import TeamInvitation
from matchmaker.events.roles import Role
from matchmaker.extensions import db


def team_of(event: Event) -> list[EventOrganiser]:
    """Owners first, then by role and name."""
    members = (
        select(EventOrganiser)
        .where(EventOrganiser.event_id == event.id)
        .options(joinedload(EventOrganiser.user))
        .execution_options(populate_existing=True)
    )
    return sorted(
        db.session.scalars(members),
        key=lambda each: (ROLES.index(each.role), each.user.name or each.user.email, each.user_id),
    )


def member_of(event: Event, user_id: int) -> EventOrganiser | None:
    return db.session.get(EventOrganiser, (event.id, user_id), populate_existing=True)


def count_other_owners(event: Event, user: User) -> int:
    others = select(func.count()).where(
        EventOrganiser.event_id == event.id,
        EventOrganiser.user_id != user.id,
        EventOrganiser.role == Role.OWNER,
    )
    return db.session.scalar(others) or 0


def is_on_team(event: Event, email_key: str) -> bool:
    member = (
        select(EventOrganiser.user_id)
        .join(User, User.id == EventOrganiser.user_id)
        .where(EventOrganiser.event_id == event.id, User.email_key == email_key)
    )
    return db.session.scalar(member) is not None


def with_second_factor(event: Event) -> set[int]:
    """Which of the team have a second factor, by the ids of their accounts."""
    members = select(EventOrganiser.user_id).where(EventOrganiser.event_id == event.id)
    having = select(SecondFactor.user_id).where(SecondFactor.user_id.in_(members))
    return set(db.session.scalars(having))


def open_invitations(event: Event) -> list[TeamInvitation]:
    waiting = select(TeamInvitation).where(
        TeamInvitation.event_id == event.id, TeamInvitation.expires_at > now()
    )
    return list(db.session.scalars(waiting.order_by(TeamInvitation.created_at, TeamInvitation.id)))


def invitation_by_token(token: str) -> TeamInvitation | None:
    """The invitation with this token, used up or not; None if we never made it."""
    secret = read_token(token)
    if secret is None:
        return None
    return db.session.scalar(
        select(TeamInvitation)
        .where(TeamInvitation.secret_hash == hash_secret(secret))
        .options(joinedload(TeamInvitation.event))
    )
