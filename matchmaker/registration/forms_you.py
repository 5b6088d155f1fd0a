"""The form of the first step: you, and the organisation you come for."""

from functools import cached_property

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField, ValidationError
from wtforms.validators import DataRequired, Length

from matchmaker.accounts.models import User
from matchmaker.errors import Invalid
from matchmaker.events.models import Event
from matchmaker.fields import TOO_LONG, LineField
from matchmaker.organisations.forms import OrganisationFields
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.names import fold_name, nearly_same
from matchmaker.organisations.queries import (
    find_by_id,
    find_organisation,
    nearly_named,
    organisations_named,
    suggest_organisations,
)
from matchmaker.organisations.regions import is_region
from matchmaker.own_text_fields import said_in_languages
from matchmaker.registration.carried import earlier_self
from matchmaker.registration.consents import standing_consents
from matchmaker.registration.forms import CheckboxesField, own_name_field
from matchmaker.registration.forms_privacy import PrivacyFields, said_in_private
from matchmaker.registration.languages import language_choices
from matchmaker.registration.models import Participant
from matchmaker.registration.queries import has_fixed_type, may_describe

NEW = "new"
LARGEST_ID = 2**31 - 1


class YouForm(PrivacyFields, OrganisationFields):
    """`same_as` is the known organisation meant: its id, or that it is a new one."""

    name = own_name_field()
    organisation = LineField(
        _l("Organisation"),
        description=_l("Type its name or its short name; if it is known here, choose it."),
        validators=[
            DataRequired(_l("Write for which organisation you come.")),
            Length(max=160, message=TOO_LONG),
        ],
    )
    same_as = RadioField(_l("Which organisation"), validate_choice=False)
    type = RadioField(_l("You come as"), validate_choice=False)
    languages = CheckboxesField(_l("Languages you can hold a meeting in"))
    more_languages = CheckboxesField(_l("More languages"))
    listed = BooleanField(_l("Other participants may see me"))

    me: Participant | None = None
    before: Participant | None = None

    @classmethod
    def of(
        cls,
        event: Event,
        user: User,
        me: Participant | None,
        typed: "MultiDict[str, str] | None" = None,
    ) -> "YouForm":
        """The form with what the person has said so far, or else with what they typed."""
        before = earlier_self(event, user) if me is None else None
        said = _said(event, user, me, before)
        form = cls(data=said) if typed is None else cls(formdata=typed, data=said)
        form.me, form.before = me, before
        form.agreed = standing_consents(me) if me is not None else {}
        form.offer_choices()
        form.type.choices = [(kind.name, kind.name) for kind in event.types]
        form.type.flags.required = True
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
        details = (self.kind, self.size, self.country, self.region, self.website, self.description)
        is_new = self.same_as.data == NEW or bool(self.kind.data)
        wrong = self.description_elsewhere.has_errors or any(field.errors for field in details)
        return is_new or wrong

    @property
    def speaks_more(self) -> bool:
        return any(option.checked for option in self.more_languages)

    @property
    def type_is_fixed(self) -> bool:
        return self.me is not None and has_fixed_type(self.me)

    @property
    def meant(self) -> Organisation | None:
        """The known organisation that was chosen, if it still answers the name."""
        text = self.same_as.data or ""
        number = int(text) if text.isdecimal() and len(text) < 11 else 0
        found = find_by_id(number) if 0 < number <= LARGEST_ID else None
        if found is None or found in self.alike or _is_named(found, self.organisation.data or ""):
            return found
        return None

    @cached_property
    def alike(self) -> list[Organisation]:
        """The known organisations that may be the one meant, where that is not clear."""
        name, country = self.organisation.data or "", self.country.data or ""
        if not name or self._is_own(name):
            return []
        named = organisations_named(name)
        if len(named) > 1 and not country:
            return named
        if find_organisation(name, country) is not None:
            return []
        described = bool(self.kind.data)
        return nearly_named(name, country) or (
            [] if described else suggest_organisations(name, limit=5)
        )

    @property
    def asks_same(self) -> bool:
        """Whether to ask if it is one of those: on the page that came back, and its repeats."""
        return bool(self.same_as.errors or self.same_as.data) and bool(self.alike)

    def blame(self, refusal: Invalid) -> None:
        """Show a refusal at its field, or at the organisation."""
        field = getattr(self, refusal.field, self.organisation)
        field.errors = [*field.errors, refusal.sentence]

    def validate_same_as(self, field: RadioField) -> None:
        if not self.alike or field.data == NEW or self.meant is not None:
            return
        raise ValidationError(
            _("An organisation of nearly this name is here already. Say whether it is yours.")
        )

    def validate_type(self, field: RadioField) -> None:
        if self.type_is_fixed:
            return
        if field.data not in [choice[0] for choice in field.choices or []]:
            raise ValidationError(_("Choose what describes you best."))

    def validate_kind(self, field: SelectField) -> None:
        if self._is_new and not field.data:
            raise ValidationError(_("It is new here: choose what kind of organisation it is."))

    def validate_country(self, field: SelectField) -> None:
        if self._is_new and not field.data and not is_region(self.region.data or ""):
            raise ValidationError(_("It is new here: choose its country."))

    @property
    def _is_new(self) -> bool:
        """Whether nothing known is meant; while that is being asked, nobody knows."""
        name, country = self.organisation.data or "", self.country.data or ""
        if not name or self._is_own(name) or self.meant is not None:
            return False
        if self.alike:
            return bool(self.same_as.data == NEW)
        return find_organisation(name, country) is None

    def _is_own(self, name: str) -> bool:
        """Whether it is the one this person entered, perhaps with a slip put right."""
        own = self.me.organisation if self.me else None
        if self.me is None or own is None or not may_describe(self.me):
            return False
        if _is_named(own, name):
            return True
        return nearly_same(own.name, name) and not organisations_named(name)


def _is_named(organisation: Organisation, name: str) -> bool:
    same: bool = organisation.name_key == fold_name(name)
    return same


def _said(
    event: Event, user: User, me: Participant | None, before: Participant | None
) -> dict[str, object]:
    """What they said here, else at an earlier event; each event asks anew to show them."""
    if me is not None:
        return said_in_private(me) | _said_here(me)
    if before is None:
        return {**said_in_private(None), "name": user.name}
    kinds = [kind.name for kind in event.types]
    again = said_in_private(before, with_consents=False) | _said_here(before)
    return again | {
        "listed": False,
        "type": again["type"] if again["type"] in kinds else None,
    }


def _said_here(me: Participant) -> dict[str, object]:
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
        details = ("kind", "size", "region", "website", "description")
        said |= {name: getattr(me.organisation, name) for name in details}
        own = me.organisation
        said |= said_in_languages("description", own.description_language, own.description_texts)
    return said
