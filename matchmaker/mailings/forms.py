"""The forms of a mailing: its words in each language, to whom, and when."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, SelectField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange

from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.fields import (
    TOO_LONG,
    LineField,
    ParagraphsField,
    differing,
    label_in,
    one_line,
)
from matchmaker.formatting import country_name
from matchmaker.insights.conditions import Condition
from matchmaker.locales import OWN_NAMES
from matchmaker.mailings.audience import Audience
from matchmaker.mailings.labels import CONDITION_LABELS
from matchmaker.mailings.models import Mailing
from matchmaker.mailings.placeholders import PLACEHOLDERS, unknown_in
from matchmaker.mailings.rendering import languages_of
from matchmaker.registration.forms import CheckboxesField
from matchmaker.registration.labels import STATUS_LABELS
from matchmaker.registration.models import Status

JUST_NOW = timedelta(minutes=10)
FURTHEST = timedelta(days=3 * 366)
REACHED = (Status.APPROVED, Status.PENDING, Status.WAITING, Status.REGISTERING)


def known_placeholders(_form: FlaskForm, field: Field) -> None:
    unknown = unknown_in(field.data or "")
    if unknown:
        raise ValidationError(
            _(
                "Nothing stands for {%(unknown)s}. You can use: %(known)s.",
                unknown="}, {".join(unknown),
                known=", ".join("{" + name + "}" for name in PLACEHOLDERS),
            )
        )


def version_in(field: Field) -> int:
    """The version the person saw; 0 where it was tampered with."""
    text = str(field.data or "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _number(label: str, most: int, description: str = "") -> IntegerField:
    return IntegerField(
        label,
        description=description,
        validators=[
            InputRequired(_l("Write a whole number.")),
            NumberRange(0, most, message=_l("Write a whole number from %(min)d to %(max)d.")),
        ],
    )


class MailingForm(FlaskForm):
    """Words come in one pair of fields a language, which `form_for` adds."""

    version = HiddenField()
    statuses = CheckboxesField(_l("State of registration"))
    condition = SelectField(
        _l("Only those to whom this applies"),
        description=_l("It is asked again when the mail leaves: who has done it gets none."),
    )
    type_ids = CheckboxesField(_l("Types"), coerce=int)
    languages = CheckboxesField(_l("Language of the reader"))
    countries = CheckboxesField(_l("Countries"))
    tags = CheckboxesField(_l("Tags"))
    days_of_peace = _number(
        _l("Leave those in peace who got such a mail in the last days"),
        60,
        _l("So many days; 0 writes to them all the same."),
    )
    repeats = _number(
        _l("Remind again so many times"), 5, _l("Only those to whom it still applies.")
    )
    repeat_days = _number(_l("Days between reminders"), 60)
    written: list[tuple[str, str, Field, Field]]

    def validate_repeat_days(self, field: Field) -> None:
        if self.repeats.data and not field.data:
            raise ValidationError(_("Give at least one day between reminders."))

    @property
    def seen_version(self) -> int:
        return version_in(self.version)

    def differing(self, saved: "MailingForm") -> list[tuple[str, str, str]]:
        """The name of each field that is not as saved, with what stands here and what is saved."""
        languages = {one.name: name for _code, name, *two in self.written for one in two}
        return differing(self, saved, named=label_in(languages))

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """By language; one left empty is missing."""
        return {
            code: {"subject": subject.data or "", "text": text.data or ""}
            for code, _name, subject, text in self.written
            if subject.data or text.data
        }

    def audience(self, people: tuple[int, ...]) -> Audience:
        return Audience(
            statuses=tuple(self.statuses.data or ()),
            type_ids=tuple(self.type_ids.data or ()),
            countries=tuple(self.countries.data or ()),
            languages=tuple(self.languages.data or ()),
            tags=tuple(self.tags.data or ()),
            condition=self.condition.data or "",
            people=people,
        )


def form_for(
    event: Event, mailing: Mailing, countries: list[str], tags: list[str], *, fresh: bool = False
) -> MailingForm:
    """As it was sent, else as it is saved; `fresh` as it is saved in any case."""
    languages = languages_of(event)
    form = _with_words(languages, mailing, fresh=fresh)
    audience = Audience.of(mailing.audience)
    form.statuses.choices = [(str(each), STATUS_LABELS[each]) for each in REACHED]
    form.condition.choices = [("", _("Everybody")), *_conditions()]
    form.type_ids.choices = [(kind.id, kind.name) for kind in event.types]
    form.languages.choices = list(OWN_NAMES.items())
    form.countries.choices = sorted(
        ((code, country_name(code)) for code in {*countries, *audience.countries}),
        key=lambda choice: choice[1],
    )
    form.tags.choices = [(tag, tag) for tag in sorted({*tags, *audience.tags})]
    form.written = [
        (code, OWN_NAMES[code], form[f"subject_{code}"], form[f"text_{code}"]) for code in languages
    ]
    return form


def _conditions() -> list[tuple[str, Any]]:
    return [(str(each), CONDITION_LABELS[each]) for each in Condition]


def _with_words(languages: list[str], mailing: Mailing, *, fresh: bool) -> MailingForm:
    """The form with fields for each language, filled with what is saved."""
    fields: dict[str, Any] = {}
    saved: dict[str, Any] = dict(mailing.audience)
    for code in languages:
        said = mailing.texts.get(code, {})
        saved |= {f"subject_{code}": said.get("subject"), f"text_{code}": said.get("text")}
        fields[f"subject_{code}"] = LineField(
            _("Subject"), validators=[Length(max=160, message=TOO_LONG), known_placeholders]
        )
        fields[f"text_{code}"] = ParagraphsField(
            _("Text"), validators=[Length(max=8000, message=TOO_LONG), known_placeholders]
        )
    numbers = {name: getattr(mailing, name) for name in ("days_of_peace", "repeats", "repeat_days")}
    whole: type[MailingForm] = type("WholeMailingForm", (MailingForm,), fields)
    data = saved | numbers | {"version": mailing.version}
    return whole(formdata=None, data=data) if fresh else whole(data=data)


class WhenForm(FlaskForm):
    """When it shall go: empty means now; a time is one of the event's zone."""

    version = HiddenField()
    at = LineField(_l("Day and time"), filters=[one_line])

    event: Event
    moment: datetime | None = None

    @classmethod
    def of(cls, event: Event, mailing: Mailing) -> "WhenForm":
        form = cls(data={"version": mailing.version})
        form.event = event
        return form

    @property
    def seen_version(self) -> int:
        return version_in(self.version)

    def validate_at(self, field: Field) -> None:
        if not field.data:
            return
        try:
            local = datetime.fromisoformat(field.data)
            zoned = local if local.tzinfo else local.replace(tzinfo=self.event.zone)
            self.moment = zoned.astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValidationError(
                _("Write a day and a time like 2027-04-20 09:00, or leave it empty for now.")
            ) from None
        if not now() - JUST_NOW < self.moment < now() + FURTHEST:
            raise ValidationError(
                _(
                    "This moment is over, or years away. Write one to come, or leave it empty for"
                    " now."
                )
            )
