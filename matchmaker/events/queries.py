"""Questions about events: which there are, and what they are made of."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.clock import now
from matchmaker.events.models import Event, EventOrganiser, MeetingPoint, Slot, Topic
from matchmaker.events.phases import AGENDA_SHOWN, Phase
from matchmaker.extensions import db


@dataclass(frozen=True, slots=True)
class TopicNode:
    """A topic and how deep it stands in the tree; roots at 0."""

    topic: Topic
    depth: int


def has_begun() -> ColumnElement[bool]:
    """Of a slot joined with its event: once there is an agenda, nothing changes there any more.

    It is the clock that says so, also where nobody has said that the event is live.
    """
    return and_(Event.phase.in_(AGENDA_SHOWN), Slot.starts_at <= now())


def public_events() -> list[Event]:
    """Every event that is no draft, the newest first."""
    shown = select(Event).where(Event.phase != Phase.DRAFT)
    return list(db.session.scalars(shown.order_by(Event.starts_on.desc(), Event.id.desc())))


def organised_events(user: User) -> list[Event]:
    """The events the user organises, drafts too, the newest first."""
    own = select(Event).join(EventOrganiser).where(EventOrganiser.user_id == user.id)
    return list(db.session.scalars(own.order_by(Event.starts_on.desc(), Event.id.desc())))


def last_edit(event: Event, action: str) -> tuple[str, datetime] | None:
    """Who did such a thing last, and when, as the log has it."""
    row = db.session.execute(
        select(User.name, User.email, AuditEntry.at)
        .join(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.event_id == event.id, AuditEntry.action == action)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.name or row.email, row.at)


def slot_starts(event: Event) -> dict[int, datetime]:
    """When each slot begins, by id; those taken out of the event too, which meetings may name."""
    once = or_(Slot.event_id == event.id, Slot.removed_from_id == event.id)
    rows = db.session.execute(select(Slot.id, Slot.starts_at).where(once))
    return {slot_id: starts_at for slot_id, starts_at in rows}


def point_names(event: Event) -> dict[int, str]:
    """Each meeting point's name by id; those taken out of the event too."""
    once = or_(MeetingPoint.event_id == event.id, MeetingPoint.removed_from_id == event.id)
    rows = db.session.execute(select(MeetingPoint.id, MeetingPoint.name).where(once))
    return {point_id: name for point_id, name in rows}


def topic_tree(event: Event) -> list[TopicNode]:
    """The topics with each one's children right after it."""
    children: dict[int | None, list[Topic]] = {}
    for topic in event.topics:
        children.setdefault(topic.parent_id, []).append(topic)
    return _below(None, 0, children)


def topics_by_root(event: Event) -> list[tuple[Topic, list[TopicNode]]]:
    """Each root of the tree with all that stands below it."""
    roots: list[tuple[Topic, list[TopicNode]]] = []
    for node in topic_tree(event):
        if node.depth == 0:
            roots.append((node.topic, []))
        else:
            roots[-1][1].append(node)
    return roots


def _below(
    parent_id: int | None, depth: int, children: dict[int | None, list[Topic]]
) -> list[TopicNode]:
    nodes: list[TopicNode] = []
    for topic in children.get(parent_id, []):
        nodes.append(TopicNode(topic, depth))
        nodes += _below(topic.id, depth + 1, children)
    return nodes
