"""The settings of an event, and moving it to another phase."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from matchmaker.events.labels import APPROVAL_LABELS, CONSENT_LABELS, PHASE_LABELS, WEIGHT_LABELS
from matchmaker.events.models import Event
from matchmaker.events.weights import MOST, complete, least
from matchmaker.fields import LineField, ParagraphsField

TOO_LONG = _l("Shorten this to %(max)d characters or fewer.")
TEXTS = ("name", "tagline", "description", "place", "venue")
CHOICES = ("approval", "consent", "max_meetings")


def _weight(name: str) -> IntegerField:
    wrong = _l("Write a whole number from %(min)d to %(max)d.")
    return IntegerField(
        WEIGHT_LABELS[name],
        validators=[InputRequired(wrong), NumberRange(least(name), MOST, message=wrong)],
    )


class SettingsForm(FlaskForm):
    version = HiddenField()
    name = LineField(
        _l("Name"),
        validators=[
            DataRequired(_l("The event needs a name.")),
            Length(max=160, message=TOO_LONG),
        ],
    )
    tagline = LineField(
        _l("Tagline"),
        description=_l("One sentence that says why to come; it stands under the name."),
        validators=[Length(max=200, message=TOO_LONG)],
    )
    description = ParagraphsField(
        _l("Description"),
        description=_l("An empty line begins a new paragraph."),
        validators=[Length(max=10_000, message=TOO_LONG)],
    )
    place = LineField(_l("Place"), validators=[Length(max=160, message=TOO_LONG)])
    venue = LineField(_l("Venue"), validators=[Length(max=160, message=TOO_LONG)])
    approval = RadioField(_l("Who gets in"), choices=list(APPROVAL_LABELS.items()))
    consent = RadioField(_l("Which meetings may be planned"), choices=list(CONSENT_LABELS.items()))
    max_meetings = IntegerField(
        _l("At most so many meetings each"),
        description=_l("Participants may choose another number for themselves."),
        validators=[
            InputRequired(_l("Write a whole number.")),
            NumberRange(0, 200, message=_l("Write a whole number from %(min)d to %(max)d.")),
        ],
    )
    must = _weight("must")
    want = _weight("want")
    accepted = _weight("accepted")
    offer_meets_need = _weight("offer_meets_need")
    same_topic = _weight("same_topic")
    type_preference = _weight("type_preference")
    different_regions = _weight("different_regions")

    @classmethod
    def of(cls, event: Event) -> "SettingsForm":
        plain = {name: getattr(event, name) for name in (*TEXTS, *CHOICES)}
        return cls(data=plain | complete(event.weights) | {"version": event.version})

    @property
    def weight_fields(self) -> list[IntegerField]:
        return [self[name] for name in WEIGHT_LABELS]

    @property
    def seen_version(self) -> int:
        """The version the person saw; 0 where it was tampered with."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    def settings(self) -> dict[str, Any]:
        """What was given, as `change_settings` takes it."""
        plain = {name: self[name].data for name in (*TEXTS, *CHOICES)}
        return plain | {"weights": {field.name: field.data for field in self.weight_fields}}

    def differing(self, event: Event) -> list[tuple[str, Any]]:
        """The fields whose value here is not the event's, with the event's value."""
        saved = SettingsForm.of(event).settings()
        theirs = saved | saved["weights"]
        names = [name for name in (*TEXTS, *CHOICES, *WEIGHT_LABELS)]
        return [
            (self[name].label.text, theirs[name])
            for name in names
            if self[name].data != theirs[name]
        ]


class PhaseForm(FlaskForm):
    phase = SelectField(choices=[(str(phase), label) for phase, label in PHASE_LABELS.items()])
