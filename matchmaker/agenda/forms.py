"""The forms by which an organiser publishes, and says what has happened."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional, ValidationError

from matchmaker.agenda.models import Agenda
from matchmaker.fields import ManyOptions

LONGEST_NOTE = 1000


class PublishForm(FlaskForm):
    """`in_force` is the version that the difference beside it was made against.

    Where it is the draft that is published, `revision` is the one that was shown.
    """

    in_force = IntegerField(validators=[Optional()])
    revision = IntegerField(validators=[Optional()])
    note = TextAreaField(
        _l("A note in the mail"),
        validators=[
            Optional(),
            Length(
                max=LONGEST_NOTE,
                message=_l("The note has at most %(most)s characters.", most=LONGEST_NOTE),
            ),
        ],
    )

    def against(self, agenda: Agenda | None, revision: int | None = None) -> "PublishForm":
        """For the page that shows the difference to this version."""
        self.in_force.data, self.revision.data = agenda.number if agenda else 0, revision
        return self

    @property
    def said(self) -> str:
        return (self.note.data or "").strip()


class DisruptionForm(FlaskForm):
    """One thing that happened; which of the fields count depends on what it is."""

    kind = RadioField(
        _l("What happened?"),
        choices=[
            SelectChoice("gone", _l("Somebody does not come")),
            SelectChoice("late", _l("Somebody comes late")),
            SelectChoice("early", _l("Somebody leaves early")),
            SelectChoice("point", _l("A table or room is lost")),
            SelectChoice("time", _l("A time is lost")),
        ],
        default="gone",
    )
    person = SelectField(
        _l("Who"), coerce=int, default=0, validators=[Optional()], widget=ManyOptions()
    )
    point = SelectField(_l("Table or room"), coerce=int, default=0, validators=[Optional()])
    start = SelectField(_l("From"), coerce=int, default=0, validators=[Optional()])
    end = SelectField(_l("Until"), coerce=int, default=0, validators=[Optional()])

    def offer(
        self,
        people: list[tuple[int, str]],
        points: list[tuple[int, str]],
        times: list[tuple[int, str]],
    ) -> "DisruptionForm":
        none = (0, "–")
        self.person.choices = [none, *people]
        self.point.choices = [none, *points]
        self.start.choices = self.end.choices = [none, *times]
        return self

    def validate_person(self, field: SelectField) -> None:
        if self.kind.data in ("gone", "late", "early") and not field.data:
            raise ValidationError(_l("Choose who it is."))

    def validate_point(self, field: SelectField) -> None:
        if self.kind.data == "point" and not field.data:
            raise ValidationError(_l("Choose the table or room that is lost."))

    def validate_start(self, field: SelectField) -> None:
        if self.kind.data in ("late", "time") and not field.data:
            raise ValidationError(_l("Choose the time."))

    def validate_end(self, field: SelectField) -> None:
        if self.kind.data == "early" and not field.data:
            raise ValidationError(_l("Choose the time."))
