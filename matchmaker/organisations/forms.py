"""The fields that describe an organisation, and what they may hold."""

from typing import Any
from urllib.parse import urlsplit

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, ValidationError
from wtforms.validators import Length

from matchmaker.fields import TOO_LONG, LineField, ManyOptions, ParagraphsField, one_line
from matchmaker.organisations.countries import country_names
from matchmaker.organisations.labels import KIND_LABELS, SIZE_LABELS
from matchmaker.organisations.options import country_options, region_options
from matchmaker.organisations.regions import PREFIXES, country_of, country_prefix, is_region
from matchmaker.own_text_fields import OtherLanguages, add_languages

LONGEST_DESCRIPTION = 4000


def _as_code(text: str | None) -> str:
    return one_line(text).upper()


def web_address(_form: FlaskForm, field: LineField) -> None:
    """A validator; an address without https:// gets it."""
    if not field.data:
        return
    address = field.data if "://" in field.data else f"https://{field.data}"
    if not _is_web_address(address):
        raise ValidationError(_("Write the address like https://www.example.org."))
    field.data = address


class OrganisationFields(FlaskForm):
    """To be inherited by a form that enters an organisation."""

    kind = SelectField(_l("Kind of organisation"), default="")
    size = SelectField(_l("How many people work there?"), default="")
    country = SelectField(_l("Country"), default="", widget=ManyOptions())
    region = SelectField(
        _l("Region"),
        default="",
        widget=ManyOptions(),
        filters=[_as_code],
        validate_choice=False,
        validators=[Length(max=5, message=_l("A NUTS code has at most 5 characters, like FI1D7."))],
    )
    website = LineField(_l("Website"), validators=[Length(max=300, message=TOO_LONG), web_address])
    description = ParagraphsField(
        _l("What does it do?"),
        description=_l("Two or three sentences that others read before they meet you."),
        validators=[Length(max=LONGEST_DESCRIPTION, message=TOO_LONG)],
    )

    def offer_choices(self) -> None:
        """Fill the lists to choose from, in the reader's language."""
        blank = ("", _("Choose one"))
        self.kind.choices = [blank, *KIND_LABELS.items()]
        self.size.choices = [("", _("Not said")), *SIZE_LABELS.items()]
        language = (get_locale() or Locale("en")).language
        self.country.choices = [("", _("Choose one"), {}), *country_options(language)]
        unknown = _("I do not know")
        self.region.choices = region_options(language, unknown, kept=self.region.data or "")

    def validate_region(self, field: LineField) -> None:
        code = field.data or ""
        if not code:
            return
        if not is_region(code) or not _is_of_a_country(code):
            raise ValidationError(_("Write two letters and up to three more signs, like FI1D7."))
        prefix = country_prefix(self.country.data or "")
        if prefix and not code.startswith(prefix):
            raise ValidationError(
                _(
                    "This region is of another country than the one chosen: its regions begin"
                    " with %(prefix)s.",
                    prefix=prefix,
                )
            )

    def validate(self, *arguments: Any, **options: Any) -> bool:
        return all([super().validate(*arguments, **options), self.description_elsewhere.check()])

    @property
    def description_elsewhere(self) -> OtherLanguages:
        return OtherLanguages(self, "description")

    def details(self) -> dict[str, Any]:
        """What was given, as `find_or_create_organisation` takes it."""
        fields = (self.kind, self.size, self.country, self.region, self.website, self.description)
        given: dict[str, Any] = {str(field.name): field.data or "" for field in fields}
        given |= self.description_elsewhere.given
        if given["region"] and not given["country"]:
            given["country"] = country_of(given["region"])
        return given


add_languages(OrganisationFields, "description", LONGEST_DESCRIPTION)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host and " " not in text


def _is_of_a_country(region: str) -> bool:
    """Greek and British regions have letters of their own: GR and GB begin none."""
    return region[:2] not in PREFIXES and country_of(region) in country_names(Locale("en"))
