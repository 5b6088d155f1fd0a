"""Entering, changing and removing offers and needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.errors import Invalid
from matchmaker.events.models import Topic
from matchmaker.extensions import db
from matchmaker.marketplace.models import ITEM_KINDS, Item
from matchmaker.marketplace.queries import items_of
from matchmaker.registration.models import Participant

LONGEST_TITLE = 160
LONGEST_TEXT = 4000
MOST_ITEMS = 40


@dataclass(frozen=True, slots=True)
class NewItem:
    """An offer or need as given; `topic` is the key of one of the event's topics, or empty."""

    kind: str
    title: str
    topic: str = ""
    text: str = ""


def add_item(participant: Participant, given: NewItem) -> Item:
    """Add one at the end; the same one sent twice is entered once."""
    own = items_of(participant)
    for item in own:
        if _content(item) == (given.kind, given.topic, given.title, given.text):
            return item
    if len(own) >= MOST_ITEMS:
        sentence = _(
            "You have %(most)d offers and needs, which is the most there can be."
            " Remove one that matters less, then add this one.",
            most=MOST_ITEMS,
        )
        raise Invalid(sentence)
    topics = {topic.key: topic for topic in participant.event.topics}
    item = _new_item(participant, given, topics)
    item.position = 1 + max((other.position for other in own), default=-1)
    db.session.flush()
    return item


def save_items(
    participant: Participant,
    given: Sequence[tuple[int | None, NewItem]],
    *,
    removed: int | None = None,
) -> None:
    """Change the items whose id is given, add the others, remove one; what is not named stays."""
    own = {item.id: item for item in items_of(participant)}
    if removed in own:
        db.session.delete(own.pop(removed))
        db.session.flush()
    for item_id, item in given:
        if item_id is not None and item_id in own:
            change_item(participant, own[item_id], item)
        else:
            add_item(participant, item)


def change_item(participant: Participant, item: Item, given: NewItem) -> None:
    """Make the item say what is given."""
    topics = {topic.key: topic for topic in participant.event.topics}
    item.kind = _checked_kind(given.kind)
    item.title = _checked_title(given.title)
    item.text = given.text
    item.topic = _find_topic(given, topics)
    db.session.flush()


def _new_item(participant: Participant, given: NewItem, topics: dict[str, Topic]) -> Item:
    item = Item(
        participant=participant,
        kind=_checked_kind(given.kind),
        title=_checked_title(given.title),
        text=given.text,
        topic=_find_topic(given, topics),
    )
    db.session.add(item)
    return item


def _content(item: Item) -> tuple[str, str, str, str]:
    return item.kind, item.topic.key if item.topic else "", item.title, item.text


def _find_topic(given: NewItem, topics: dict[str, Topic]) -> Topic | None:
    if not given.topic:
        return None
    if given.topic not in topics:
        sentence = _("This event has no topic %(key)s. Choose one of its topics.", key=given.topic)
        raise Invalid(sentence, field="topic")
    return topics[given.topic]


def _checked_title(title: str) -> str:
    if not 0 < len(title) <= LONGEST_TITLE:
        sentence = _("A title has 1 to %(most)d characters.", most=LONGEST_TITLE)
        raise Invalid(sentence, field="title")
    return title


def _checked_kind(kind: str) -> str:
    if kind not in ITEM_KINDS:
        raise Invalid(_("Say whether it is an offer or a need."), field="kind")
    return kind
