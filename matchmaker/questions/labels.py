"""Kinds of question and who sees the answers, in the reader's language."""

from flask_babel import lazy_gettext as _l

KIND_LABELS = {
    "text": _l("One line of text"),
    "long": _l("Several lines of text"),
    "choice": _l("One of several answers"),
    "several": _l("Any of several answers"),
    "number": _l("A number"),
    "consent": _l("Consent: a box to tick"),
}
AUDIENCE_LABELS = {
    "organisers": _l("Organisers only"),
    "participants": _l("Participants who may see the person, too"),
}
