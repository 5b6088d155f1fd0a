"""The settings of an event, and moving it to another phase."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from matchmaker.events.labels import (
    APPROVAL_LABELS,
    CONSENT_LABELS,
    PHASE_LABELS,
    PLACEMENT_LABELS,
    WEIGHT_LABELS,
)
from matchmaker.events.models import MOST_IN_A_ROW, MOST_MEETINGS, Event
from matchmaker.events.weights import MAX_WEIGHT, complete, min_weight
from matchmaker.fields import differing

CHOICES = ("approval", "consent", "max_meetings", "most_in_a_row")
REQUESTS = ("most_pending", "request_days", "placement", "change_hours")


def _weight(name: str) -> IntegerField:
    wrong = _l("Write a whole number from %(min)d to %(max)d.")
    return IntegerField(
        WEIGHT_LABELS[name],
        validators=[InputRequired(wrong), NumberRange(min_weight(name), MAX_WEIGHT, message=wrong)],
    )


class SettingsForm(FlaskForm):
    version = HiddenField()
    approval = RadioField(
        _l("Who gets in"),
        validators=[InputRequired(_l("Choose one."))],
    )
    consent = RadioField(
        _l("Which meetings may be planned"),
        validators=[InputRequired(_l("Choose one."))],
    )
    max_meetings = IntegerField(
        _l("At most so many meetings each"),
        description=_l("Participants may choose another number for themselves."),
        validators=[
            InputRequired(_l("Write a whole number.")),
            NumberRange(0, 200, message=_l("Write a whole number from %(min)d to %(max)d.")),
        ],
    )
    most_in_a_row = IntegerField(
        _l("At most so many meetings in a row"),
        description=_l(
            "After as many there is a free time. Leave it empty where that does not matter."
        ),
        validators=[
            Optional(),
            NumberRange(
                1, MOST_IN_A_ROW, message=_l("Write a whole number from %(min)d to %(max)d.")
            ),
        ],
    )
    most_pending = IntegerField(
        _l("Requests of one person that may wait for an answer"),
        default=10,
        validators=[
            InputRequired(_l("Write a whole number.")),
            NumberRange(
                1, MOST_MEETINGS, message=_l("Write a whole number from %(min)d to %(max)d.")
            ),
        ],
    )
    request_days = IntegerField(
        _l("Days until a request without an answer ends"),
        description=_l(
            "Whoever is to answer is reminded a day before. 0 lets requests wait for ever."
        ),
        validators=[
            InputRequired(_l("Write a whole number.")),
            NumberRange(0, 90, message=_l("Write a whole number from %(min)d to %(max)d.")),
        ],
    )
    placement = RadioField(
        _l("When two agree to meet"),
        validators=[InputRequired(_l("Choose one."))],
    )
    change_hours = IntegerField(
        _l("Hours before a meeting until which its two may cancel or move it"),
        description=_l("Leave it empty if only you change meetings."),
        validators=[
            Optional(),
            NumberRange(0, 720, message=_l("Write a whole number from %(min)d to %(max)d.")),
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
    def of(cls, event: Event, *, fresh: bool = False) -> "SettingsForm":
        """As it was sent, else as it is saved; `fresh` as it is saved in any case."""
        data = saved(event) | {"version": event.version}
        form = cls(formdata=None, data=data) if fresh else cls(data=data)
        form.approval.choices = list(APPROVAL_LABELS.items())
        form.consent.choices = list(CONSENT_LABELS.items())
        form.placement.choices = list(PLACEMENT_LABELS.items())
        return form

    @property
    def weight_fields(self) -> list[IntegerField]:
        return [self[name] for name in WEIGHT_LABELS]

    @property
    def seen_version(self) -> int:
        """The version the person saw; 0 where it was tampered with."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    def settings(self, event: Event) -> dict[str, Any]:
        """What was given, as `change_settings` takes it; weights left alone stay the defaults."""
        plain = {name: self[name].data for name in (*CHOICES, *REQUESTS)}
        given = {field.name: field.data for field in self.weight_fields}
        untouched = given == complete(event.weights)
        return plain | {"weights": event.weights if untouched else given}

    def differing(self, event: Event) -> list[tuple[str, str, str]]:
        """The label of each field that is not as saved, with what stands here and what is saved."""
        return differing(self, self.of(event, fresh=True))


def saved(event: Event) -> dict[str, Any]:
    """The event's own settings by the names of the fields."""
    plain = {name: getattr(event, name) for name in (*CHOICES, *REQUESTS)}
    return plain | complete(event.weights)


class PhaseForm(FlaskForm):
    phase = SelectField()

    @classmethod
    def of_all(cls) -> "PhaseForm":
        form = cls()
        form.phase.choices = [(str(phase), label) for phase, label in PHASE_LABELS.items()]
        return form
