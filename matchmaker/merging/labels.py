"""Why two registrations may be one person's, in words."""

from flask_babel import lazy_gettext as _l

from matchmaker.merging.likeness import Why

WHY_LABELS = {
    Why.ADDRESS: _l("the same address, spelled differently"),
    Why.PHONE: _l("the same phone number"),
    Why.NAME: _l("a like name and organisation"),
}
