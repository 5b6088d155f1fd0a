"""The forms that edit parts of the set-up; each carries the version that was seen."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from matchmaker.accounts.forms import zones
from matchmaker.events.models import ParticipantType
from matchmaker.fields import TOO_LONG, DayField, LineField, ManyOptions, ParagraphsField
from matchmaker.programme.models import MOST_TRAVEL

LONGEST_SLOT = 24 * 60
NUMBER = _l("Write a whole number from %(min)d to %(max)d.")
DAY = _l("Choose a day.")
TIME = _l("Write a time of day, such as 13:00.")


class PartForm(FlaskForm):
    """`seen` is the version of the part that the page was made from."""

    seen = HiddenField()

    @classmethod
    def of(cls, data: dict[str, Any], *, fresh: bool) -> Self:
        """As it was sent, else as it is saved; `fresh` as it is saved in any case."""
        return cls(formdata=None, data=data) if fresh else cls(data=data)

    @property
    def seen_version(self) -> int:
        text = self.seen.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else 0


class BlockForm(PartForm):
    day = DayField(_l("Day"), validators=[InputRequired(DAY)])
    start = TimeField(_l("Begins"), validators=[InputRequired(TIME)])
    end = TimeField(_l("Ends"), validators=[InputRequired(TIME)])
    minutes = IntegerField(
        _l("Minutes of a meeting"),
        validators=[InputRequired(NUMBER), NumberRange(1, LONGEST_SLOT, message=NUMBER)],
        default=20,
    )
    pause = IntegerField(
        _l("Minutes between two meetings"),
        validators=[InputRequired(NUMBER), NumberRange(0, 240, message=NUMBER)],
        default=0,
    )
    lunch_from = TimeField(
        _l("Lunch from"),
        description=_l("A lunch makes two blocks of this one, before and after it."),
        validators=[Optional()],
    )
    lunch_to = TimeField(_l("Lunch until"), validators=[Optional()])

    def validate_end(self, field: TimeField) -> None:
        if self.start.data is None or field.data is None or self.minutes.data is None:
            return
        length = _minutes(field.data) - _minutes(self.start.data)
        if length <= 0:
            raise ValidationError(
                _l("It ends before it begins. A block ends on the day it begins.")
            )
        if length < self.minutes.data:
            raise ValidationError(_l("Not even one meeting fits. Let it end later."))

    def validate(self, extra_validators: Any = None) -> bool:
        """The lunch last: where one of its times is empty, that field's own rules end early."""
        fine = super().validate(extra_validators)
        sentence = self._wrong_lunch()
        if sentence:
            self.lunch_to.errors = [sentence]
        return fine and not sentence

    def _wrong_lunch(self) -> str:
        first, last = self.lunch_from.data, self.lunch_to.data
        start, end = self.start.data, self.end.data
        if (first is None) != (last is None):
            return str(_("Give both times of the lunch, or neither."))
        if first is None or last is None or start is None or end is None:
            return ""
        if start < first < last < end:
            return ""
        return str(_("The lunch lies inside the block, and ends after it begins."))

    def stretches(self, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
        """The block as it shall be; two of them around a lunch."""
        ends = [self.start.data, self.lunch_from.data, self.lunch_to.data, self.end.data]
        at = [moment(self.day.data, each, zone) for each in ends if each is not None]
        return list(zip(at[::2], at[1::2], strict=True))


class TypeForm(PartForm):
    name = LineField(
        _l("Name"),
        validators=[
            DataRequired(_l("The type needs a name.")),
            Length(max=60, message=TOO_LONG),
        ],
    )


class TopicForm(PartForm):
    name = LineField(
        _l("Name"),
        validators=[
            DataRequired(_l("The topic needs a name.")),
            Length(max=120, message=TOO_LONG),
        ],
    )
    parent = SelectField(_l("Belongs under"), coerce=int)


class SessionForm(PartForm):
    title = LineField(
        _l("Title"),
        validators=[
            DataRequired(_l("The session needs a title.")),
            Length(max=200, message=TOO_LONG),
        ],
    )
    day = DayField(_l("Day"), validators=[InputRequired(DAY)])
    start = TimeField(_l("Begins"), validators=[InputRequired(TIME)])
    end = TimeField(
        _l("Ends"),
        description=_l("A time before the beginning is on the next day."),
        validators=[InputRequired(TIME)],
    )
    room = LineField(_l("Room"), validators=[Length(max=120, message=TOO_LONG)])
    travel_minutes = IntegerField(
        _l("Minutes on the way"),
        description=_l(
            "For a visit elsewhere: how long the way there takes, and as long the way back. Who"
            " attends has no meetings meanwhile."
        ),
        validators=[
            Optional(),
            NumberRange(0, MOST_TRAVEL, message=NUMBER),
        ],
    )
    speaker = LineField(_l("Speaker"), validators=[Length(max=200, message=TOO_LONG)])
    abstract = ParagraphsField(
        _l("What it is about"), validators=[Length(max=10_000, message=TOO_LONG)]
    )

    def validate_end(self, field: TimeField) -> None:
        if field.data is not None and field.data == self.start.data:
            raise ValidationError(_l("It ends when it begins. Let it end later."))

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        day, start, end = self.day.data or date.min, self.start.data, self.end.data
        last = day + timedelta(days=1) if start and end and end < start else day
        return moment(day, start, zone), moment(last, end, zone)


class MatrixForm(PartForm):
    """Ticks by pair of types, as `one-other`."""

    asks = SelectMultipleField(_l("Who may ask whom"))
    sees = SelectMultipleField(_l("Who may see whom"))
    types: Sequence[ParticipantType] = ()


class ZoneForm(PartForm):
    timezone = SelectField(
        _l("Time zone"),
        choices=zones,
        widget=ManyOptions(),
        validators=[InputRequired(_l("Choose one."))],
    )
    keep = RadioField(
        _l("What stays as it is"),
        choices=[
            SelectChoice("clock", _l("The time of day: 13:00 stays 13:00, in the new zone")),
            SelectChoice("moment", _l("The moment: 13:00 is shown as what it is in the new zone")),
        ],
        default="clock",
        validators=[InputRequired(_l("Choose one."))],
    )


def _minutes(at: time) -> int:
    return 60 * at.hour + at.minute


def moment(day: date | None, at: time | None, zone: ZoneInfo) -> datetime:
    return datetime.combine(day or date.min, at or time.min, zone).astimezone(UTC)
