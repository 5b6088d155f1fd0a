"""What somebody fills in to bring in an event."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import ValidationError
from wtforms.validators import Optional

from matchmaker.exchange import shapes
from matchmaker.exchange.problems import NotRight
from matchmaker.fields import LineField


class ImportForm(FlaskForm):
    file = FileField(
        _l("The event's folder, as a zip"),
        description=_l(
            "It holds event.toml, participants.csv, wishes.csv and, if you like, items.csv."
        ),
        validators=[FileRequired(message=_l("Choose the zip file of the event."))],
    )
    slug = LineField(
        _l("Another slug"),
        description=_l(
            "The slug is the event's name in its web address. Give another one where the one in"
            " event.toml is taken."
        ),
        validators=[Optional()],
    )

    def validate_slug(self, field: LineField) -> None:
        try:
            shapes.slug(field.data or "")
        except NotRight as error:
            raise ValidationError(f"{error.wrong}; {error.right}.") from error

    def refuse(self, field: str, sentence: str) -> None:
        """Show a refusal where the person can mend it."""
        target = self.slug if field == "slug" else self.file
        target.errors = [*target.errors, sentence]
