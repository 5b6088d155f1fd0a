"""The parts of the set-up, what may be done with them, and fields of theirs, in words."""

from flask_babel import lazy_gettext as _l

PART_LABELS = {
    "times": _l("Meeting times"),
    "types": _l("Participant types"),
    "matrix": _l("Who may ask and see whom"),
    "topics": _l("Topics"),
    "sessions": _l("Programme"),
    "points": _l("Meeting points"),
    "zone": _l("Time zone"),
    "moving": _l("A time moves"),
}
NEW_LABELS = {
    "times": _l("Add a block"),
    "types": _l("Add a type"),
    "topics": _l("Add a topic"),
    "sessions": _l("Add a session"),
}
EDIT_LABELS = {
    "times": _l("Change a block"),
    "types": _l("Change a type"),
    "topics": _l("Change a topic"),
    "sessions": _l("Change a session"),
}
WAY_LABELS = {
    "repair": _l(
        "Move them: they stay until you publish a repair, which changes as little as it can"
    ),
    "keep": _l("Keep them: they are locked where they are, and nothing new of the kind is planned"),
    "cancel": _l("Call them off now, and tell their people by mail"),
}
TARGET_LABELS = {
    "types": _l("Its participants get the type"),
    "topics": _l("Its offers and needs go to"),
}
SAID_LABELS = {
    "name": _l("Name"),
    "kind": _l("Kind"),
    "link": _l("Link"),
    "title": _l("Title"),
    "room": _l("Room"),
    "travel_minutes": _l("Minutes on the way"),
    "speaker": _l("Speaker"),
    "abstract": _l("What it is about"),
    "starts_at": _l("Begins"),
    "ends_at": _l("Ends"),
    "type": _l("Type of its people"),
    "topic": _l("Topic of its offers and needs"),
    "timezone": _l("Time zone"),
    "place": _l("Place in the list"),
    "parent": _l("Belongs under"),
    "times": _l("Times"),
}
MAY_LABELS = {"asks": _l("may ask"), "sees": _l("may see")}
