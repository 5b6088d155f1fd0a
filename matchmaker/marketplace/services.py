"""Entering, changing and removing offers and needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from matchmaker.errors import Invalid
from matchmaker.events.models import Topic
from matchmaker.events.services import hold_parts
from matchmaker.extensions import db
from matchmaker.marketplace.kinds import CATEGORIES, asks
from matchmaker.marketplace.models import ITEM_KINDS, Item
from matchmaker.marketplace.queries import items_of
from matchmaker.marketplace.searching import words_of
from matchmaker.registration.models import Participant

LONGEST_TITLE = 160
LONGEST_TEXT = 4000
LONGEST_ROLE = 300
MOST_ITEMS = 40


@dataclass(frozen=True, slots=True)
class NewItem:
    """An offer or need as given; `topic` is the key of one of the event's topics, or empty.

    `texts` is title, text and perhaps role by further language, `language` that of the first ones.
    """

    kind: str
    title: str
    topic: str = ""
    text: str = ""
    category: str = ""
    stage: str = ""
    ipr: str = ""
    cooperation: Sequence[str] = ()
    partner_kinds: Sequence[str] = ()
    partner_role: str = ""
    language: str = ""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """What is kept beside kind and topic; what the category does not ask is left out."""
        seeks_partner = asks(self.kind, self.category, "partner")
        cooperates = asks(self.kind, self.category, "cooperation")
        return {
            "title": self.title,
            "text": self.text,
            "category": self.category,
            "stage": self.stage if asks(self.kind, self.category, "stage") else "",
            "ipr": self.ipr if asks(self.kind, self.category, "ipr") else "",
            "cooperation": list(self.cooperation) if cooperates else [],
            "partner_kinds": list(self.partner_kinds) if seeks_partner else [],
            "partner_role": self.partner_role if seeks_partner else "",
            "language": self.language,
            "texts": {
                language: {part: said[part] for part in said if part != "role" or seeks_partner}
                for language, said in self.texts.items()
            },
            "words": words_of(self.title, self.texts),
        }


def add_item(participant: Participant, given: NewItem) -> Item:
    """Add one at the end; the same one sent twice is entered once."""
    own = items_of(participant)
    for item in own:
        if _says(item, given):
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
    hold_parts(participant.event)
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
    _check(given)
    item.kind = given.kind
    item.topic = _find_topic(given, topics)
    for name, value in given.columns().items():
        if getattr(item, name) != value:
            setattr(item, name, value)
    db.session.flush()


def _new_item(participant: Participant, given: NewItem, topics: dict[str, Topic]) -> Item:
    _check(given)
    item = Item(
        participant=participant,
        kind=given.kind,
        topic=_find_topic(given, topics),
        **given.columns(),
    )
    db.session.add(item)
    return item


def _says(item: Item, given: NewItem) -> bool:
    same_place = (item.kind, item.topic.key if item.topic else "") == (given.kind, given.topic)
    return same_place and all(getattr(item, n) == value for n, value in given.columns().items())


def _find_topic(given: NewItem, topics: dict[str, Topic]) -> Topic | None:
    if not given.topic:
        return None
    if given.topic not in topics:
        sentence = _("This event has no topic %(key)s. Choose one of its topics.", key=given.topic)
        raise Invalid(sentence, field="topic")
    return topics[given.topic]


def _check(given: NewItem) -> None:
    if given.kind not in ITEM_KINDS:
        raise Invalid(_("Say whether it is an offer or a need."), field="kind")
    if not 0 < len(given.title) <= LONGEST_TITLE:
        sentence = _("A title has 1 to %(most)d characters.", most=LONGEST_TITLE)
        raise Invalid(sentence, field="title")
    if given.category not in ("", *CATEGORIES):
        sentence = _("There is no category %(name)s. Choose one of the list.", name=given.category)
        raise Invalid(sentence, field="category")
