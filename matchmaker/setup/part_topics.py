"""The tree of topics: named, hung under another, ordered, taken out."""

import re

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from matchmaker.errors import Invalid
from matchmaker.events.models import Event, Topic
from matchmaker.events.queries import topic_tree
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.organisations.names import fold_name
from matchmaker.setup.forms import TopicForm
from matchmaker.setup.parts import Draft, Entry, put_in_order
from matchmaker.setup.plan import Plan
from matchmaker.setup.rows import RowChange, changed, taken_out


class Topics:
    name = "topics"
    ordered = True

    def entries(self, event: Event) -> list[Entry]:
        items = _items_by_topic(event)
        entries = []
        for node in topic_tree(event):
            like = _siblings(event, node.topic.parent_id)
            number = items.get(node.topic.id, 0)
            entries.append(
                Entry(
                    id=node.topic.id,
                    title=node.topic.name,
                    details=(
                        ngettext("%(num)d offer or need", "%(num)d offers and needs", number),
                    ),
                    depth=node.depth,
                    first=node.topic is like[0],
                    last=node.topic is like[-1],
                )
            )
        return entries

    def find(self, event: Event, row_id: int) -> Topic | None:
        return next((topic for topic in event.topics if topic.id == row_id), None)

    def form(self, event: Event, row: Topic | None, *, fresh: bool = False) -> TopicForm:
        data = {"name": row.name, "parent": row.parent_id or 0} if row else {}
        form = TopicForm.of(data, fresh=fresh)
        below = _below(event, row)
        form.parent.choices = [(0, _("None: a topic of its own"))] + [
            (node.topic.id, f"{'– ' * node.depth}{node.topic.name}")
            for node in topic_tree(event)
            if node.topic.id not in below
        ]
        return form

    def edited(self, event: Event, row: Topic | None, form: TopicForm) -> Plan:
        name, parent = form.name.data or "", form.parent.data or None
        like = [topic for topic in _siblings(event, parent) if topic is not row]
        if any(topic.name == name for topic in like):
            raise Invalid(_("There is a topic of this name at this place already."), field="name")
        draft = Draft(event, self.name, row.name if row else name)
        after = {"name": name, "parent_id": parent}
        if row is not None:
            draft.change("topic", row.id, {"name": row.name, "parent_id": row.parent_id}, after)
            if draft.said.pop("parent_id", None):
                names = {topic.id: topic.name for topic in event.topics}
                draft.said["parent"] = [names.get(row.parent_id or 0), names.get(parent or 0)]
            return draft.plan()
        last = max((topic.position for topic in event.topics), default=-1)
        draft.add("topic", {"key": _new_key(event, name), "position": last + 1, **after})
        draft.said["name"] = [None, name]
        return draft.plan()

    def removed(self, event: Event, row: Topic, to: int) -> Plan:
        """What stood under it moves up; offers and needs go to another topic, or to none."""
        draft = Draft(event, self.name, row.name)
        target = self.find(event, to) if to != row.id else None
        for child in _siblings(event, row.id):
            draft.rows += changed(
                "topic", child.id, {"parent_id": row.id}, {"parent_id": row.parent_id}
            )
        becomes = {"topic_id": target.id if target else None}
        items = select(Item.id).where(Item.topic_id == row.id).order_by(Item.id)
        draft.rows += [
            RowChange("item", (item,), {"topic_id": row.id}, becomes)
            for item in db.session.scalars(items)
        ]
        draft.rows.append(taken_out("topic", row.id, event.id))
        draft.said["name"] = [row.name, None]
        draft.said["topic"] = [row.name, target.name if target else None]
        return draft.plan()

    def targets(self, event: Event, row: Topic) -> list[tuple[int, str]]:
        if db.session.scalar(select(Item.id).where(Item.topic_id == row.id).limit(1)) is None:
            return []
        others = [node for node in topic_tree(event) if node.topic is not row]
        named = [(node.topic.id, f"{'– ' * node.depth}{node.topic.name}") for node in others]
        # Where it hangs under another, that one is what is meant most often.
        named.sort(key=lambda each: each[0] != row.parent_id)
        return [*named, (0, _("No topic"))] if row.parent_id else [(0, _("No topic")), *named]

    def moved(self, event: Event, row: Topic, by: int) -> Plan:
        draft = Draft(event, self.name, row.name)
        put_in_order(draft, "topic", _siblings(event, row.parent_id), row, by)
        return draft.plan()


def _siblings(event: Event, parent_id: int | None) -> list[Topic]:
    return [topic for topic in event.topics if topic.parent_id == parent_id]


def _below(event: Event, row: Topic | None) -> set[int]:
    """The topic and everything under it: none of those may become its parent."""
    if row is None:
        return set()
    below, grown = {row.id}, True
    while grown:
        more = {topic.id for topic in event.topics if topic.parent_id in below} - below
        below, grown = below | more, bool(more)
    return below


def _new_key(event: Event, name: str) -> str:
    """A short id for files, as no other topic of the event has or had."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold_name(name)).strip("-")[:40] or "topic"
    once = select(Topic.key).where(
        (Topic.event_id == event.id) | (Topic.removed_from_id == event.id)
    )
    taken, key, number = set(db.session.scalars(once)), plain, 1
    while key in taken:
        number += 1
        key = f"{plain}-{number}"
    return key


def _items_by_topic(event: Event) -> dict[int, int]:
    counted = (
        select(Item.topic_id, func.count())
        .join(Topic, Topic.id == Item.topic_id)
        .where(Topic.event_id == event.id)
        .group_by(Item.topic_id)
    )
    return {topic: number for topic, number in db.session.execute(counted) if topic is not None}
