"""The forms that start a run, and that ask why two people meet or do not."""

from typing import cast

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from matchmaker.matching.snapshot import STAYS, Stay

LARGEST_SEED = 2**31 - 1


class RunForm(FlaskForm):
    seed = IntegerField(
        _l("Seed"),
        default=0,
        validators=[
            Optional(),
            NumberRange(0, LARGEST_SEED, _l("Give a whole number from 0 to 2147483647.")),
        ],
    )
    seconds = IntegerField(
        _l("Most seconds to spend"),
        validators=[
            Optional(),
            NumberRange(1, 600, _l("Give a whole number of seconds from 1 to 600.")),
        ],
    )
    stay = RadioField(
        _l("Meetings that are published"),
        choices=[
            SelectChoice("free", _l("Keep their times where that costs no value")),
            SelectChoice("most", _l("Keep as many as can be kept, then add what fits")),
            SelectChoice("fresh", _l("Start fresh; any meeting may move")),
        ],
        default="free",
        validators=[Optional()],
    )

    @property
    def stays(self) -> Stay:
        """What the run keeps; the usual where nothing was chosen."""
        chosen = self.stay.data
        return cast("Stay", chosen) if chosen in STAYS else "free"


class WhyForm(FlaskForm):
    """Two people of a run. It only asks, so it goes by GET and needs no token."""

    class Meta:
        csrf = False

    a = SelectField(_l("One person"), validators=[InputRequired(_l("Choose a person."))])
    b = SelectField(_l("The other"), validators=[InputRequired(_l("Choose a person."))])

    def offer(self, people: list[tuple[str, str]]) -> "WhyForm":
        nobody = SelectChoice("", _l("Choose a person"))
        choices = [nobody, *(SelectChoice(*person) for person in people)]
        self.a.choices = self.b.choices = choices
        return self

    def validate_b(self, field: SelectField) -> None:
        if field.data and field.data == self.a.data:
            raise ValidationError(_l("That is the same person twice. Choose another one."))
