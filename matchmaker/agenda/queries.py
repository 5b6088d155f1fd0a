"""Questions about what is published."""

from collections.abc import Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import cast

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.shelf import titles_of as titles_elsewhere
from matchmaker.matching import snapshot as plain
from matchmaker.matching.models import Run
from matchmaker.registration.models import Participant, Status


def latest_agenda(event: Event) -> Agenda | None:
    """The version in force."""
    return db.session.scalar(
        select(Agenda).where(Agenda.event_id == event.id).order_by(Agenda.number.desc()).limit(1)
    )


def versions_of(event: Event) -> Sequence[Agenda]:
    """Every version, the latest first."""
    return db.session.scalars(
        select(Agenda).where(Agenda.event_id == event.id).order_by(Agenda.number.desc())
    ).all()


def versions_to_go_back_to(event: Event) -> set[int]:
    """The ids of those that hold meetings, without reading these."""
    holds_some = sa.cast(Agenda.contents, sa.Text) != "[]"
    return set(db.session.scalars(select(Agenda.id).where(Agenda.event_id == event.id, holds_some)))


def publisher_names(versions: Iterable[Agenda]) -> dict[int, str]:
    """The names of those who published these, by the id of their account."""
    ids = {version.published_by_id for version in versions}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {user_id: name for user_id, name in rows}


def version_numbered(event: Event, number: int) -> Agenda | None:
    return db.session.scalar(
        select(Agenda).where(Agenda.event_id == event.id, Agenda.number == number)
    )


def agenda_of_run(run: Run) -> Agenda | None:
    """The version this run was published as."""
    return db.session.scalar(select(Agenda).where(Agenda.run_id == run.id))


def next_number(event: Event) -> int:
    last = db.session.scalar(select(func.max(Agenda.number)).where(Agenda.event_id == event.id))
    return (last or 0) + 1


def meetings_of(people: Iterable[Participant]) -> list[Meeting]:
    """Everybody's meetings, cancelled ones too, in order of time."""
    ids = [person.id for person in people]
    return _in_order(or_(Meeting.a_id.in_(ids), Meeting.b_id.in_(ids)))


def meeting_of(event: Event, pair: tuple[int, int]) -> Meeting | None:
    """The meeting these two have, or once had."""
    a_id, b_id = pair
    return db.session.scalar(
        select(Meeting).where(
            Meeting.event_id == event.id, Meeting.a_id == a_id, Meeting.b_id == b_id
        )
    )


def meetings_by_id(ids: Iterable[int]) -> list[Meeting]:
    """These meetings as they are now, in order of time."""
    return _in_order(Meeting.id.in_(list(ids)))


def _in_order(which: ColumnElement[bool]) -> list[Meeting]:
    found = db.session.scalars(
        select(Meeting)
        .where(which)
        .options(joinedload(Meeting.slot), joinedload(Meeting.point))
        .execution_options(populate_existing=True)
    ).all()
    return sorted(found, key=lambda meeting: (meeting.slot.starts_at, meeting.id))


def people_in(meetings: Iterable[Meeting]) -> dict[int, Participant]:
    """Both sides of each meeting by id, with organisation, type and account."""
    ids = {person_id for meeting in meetings for person_id in (meeting.a_id, meeting.b_id)}
    found = db.session.scalars(
        select(Participant)
        .where(Participant.id.in_(ids))
        .options(
            joinedload(Participant.organisation),
            joinedload(Participant.type),
            joinedload(Participant.user),
        )
    )
    return {person.id: person for person in found}


def people_met(me: Participant) -> list[Participant]:
    """With whom `me` has a meeting that stands, by name."""
    meetings = [meeting for meeting in meetings_of([me]) if meeting.state == "confirmed"]
    people = people_in(meetings)
    others = sorted((each for each in people.values() if each.id != me.id), key=attrgetter("id"))
    return by_name(others, attrgetter("name"))


def titles_of(people: Iterable[Participant]) -> dict[int, tuple[plain.Item, ...]]:
    """Everybody's offers and needs without their texts, by participant id."""
    ids = {person.id for person in people}
    rows = db.session.execute(
        select(Item.participant_id, Item.kind, Item.title, Item.language, Item.texts)
        .where(Item.participant_id.in_(ids))
        .order_by(Item.position, Item.id)
    )
    found: dict[int, tuple[plain.Item, ...]] = dict.fromkeys(ids, ())
    for owner, kind, title, language, texts in rows:
        titles = titles_elsewhere(language, texts)
        found[owner] += (
            plain.Item(cast("plain.ItemKind", kind), "", title, language=language, texts=titles),
        )
    return found


def participant_by_feed_token(token: str) -> Participant | None:
    """Whose feed it is; nobody's while they are not in, or the event is a draft that none sees."""
    return db.session.scalar(
        select(Participant)
        .join(Participant.event)
        .where(
            Participant.feed_token == token,
            Participant.status == Status.APPROVED,
            Event.phase != Phase.DRAFT,
        )
        .options(joinedload(Participant.event))
    )


def people_named(event: Event) -> dict[int, str]:
    """Everybody's name by id, for the organiser."""
    rows = db.session.execute(
        select(Participant.id, Participant.name).where(Participant.event_id == event.id)
    )
    return {participant_id: name for participant_id, name in rows}


def people_taking_part(event: Event) -> list[tuple[int, str]]:
    """Everybody approved, by id and name, as the reader's language orders names."""
    rows = db.session.execute(
        select(Participant.id, Participant.name)
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
        .order_by(Participant.id)
    )
    return by_name([(participant_id, name) for participant_id, name in rows], itemgetter(1))
