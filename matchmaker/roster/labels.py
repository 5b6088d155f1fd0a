"""What becomes of a row, and the columns of the table of people, in words."""

from flask_babel import lazy_gettext as _l

FATE_LABELS = {
    "error": _l("Wrong"),
    "new": _l("New"),
    "update": _l("Changes"),
    "unchanged": _l("As it is"),
}
FATE_TONES = {"error": "danger", "new": "good", "update": "attention"}
REQUEST_LABELS = {
    "pending": _l("waits for an answer"),
    "accepted": _l("accepted"),
    "declined": _l("declined"),
    "withdrawn": _l("withdrawn"),
    "expired": _l("expired"),
}
MAIL_LABELS = {
    "waiting": _l("waits to be sent"),
    "sent": _l("sent"),
    "printed": _l("kept here, not sent"),
    "stopped": _l("not sent: not wanted"),
    "bounced": _l("came back"),
    "failed": _l("could not be sent"),
}
