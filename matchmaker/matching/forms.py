"""The form that starts a run."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

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
