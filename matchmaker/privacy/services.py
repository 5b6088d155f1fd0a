"""Erasing people: from one event, from the site, or all of an event once its time has come.

Rows go with their participant or account, as the tables say. What is left to do here is what no
table knows: texts that name somebody, meetings to come, and the count of those that were held.
"""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete, func, or_, select, update

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import NotAllowed
from matchmaker.events.models import Event, EventOrganiser, Slot
from matchmaker.events.models_team import TeamInvitation
from matchmaker.events.queries import organised_events
from matchmaker.events.roles import Role
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.followup.queries_figures import failed_meetings
from matchmaker.messages.models import Mail
from matchmaker.privacy.calling_off import call_off
from matchmaker.privacy.texts import stop_runs, tidy_clusters, tidy_texts
from matchmaker.registration.models import Handover, Participant


def erase_participants(event: Event, people: Sequence[Participant]) -> None:
    """Take these people out of the event, as if they had never been there.

    Meetings held stay as a number. Who was to meet them is told, without their name.
    """
    if not people:
        return
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    ids = [person.id for person in people]
    stop_runs(event)
    tidy_texts(event, people)
    held = _count_held(ids)
    call_off(event, people)
    db.session.execute(
        update(Event)
        .where(Event.id == event.id)
        .values(meetings_erased=Event.meetings_erased + held)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(delete(Participant).where(Participant.id.in_(ids)))
    db.session.expire_all()
    record("participants erased", event_id=event.id, actor_id=None, number=len(ids))
    db.session.flush()


def erase_account(user: User) -> None:
    """Take the person off the site altogether.

    Raises:
        NotAllowed: an event would be left without an owner.
    """
    _check_no_event_is_left_alone(user)
    tidy_clusters(user)
    for event in _events_of(user):
        erase_participants(event, _participants_of(user, event))
    key = user.email_key
    db.session.execute(delete(Handover).where(Handover.email_key == key))
    db.session.execute(delete(TeamInvitation).where(TeamInvitation.email_key == key))
    db.session.execute(delete(Mail).where(func.lower(Mail.address) == key))
    db.session.execute(delete(User).where(User.id == user.id))
    db.session.expire_all()


def erase_due(today: date) -> int:
    """Erase the people of every event whose day for it has come; how many events had any."""
    due = select(Event).where(Event.erase_on.is_not(None), Event.erase_on <= today)
    erased = 0
    for event in db.session.scalars(due).all():
        people = db.session.scalars(
            select(Participant).where(Participant.event_id == event.id)
        ).all()
        users = {person.user_id for person in people}
        erase_participants(event, people)
        _erase_left_over(users)
        erased += bool(people)
    return erased


def set_erase_on(event: Event, user: User, day: date | None) -> bool:
    """Choose the day on which the event's people are erased. False if it is that already."""
    before = event.erase_on
    if before == day:
        return False
    event.erase_on = day
    db.session.flush()
    told = [each.isoformat() if each else None for each in (before, day)]
    record("day of erasing set", event_id=event.id, actor_id=user.id, erase_on=told)
    return True


def events_left_alone(user: User) -> list[Event]:
    """The events that nobody else owns."""
    owned = select(EventOrganiser.event_id).where(EventOrganiser.role == Role.OWNER)
    own = owned.where(EventOrganiser.user_id == user.id)
    other = owned.where(EventOrganiser.user_id != user.id)
    alone = select(Event).where(Event.id.in_(own), Event.id.not_in(other))
    return list(db.session.scalars(alone.order_by(Event.starts_on)))


def _check_no_event_is_left_alone(user: User) -> None:
    for event in organised_events(user):
        hold_agenda(event)
    alone = events_left_alone(user)
    if alone:
        raise NotAllowed(
            _(
                "You are the only owner of %(events)s. Hand it over on its team page first;"
                " then your data can be erased.",
                events=", ".join(event.name for event in alone),
            )
        )


def _events_of(user: User) -> list[Event]:
    taken_part = select(Participant.event_id).where(Participant.user_id == user.id)
    events = select(Event).where(Event.id.in_(taken_part)).order_by(Event.id)
    return list(db.session.scalars(events))


def _participants_of(user: User, event: Event) -> list[Participant]:
    own = select(Participant).where(
        Participant.user_id == user.id, Participant.event_id == event.id
    )
    return list(db.session.scalars(own))


def _count_held(ids: Sequence[int]) -> int:
    """Those that were to be held by now, but for what somebody says failed."""
    held = (
        select(func.count())
        .select_from(Meeting)
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(
            or_(Meeting.a_id.in_(ids), Meeting.b_id.in_(ids)),
            Meeting.state == "confirmed",
            Slot.ends_at <= now(),
            Meeting.id.not_in(failed_meetings()),
        )
    )
    return db.session.scalar(held) or 0


def _erase_left_over(user_ids: set[int]) -> None:
    """Accounts that were there for this event alone go with it."""
    elsewhere = select(Participant.user_id)
    organising = select(EventOrganiser.user_id)
    db.session.execute(
        delete(User).where(
            User.id.in_(user_ids),
            User.id.not_in(elsewhere),
            User.id.not_in(organising),
            User.may_create_events.is_(False),
        )
    )
