"""The states of a registration in words, and how loudly each is shown."""

from flask_babel import lazy_gettext as _l

from matchmaker.registration.models import Status

STATUS_LABELS = {
    Status.PENDING: _l("Waiting"),
    Status.WAITING: _l("Waiting list"),
    Status.APPROVED: _l("In"),
    Status.REGISTERING: _l("Registering"),
    Status.REJECTED: _l("Declined"),
    Status.WITHDRAWN: _l("Withdrawn"),
}
STATUS_TONES = {Status.PENDING: "attention", Status.APPROVED: "good", Status.REJECTED: "danger"}
