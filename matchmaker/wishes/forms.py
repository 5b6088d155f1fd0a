"""What people fill in when they wish and ask."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf, Length

from matchmaker.fields import ParagraphsField
from matchmaker.wishes.models import LEVELS
from matchmaker.wishes.rules import LONGEST_NOTE


class WishForm(FlaskForm):
    """The buttons of a person: one level, or nothing, which takes back what was said."""

    level = StringField(validators=[AnyOf(("", *LEVELS), message=_l("Choose must, want or no."))])

    @property
    def takes_back(self) -> bool:
        return not self.level.data


class RequestForm(FlaskForm):
    note = ParagraphsField(
        _l("A note to them"),
        description=_l("Say in a sentence or two what you would like to talk about."),
        validators=[
            Length(
                max=LONGEST_NOTE,
                message=_l("The note is too long; write at most %(max)d characters."),
            )
        ],
    )
