"""The form by which times move."""

from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Optional, ValidationError

from matchmaker.fields import DayField
from matchmaker.setup.forms import TIME, PartForm, moment


class MoveForm(PartForm):
    first = SelectField(_l("Which time moves"), coerce=int)
    extent = RadioField(
        _l("How much moves"),
        choices=[
            SelectChoice("rest", _l("This time and all after it in its block")),
            SelectChoice("alone", _l("This time alone")),
        ],
        default="rest",
        validators=[InputRequired(_l("Choose one."))],
    )
    start = TimeField(_l("Begins now at"), validators=[InputRequired(TIME)])
    day = DayField(
        _l("On another day"),
        description=_l("Leave it empty where the day stays."),
        validators=[Optional()],
    )

    def offer(self, times: list[tuple[int, str]]) -> Self:
        self.first.choices = [(0, "–"), *times]
        self.first.flags.required = True
        return self

    def validate_first(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(_l("Choose the time."))

    def moment(self, before: datetime, zone: ZoneInfo) -> datetime:
        """When the first of them begins then."""
        on = self.day.data or before.astimezone(zone).date()
        at = self.start.data or before.astimezone(zone).time()
        return moment(on, at, zone)
