"""The forms of registering: who asks, when you can meet; the first step's is `forms_you`."""

from itertools import groupby
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField, SelectMultipleField, ValidationError
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.accounts.addresses import normalise_address
from matchmaker.errors import Invalid
from matchmaker.events.models import Slot
from matchmaker.fields import TOO_LONG, LineField
from matchmaker.registration.availability import blocked
from matchmaker.registration.models import Participant


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def own_name_field() -> LineField:
    return LineField(
        _l("Your name"),
        validators=[
            DataRequired(_l("Write your name as it shall stand on your badge.")),
            Length(max=120, message=TOO_LONG),
        ],
    )


class StartForm(FlaskForm):
    name = own_name_field()
    email = LineField(
        _l("E-mail"),
        validators=[
            DataRequired(_l("Write the address to which we may mail your link.")),
            Length(max=254, message=TOO_LONG),
        ],
    )

    def validate_email(self, field: LineField) -> None:
        try:
            normalise_address(field.data or "")
        except Invalid as error:
            raise ValidationError(error.sentence) from error


class AvailabilityForm(FlaskForm):
    free = CheckboxesField(_l("When you can meet"), coerce=int)
    online = BooleanField(_l("I take part online and meet by video"))
    max_meetings = IntegerField(
        _l("At most so many meetings"),
        validators=[
            Optional(),
            NumberRange(0, 200, message=_l("Write a whole number from 0 to 200, or nothing.")),
        ],
    )

    @classmethod
    def of(
        cls, me: Participant, slots: list[Slot], typed: "MultiDict[str, str] | None" = None
    ) -> "AvailabilityForm":
        """The form with what was said, or else with what was typed; only slots there are.

        Slots that had no box when it was typed, since a session took them, stay as they were said.
        """
        off = blocked(slots, me.absences)
        free = [slot.id for slot in slots if slot.starts_at not in off]
        said = {"free": free, "max_meetings": me.max_meetings, "online": me.online}
        form = cls(data=said) if typed is None else cls(formdata=typed, data=said)
        form.free.choices = [(slot.id, str(slot.id)) for slot in slots]
        boxless = set((request.form if typed is None else typed).getlist("taken", type=int))
        form.free.data = sorted({*(form.free.data or ()), *boxless.intersection(free)})
        return form

    def switch(self, slot_ids: list[int], *, on: bool) -> None:
        """Tick these slots, or none of them, besides what is ticked."""
        others = set(self.free.data or []) - set(slot_ids)
        self.free.data = [*others, *(slot_ids if on else [])]

    def by_block(self, slots: list[Slot]) -> list[list[tuple[Slot, Any]]]:
        """Each block's slots with their checkboxes, in order of time."""
        pairs = zip(slots, self.free, strict=True)
        return [list(of_block) for _id, of_block in groupby(pairs, key=lambda p: p[0].block_id)]
