"""Offers and needs of an earlier event, to begin with at the next."""

from werkzeug.datastructures import MultiDict

from matchmaker.events.models import Event
from matchmaker.marketplace.forms_item import said_of
from matchmaker.marketplace.models import ITEM_KINDS
from matchmaker.marketplace.queries import items_of
from matchmaker.registration.carried import earlier_self
from matchmaker.registration.models import Participant


def carried_items(event: Event, me: Participant) -> "MultiDict[str, str] | None":
    """The form as if they were typed anew, for who has not been at this step; else nothing."""
    before = earlier_self(event, me.user) if me.in_person and me.step <= 2 else None
    items = items_of(before) if before is not None else []
    if not items:
        return None
    topics = {topic.key for topic in event.topics}
    typed: MultiDict[str, str] = MultiDict()
    for number, item in enumerate(items):
        said = said_of(item) | {"item_id": ""}
        said["topic"] = said["topic"] if said["topic"] in topics else ""
        for name, value in said.items():
            for each in value if isinstance(value, list) else [value]:
                typed.add(f"{item.kind}-{number}-{name}", str(each))
    for kind in set(ITEM_KINDS) - {item.kind for item in items}:
        typed.add(f"{kind}-0-title", "")
    return typed
