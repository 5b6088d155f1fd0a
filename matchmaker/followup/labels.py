"""What people say of meetings, in words."""

from flask_babel import lazy_gettext as _l

from matchmaker.followup.said import Held

SAID_LABELS = {
    "held": _l("We met"),
    "absent": _l("They did not come"),
    "missed": _l("I could not come"),
}
RATING_LABELS = {1: _l("Not useful"), 2: _l("Useful"), 3: _l("Very useful")}
RESULT_LABELS = {
    "contact": _l("Contact kept up"),
    "project": _l("Joint project"),
    "letter": _l("Letter of intent"),
    "contract": _l("Contract"),
    "bid": _l("Funding bid"),
}
HELD_LABELS = {
    Held.HELD: _l("Held"),
    Held.NO_SHOW: _l("No-show"),
    Held.DISPUTED: _l("Disputed"),
    Held.UNKNOWN: _l("Unknown"),
}
ROUND_LABELS = {
    0: _l("After the event"),
    3: _l("After 3 months"),
    6: _l("After 6 months"),
    12: _l("After 12 months"),
}
