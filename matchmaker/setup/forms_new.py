"""The form of a new event."""

from datetime import date, timedelta
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.accounts.forms import zones
from matchmaker.accounts.models import User
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.fields import TOO_LONG, DayField, LineField, ManyOptions
from matchmaker.formatting import days_between
from matchmaker.locales import LOCALES, OWN_NAMES
from matchmaker.setup.services_new import NewEvent
from matchmaker.setup.templates import TEMPLATES

LONGEST = timedelta(days=30)
FURTHEST = timedelta(days=5 * 366)
USUAL_ZONE = "Europe/Helsinki"


class NewEventForm(FlaskForm):
    begun_from = RadioField(_l("Begin with"), validators=[InputRequired(_l("Choose one."))])
    programme = BooleanField(_l("Take the programme along"), default=True)
    questions = BooleanField(_l("Take the questions along"), default=True)
    name = LineField(
        _l("Name"),
        validators=[DataRequired(_l("The event needs a name.")), Length(max=160, message=TOO_LONG)],
    )
    place = LineField(
        _l("Place"),
        description=_l("Town and region."),
        validators=[
            DataRequired(_l("Write the town it is held in, or “Online”.")),
            Length(max=160, message=TOO_LONG),
        ],
    )
    first = DayField(_l("First day"), validators=[InputRequired(_l("Choose the first day."))])
    last = DayField(
        _l("Last day"),
        description=_l("Empty for as many days as what you begin with."),
        validators=[Optional()],
    )
    timezone = SelectField(
        _l("Time zone"),
        choices=zones,
        widget=ManyOptions(),
        validators=[InputRequired(_l("Choose a time zone."))],
    )
    languages = SelectMultipleField(
        _l("Languages"),
        description=_l("The event's own texts can be written in each of them."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_l("Choose at least one language."))],
    )

    def validate_first(self, field: DayField) -> None:
        today = now().date()
        if field.data and not today - timedelta(days=1) <= field.data <= today + FURTHEST:
            raise ValidationError(_("This day is over, or years away. Write a day to come."))

    def validate_last(self, field: DayField) -> None:
        first = self.first.data
        if field.data and first and not first <= field.data <= first + LONGEST:
            raise ValidationError(
                _("The last day comes after the first, within a month. Correct one of the two.")
            )

    @classmethod
    def of(cls, user: User, earlier: list[Event]) -> "NewEventForm":
        """As the last event of this person was, else as the person is."""
        form = cls(data=_usual(user, earlier))
        form.earlier = {f"event-{event.id}": event for event in earlier}
        form.languages.choices = list(OWN_NAMES.items())
        form.begun_from.choices = [
            *TEMPLATES.items(),
            *((value, _copy_of(event)) for value, event in form.earlier.items()),
        ]
        return form

    earlier: dict[str, Event]

    def new_event(self) -> NewEvent:
        begun_from = self.begun_from.data or ""
        return NewEvent(
            begun_from=self.earlier.get(begun_from, begun_from),
            name=self.name.data or "",
            place=self.place.data or "",
            first=self.first.data or date.min,
            last=self.last.data,
            timezone=self.timezone.data,
            languages=[code for code in LOCALES if code in (self.languages.data or ())],
            programme=self.programme.data,
            questions=self.questions.data,
        )


def _usual(user: User, earlier: list[Event]) -> dict[str, Any]:
    known = [code for code in LOCALES if earlier and code in earlier[0].languages]
    return {
        "begun_from": next(iter(TEMPLATES)),
        "timezone": earlier[0].timezone if earlier else user.timezone or USUAL_ZONE,
        "languages": known or [str(get_locale() or LOCALES[0])],
    }


def _copy_of(event: Event) -> str:
    return str(
        _(
            "As before: %(event)s, %(days)s",
            event=event.name,
            days=days_between(event.starts_on, event.ends_on),
        )
    )
