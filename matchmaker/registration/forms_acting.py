"""The forms of those who act for several organisations."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its stubs
from wtforms.validators import DataRequired, InputRequired, Length

from matchmaker.fields import TOO_LONG, LineField

MYSELF, SOMEBODY_ELSE = "me", "other"


class AnotherForm(FlaskForm):
    who = RadioField(
        _l("Who attends its meetings?"),
        choices=[
            SelectChoice(MYSELF, _l("I do: never two of my meetings at the same time")),
            SelectChoice(SOMEBODY_ELSE, _l("Somebody else, and I look after their place")),
        ],
        validators=[InputRequired(_l("Choose who sits in the meetings."))],
    )
    name = LineField(_l("Their name"), validators=[Length(max=120, message=TOO_LONG)])

    def validate_name(self, field: LineField) -> None:
        if self.who.data == SOMEBODY_ELSE and not field.data:
            raise ValidationError(_("Write their name as it shall stand on the badge."))

    @property
    def others_name(self) -> str:
        """Who else attends; empty where the account's holder does."""
        return (self.name.data or "") if self.who.data == SOMEBODY_ELSE else ""


class HandOverForm(FlaskForm):
    email = LineField(
        _l("Their e-mail"),
        validators=[
            DataRequired(_l("Write the address of whoever takes over.")),
            Length(max=254, message=TOO_LONG),
        ],
    )
