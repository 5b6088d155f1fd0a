"""What organisers send about a table of people."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class SheetForm(FlaskForm):
    file = FileField(
        _l("The table of people, as XLSX or CSV"),
        description=_l(
            "One row a person, with a row of headings above. You see what would happen to each row"
            " before anything is entered."
        ),
        validators=[FileRequired(message=_l("Choose the file with the people."))],
    )

    def refuse(self, sentence: str) -> None:
        self.file.errors = [*self.file.errors, sentence]
