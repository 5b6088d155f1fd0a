"""What becomes of a row, and the columns of the table of people, in words."""

from flask_babel import lazy_gettext as _l

FATE_LABELS = {
    "error": _l("Wrong"),
    "new": _l("New"),
    "update": _l("Changes"),
    "unchanged": _l("As it is"),
}
FATE_TONES = {"error": "danger", "new": "good", "update": "attention"}
