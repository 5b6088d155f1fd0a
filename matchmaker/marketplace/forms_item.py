"""One offer or need as a row of the form: three fields first, the rest where it is wanted."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, ValidationError
from wtforms.validators import Length

from matchmaker.fields import TOO_LONG, LineField, ParagraphsField
from matchmaker.locales import LOCALES, OWN_NAMES
from matchmaker.marketplace.labels import (
    CATEGORY_LABELS,
    COOPERATION_LABELS,
    IPR_LABELS,
    PARTNER_LABELS,
    STAGE_LABELS,
)
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.services import LONGEST_ROLE, LONGEST_TEXT, LONGEST_TITLE, NewItem
from matchmaker.registration.forms import CheckboxesField

DETAILS = ("category", "stage", "ipr", "cooperation", "partner_kinds", "partner_role")
PARTS = ("title", "text", "role")
NOT_SAID = ("", _l("Not said"))


def _title(label: str) -> LineField:
    return LineField(label, validators=[Length(max=LONGEST_TITLE, message=TOO_LONG)])


def _text(label: str) -> ParagraphsField:
    return ParagraphsField(label, validators=[Length(max=LONGEST_TEXT, message=TOO_LONG)])


def _role(label: str) -> LineField:
    return LineField(label, validators=[Length(max=LONGEST_ROLE, message=TOO_LONG)])


def _given(name: str, value: str | None) -> dict[str, str]:
    return {name: value} if value else {}


class ItemForm(FlaskForm):
    """One row. Its CSRF token is that of the whole form."""

    class Meta:
        csrf = False

    item_id = HiddenField()
    title = _title(_l("In a few words"))
    topic = SelectField(_l("Topic"), default="")
    text = _text(_l("More about it"))
    category = SelectField(_l("What it is"), default="")
    stage = SelectField(_l("How far it is developed"), default="")
    ipr = SelectField(_l("Rights to it"), default="")
    cooperation = CheckboxesField(_l("Cooperation you seek"))
    partner_kinds = CheckboxesField(_l("Partner you seek"))
    partner_role = _role(_l("What the partner would do"))
    language = SelectField(_l("The language you wrote it in"), default="")

    def offer_choices(self, topics: list[tuple[str, str]]) -> None:
        self.topic.choices = topics
        self.category.choices = [NOT_SAID, *CATEGORY_LABELS.items()]
        self.stage.choices = [NOT_SAID, *STAGE_LABELS.items()]
        self.ipr.choices = [NOT_SAID, *IPR_LABELS.items()]
        self.cooperation.choices = list(COOPERATION_LABELS.items())
        self.partner_kinds.choices = list(PARTNER_LABELS.items())
        self.language.choices = [NOT_SAID, *OWN_NAMES.items()]

    @property
    def known_id(self) -> int | None:
        text = self.item_id.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else None

    @property
    def is_blank(self) -> bool:
        written = any(self[name].data for name in ("title", "text", *_translated()))
        return self.known_id is None and not written

    @property
    def has_details(self) -> bool:
        return any(self[name].data or self[name].errors for name in DETAILS)

    @property
    def has_translations(self) -> bool:
        names = ("language", *_translated())
        return any(self[name].data or self[name].errors for name in names)

    @property
    def translations(self) -> list[tuple[str, str, Any, Any, Any]]:
        """Each language with its own name and its fields: title, text and the partner's role."""
        return [
            (code, OWN_NAMES[code], *(self[f"{part}_{code}"] for part in PARTS)) for code in LOCALES
        ]

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """What was written in other languages, by language."""
        return {
            code: {"title": title.data or "", "text": text.data or "", **_given("role", role.data)}
            for code, _name, title, text, role in self.translations
            if title.data or text.data or role.data
        }

    def validate_title(self, field: LineField) -> None:
        if field.data or self.is_blank:
            return
        if self.known_id is None:
            raise ValidationError(_("Say it in a few words too; the text alone finds nobody."))
        raise ValidationError(_("Say it in a few words, or remove it."))

    def validate_language(self, field: SelectField) -> None:
        if self.texts and not field.data:
            raise ValidationError(
                _("Say which language you wrote it in first, so that each reader gets theirs.")
            )

    def validate(self, *arguments: Any, **options: Any) -> bool:
        return all([super().validate(*arguments, **options), self._check_translations()])

    def _check_translations(self) -> bool:
        """A text in another language needs its title, which is what others see first."""
        wrong = False
        for code, _name, title, text, role in self.translations:
            if code == self.language.data and (title.data or text.data or role.data):
                title.errors = [_("You wrote it first in this language already: empty this.")]
            elif (text.data or role.data) and not title.data:
                title.errors = [_("Say it in a few words in this language too.")]
            wrong = wrong or bool(title.errors)
        return not wrong

    def new_item(self, kind: str) -> NewItem:
        chosen = {name: self[name].data or "" for name in ("title", "topic", "text", "language")}
        details = {name: self[name].data or "" for name in ("category", "stage", "ipr")}
        return NewItem(
            kind,
            **chosen,
            **details,
            cooperation=tuple(self.cooperation.data or ()),
            partner_kinds=tuple(self.partner_kinds.data or ()),
            partner_role=self.partner_role.data or "",
            texts=self.texts,
        )


for _code in LOCALES:
    setattr(ItemForm, f"title_{_code}", _title(_l("Title in this language")))
    setattr(ItemForm, f"text_{_code}", _text(_l("Text in this language")))
    setattr(ItemForm, f"role_{_code}", _role(_l("What the partner would do, in this language")))


def said_of(item: Item) -> dict[str, object]:
    """What the row of an item shows."""
    own = ("title", "text", "language", *DETAILS)
    said: dict[str, object] = {name: getattr(item, name) for name in own}
    said["item_id"], said["topic"] = str(item.id), item.topic.key if item.topic else ""
    for code, text in item.texts.items():
        said |= {f"{part}_{code}": text.get(part, "") for part in PARTS}
    return said


def _translated() -> list[str]:
    return [f"{part}_{code}" for part in PARTS for code in LOCALES]
