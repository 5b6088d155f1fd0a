"""Form fields that say the text of another field in the other languages too."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from matchmaker.fields import TOO_LONG, ParagraphsField
from matchmaker.locales import LOCALES, OWN_NAMES

NOT_SAID = ("", _l("Not said"))


def add_languages(form: type[Form], name: str, most: int) -> None:
    """Give the form a field for the language of its field `name`, and one a language for its text.

    The choice of a language is that of title and text of an offer; see `ItemForm`.
    """
    choices = [SelectChoice(*each) for each in (NOT_SAID, *OWN_NAMES.items())]
    language = SelectField(_l("The language you wrote it in"), default="", choices=choices)
    setattr(form, f"{name}_language", language)
    for code in LOCALES:
        validators = [Length(max=most, message=TOO_LONG)]
        setattr(form, f"{name}_{code}", ParagraphsField(OWN_NAMES[code], validators=validators))


class OtherLanguages:
    """The fields that `add_languages` gave a form, for one of its fields."""

    def __init__(self, form: Form, name: str) -> None:
        self.name, self.original = name, form[name]
        self.language = form[f"{name}_language"]
        self.fields: list[tuple[str, Field]] = [(code, form[f"{name}_{code}"]) for code in LOCALES]

    @property
    def is_open(self) -> bool:
        """Whether something is said here, or has to be put right."""
        fields = [self.language, *(field for _code, field in self.fields)]
        return any(field.data or field.errors for field in fields)

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in (self.language, *(field for _, field in self.fields)))

    @property
    def texts(self) -> dict[str, str]:
        return {code: field.data for code, field in self.fields if field.data}

    @property
    def given(self) -> dict[str, Any]:
        """The columns they are kept in, by name."""
        kept = {f"{self.name}_language": self.language.data or "", f"{self.name}_texts": self.texts}
        return kept if self.original.data else {name: type(kept[name])() for name in kept}

    def check(self) -> bool:
        """Refuse what no reader could be given, each at its field."""
        if self.texts and not self.original.data:
            self.original.errors = [_("Write it here first; the other languages repeat it.")]
        elif self.texts and not self.language.data:
            self.language.errors = [
                _("Say which language you wrote it in first, so that each reader gets theirs.")
            ]
        for code, field in self.fields:
            if field.data and code == self.language.data:
                field.errors = [_("You wrote it first in this language already: empty this.")]
        return not (self.has_errors or self.original.errors)


def said_in_languages(name: str, language: str, texts: dict[str, str]) -> dict[str, str]:
    """What the fields of `add_languages` hold to begin with."""
    return {f"{name}_language": language, **{f"{name}_{code}": texts[code] for code in texts}}
