"""The fields for one's own contact, for who sees what, and for what one agrees to."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from matchmaker.fields import TOO_LONG, LineField, ParagraphsField
from matchmaker.organisations.forms import web_address
from matchmaker.own_text_fields import OtherLanguages, add_languages, said_in_languages
from matchmaker.registration.audience import CHOICES, Audience, Field, audience_of
from matchmaker.registration.consents import (
    OPTIONAL,
    Purpose,
    Wording,
    is_outdated,
    standing_consents,
    wording,
)
from matchmaker.registration.models import Participant
from matchmaker.registration.models_consents import Consent
from matchmaker.registration.plain import LONGEST_ABOUT

PHONE = re.compile(r"\+?\(?[0-9][0-9 ()./x-]{3,37}")
OWN_WORDS = ("job_title", "phone", "link", "about")

AUDIENCE_LABELS = {
    Audience.PUBLIC: _l("Everybody, on the event's public page"),
    Audience.PARTICIPANTS: _l("Participants"),
    Audience.MET: _l("People I meet"),
    Audience.ORGANISERS: _l("Organisers only"),
}
FIELD_LABELS = {
    Field.NAME: _l("Name, organisation, type and country"),
    Field.JOB_TITLE: _l("Job title"),
    Field.PICTURE: _l("Picture"),
    Field.ABOUT: _l("About you"),
    Field.LINK: _l("Link"),
    Field.LANGUAGES: _l("Languages"),
    Field.ITEMS: _l("Offers and needs"),
    Field.EMAIL: _l("E-mail"),
    Field.PHONE: _l("Phone"),
}


def _see(field: Field) -> SelectField:
    choices = [SelectChoice(str(each), AUDIENCE_LABELS[each]) for each in CHOICES[field]]
    return SelectField(FIELD_LABELS[field], choices=choices)


class PrivacyFields(FlaskForm):
    """To be inherited by a form that asks a participant who they are; all of it is optional."""

    job_title = LineField(_l("Job title"), validators=[Length(max=120, message=TOO_LONG)])
    phone = LineField(_l("Phone"), validators=[Length(max=40, message=TOO_LONG)])
    link = LineField(
        _l("Link to a page about you"),
        validators=[Length(max=300, message=TOO_LONG), web_address],
    )
    about = ParagraphsField(
        _l("About you"),
        description=_l("One or two sentences: what people can talk with you about."),
        validators=[Length(max=LONGEST_ABOUT, message=TOO_LONG)],
    )
    see_name = _see(Field.NAME)
    see_job_title = _see(Field.JOB_TITLE)
    see_picture = _see(Field.PICTURE)
    see_about = _see(Field.ABOUT)
    see_link = _see(Field.LINK)
    see_languages = _see(Field.LANGUAGES)
    see_items = _see(Field.ITEMS)
    see_email = _see(Field.EMAIL)
    see_phone = _see(Field.PHONE)
    agree_series = BooleanField(wording(Purpose.SERIES).label)
    agree_photos = BooleanField(wording(Purpose.PHOTOS).label)

    agreed: Mapping[Purpose, Consent] = {}

    @property
    def seen_by(self) -> list[SelectField]:
        return [self[f"see_{field}"] for field in Field]

    @property
    def agreements(self) -> Iterator[tuple[BooleanField, str]]:
        """Each box to tick with what ticking it means in full, or what was agreed to by it."""
        for purpose in OPTIONAL:
            given = self.agreed.get(purpose)
            version = given.version if given is not None else None
            yield self[f"agree_{purpose}"], wording(purpose, version).text

    @property
    def reworded(self) -> list[tuple[Purpose, Wording]]:
        """What was agreed to in an earlier wording, with the one in force."""
        return [
            (purpose, wording(purpose))
            for purpose in OPTIONAL
            if purpose in self.agreed and is_outdated(self.agreed[purpose])
        ]

    def validate_phone(self, field: LineField) -> None:
        if field.data and not PHONE.fullmatch(field.data):
            raise ValidationError(_("Write the number in figures, like +358 40 123 4567."))

    def validate(self, *arguments: Any, **options: Any) -> bool:
        return all([super().validate(*arguments, **options), self.about_elsewhere.check()])

    @property
    def about_elsewhere(self) -> OtherLanguages:
        return OtherLanguages(self, "about")

    @property
    def own_words(self) -> dict[str, Any]:
        return {
            **{name: self[name].data or "" for name in OWN_WORDS},
            **self.about_elsewhere.given,
        }

    @property
    def audiences(self) -> dict[Field, Audience]:
        return {field: Audience(self[f"see_{field}"].data) for field in Field}

    @property
    def answers(self) -> dict[Purpose, bool]:
        return {purpose: bool(self[f"agree_{purpose}"].data) for purpose in OPTIONAL}


add_languages(PrivacyFields, "about", LONGEST_ABOUT)


def said_in_private(me: Participant | None, *, with_consents: bool = True) -> dict[str, Any]:
    """What the fields hold to begin with; every box is unticked until its person ticks it."""
    chosen = me.audiences if me is not None else {}
    said: dict[str, Any] = {f"see_{field}": str(audience_of(chosen, field)) for field in Field}
    if me is not None:
        said |= {name: getattr(me, name) for name in OWN_WORDS}
        said |= said_in_languages("about", me.about_language, me.about_texts)
    if me is not None and with_consents:
        said |= {f"agree_{purpose}": True for purpose in standing_consents(me)}
    return said


class PrivacyForm(PrivacyFields):
    """Who sees what, and what one agrees to, on a page of its own."""

    listed = BooleanField(wording(Purpose.SHOWN).label)

    @classmethod
    def of(cls, me: Participant) -> "PrivacyForm":
        form = cls(data={**said_in_private(me), "listed": me.listed_at is not None})
        form.agreed = standing_consents(me)
        return form

    @property
    def answers(self) -> dict[Purpose, bool]:
        return {Purpose.SHOWN: bool(self.listed.data), **super().answers}
