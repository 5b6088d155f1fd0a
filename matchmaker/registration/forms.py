"""The forms of registering: who asks, you and your organisation, when you can meet."""

from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.accounts.addresses import normalise_address
from matchmaker.accounts.models import User
from matchmaker.errors import Invalid
from matchmaker.events.models import Event, Slot
from matchmaker.fields import TOO_LONG, LineField
from matchmaker.organisations.forms import OrganisationFields
from matchmaker.organisations.queries import find_organisation, organisations_named
from matchmaker.registration.availability import blocked
from matchmaker.registration.languages import language_choices
from matchmaker.registration.models import Participant
from matchmaker.registration.queries import may_describe


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _own_name() -> LineField:
    return LineField(
        _l("Your name"),
        validators=[
            DataRequired(_l("Write your name as it shall stand on your badge.")),
            Length(max=120, message=TOO_LONG),
        ],
    )


class StartForm(FlaskForm):
    name = _own_name()
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


class YouForm(OrganisationFields):
    name = _own_name()
    organisation = LineField(
        _l("Organisation"),
        description=_l("Type the first letters; if it is known here, choose it from the list."),
        validators=[
            DataRequired(_l("Write for which organisation you come.")),
            Length(max=160, message=TOO_LONG),
        ],
    )
    type = RadioField(
        _l("You come as"), validators=[InputRequired(_l("Choose what describes you best."))]
    )
    languages = CheckboxesField(_l("Languages you can hold a meeting in"))
    more_languages = CheckboxesField(_l("More languages"))
    listed = BooleanField(_l("Other participants may see me"))

    @classmethod
    def of(cls, event: Event, user: User, me: Participant | None) -> "YouForm":
        """The form with what the person has said so far."""
        form = cls(data=_said(user, me))
        form.offer_choices()
        form.type.choices = [(kind.name, kind.name) for kind in event.types]
        form.languages.choices, form.more_languages.choices = language_choices(event.languages)
        return form

    @property
    def spoken(self) -> list[str]:
        return [*(self.languages.data or []), *(self.more_languages.data or [])]

    @property
    def asks_details(self) -> bool:
        """Whether a new organisation is being described, or described wrongly.

        The country alone says nothing: it is filled in for a known organisation too.
        """
        details = (self.kind, self.country, self.region, self.website, self.description)
        return bool(self.kind.data) or any(field.errors for field in details)

    @property
    def speaks_more(self) -> bool:
        return any(option.checked for option in self.more_languages)

    def validate_kind(self, field: SelectField) -> None:
        if self._is_new() and not field.data:
            raise ValidationError(_("It is new here: choose what kind of organisation it is."))

    def validate_country(self, field: SelectField) -> None:
        if field.data or not self.organisation.data:
            return
        if len(organisations_named(self.organisation.data)) > 1:
            raise ValidationError(_("There are several organisations of this name: choose one's."))
        if self._is_new():
            raise ValidationError(_("It is new here: choose its country."))

    def _is_new(self) -> bool:
        name = self.organisation.data or ""
        return bool(name) and find_organisation(name, self.country.data or "") is None


def _said(user: User, me: Participant | None) -> dict[str, object]:
    if me is None:
        return {"name": user.name}
    said: dict[str, object] = {
        "name": me.name,
        "type": me.type.name if me.type else None,
        "languages": me.languages,
        "more_languages": me.languages,
        "listed": me.listed_at is not None,
    }
    if me.organisation is not None:
        said["organisation"] = me.organisation.name
        said["country"] = me.organisation.country
    if me.organisation is not None and may_describe(me):
        details = ("kind", "region", "website", "description")
        said |= {name: getattr(me.organisation, name) for name in details}
    return said


class AvailabilityForm(FlaskForm):
    free = CheckboxesField(_l("When you can meet"), coerce=int)
    max_meetings = IntegerField(
        _l("At most so many meetings"),
        validators=[
            Optional(),
            NumberRange(0, 200, message=_l("Write a whole number from 0 to 200, or nothing.")),
        ],
    )

    @classmethod
    def of(cls, me: Participant, slots: list[Slot]) -> "AvailabilityForm":
        off = blocked(slots, me.absences)
        free = [slot.id for slot in slots if slot.starts_at not in off]
        form = cls(data={"free": free, "max_meetings": me.max_meetings})
        form.free.choices = [(slot.id, str(slot.id)) for slot in slots]
        return form

    def switch(self, slot_ids: list[int], *, on: bool) -> None:
        """Tick these slots, or none of them, besides what is ticked."""
        others = set(self.free.data or []) - set(slot_ids)
        self.free.data = [*others, *(slot_ids if on else [])]

    def by_block(self, slots: list[Slot]) -> list[list[tuple[Slot, Any]]]:
        """Each block's slots with their checkboxes, in order of time."""
        pairs = zip(slots, self.free, strict=True)
        return [list(of_block) for _id, of_block in groupby(pairs, key=lambda p: p[0].block_id)]
