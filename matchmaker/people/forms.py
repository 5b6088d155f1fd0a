"""What participants press on the pages of people."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf

from matchmaker.wishes.models import LEVELS

SKIP = "skip"


class VerdictForm(FlaskForm):
    """The buttons below a recommendation."""

    verdict = StringField(
        validators=[AnyOf((*LEVELS, SKIP), message=_l("Choose must, want, skip or no."))]
    )


class BookmarkForm(FlaskForm):
    """The star of a person: anything keeps them in mind, nothing forgets them."""

    keep = StringField()
