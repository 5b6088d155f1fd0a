"""The form that chooses which kinds of mail one gets."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField

from matchmaker.messages.models import STOPPABLE, Kind


class KindsForm(FlaskForm):
    """One box a kind of mail that can be stopped; a field is named like its kind."""

    @staticmethod
    def field_of(kind: Kind) -> str:
        return str(kind).replace("-", "_")

    requests = BooleanField(
        _l("Requests"),
        description=_l("Somebody asks to meet you, or answers you."),
    )
    agenda = BooleanField(
        _l("Your agenda"),
        description=_l("It is published, or a meeting is new, moved or cancelled."),
    )
    reminders = BooleanField(
        _l("Reminders"),
        description=_l("Something opens or closes soon, such as the time for wishes."),
    )
    follow_up = BooleanField(
        _l("After an event"),
        description=_l("What came of your meetings: asked after it, and 3, 6 and 12 months later."),
    )

    def wanted(self) -> set[Kind]:
        return {kind for kind in STOPPABLE if self[self.field_of(kind)].data}
