"""The question the capacity simulator answers."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange


def _whole(label: str, least: int, most: int) -> IntegerField:
    wrong = _l("Write a whole number from %(min)d to %(max)d.")
    return IntegerField(
        label, validators=[InputRequired(wrong), NumberRange(least, most, message=wrong)]
    )


class CapacityForm(FlaskForm):
    people = _whole(_l("Participants"), 2, 5000)
    wishes = _whole(_l("Wishes of each"), 1, 50)
    slots = _whole(_l("Slots"), 1, 200)
    tables = _whole(_l("Tables and other meeting points"), 1, 2500)
    most_each = _whole(_l("Most meetings for each person"), 1, 99)
    seed = _whole(_l("Seed"), 0, 2**31 - 10)

    @property
    def asked(self) -> dict[str, int]:
        names = ("people", "wishes", "slots", "tables", "most_each", "seed")
        return {name: self[name].data for name in names}
