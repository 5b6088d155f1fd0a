"""The form of an event's texts, in each of its languages."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.events.models import Event
from matchmaker.events.said import (
    LONGEST,
    WORDS,
    Words,
    all_words,
    columns_of,
    first_language,
    offered_languages,
)
from matchmaker.fields import TOO_LONG, LineField, ParagraphsField, differing, label_in
from matchmaker.locales import LOCALES, OWN_NAMES


class TextsForm(FlaskForm):
    """Texts stand in one field a language, named `name_fi` and the like."""

    version = HiddenField()
    languages = SelectMultipleField(
        _l("Languages of the texts"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_l("Choose at least one language."))],
    )
    first = RadioField(
        _l("First language"),
        description=_l("Whoever reads in another language gets this where a text is missing."),
        validators=[InputRequired(_l("Choose one."))],
    )

    event: Event

    @classmethod
    def of(cls, event: Event, *, fresh: bool = False) -> Self:
        """As it was sent, else as it is saved; `fresh` as it is saved in any case."""
        data = _saved(event) | {"version": event.version}
        form = cls(formdata=None, data=data) if fresh else cls(data=data)
        form.event = event
        form.languages.choices = list(OWN_NAMES.items())
        form.first.choices = list(OWN_NAMES.items())
        form[f"name_{first_language(event)}"].flags.required = True
        return form

    @property
    def sections(self) -> list[tuple[str, str, list[Any]]]:
        """Each language of the event with its own name and its fields."""
        return [
            (code, OWN_NAMES[code], [self[f"{word}_{code}"] for word in WORDS])
            for code in offered_languages(self.event)
        ]

    @property
    def seen_version(self) -> int:
        """The version the person saw; 0 where it was tampered with."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    def validate(self, *arguments: Any, **options: Any) -> bool:
        """Fields of the whole form are looked at together, for they need each other."""
        return all([super().validate(*arguments, **options), self._check_first()])

    def columns(self) -> dict[str, Any]:
        """What was given, as `change_settings` takes it."""
        first = self.first.data or LOCALES[0]
        chosen = [code for code in LOCALES if code in (self.languages.data or ())]
        languages = [first, *(code for code in chosen if code != first)]
        return columns_of(self._words(), languages, first_language(self.event))

    def differing(self) -> list[tuple[str, str, str]]:
        """The name of each field that is not as saved, with what stands here and what is saved."""
        languages = {one.name: name for _code, name, fields in self.sections for one in fields}
        saved = self.of(self.event, fresh=True)
        return differing(self, saved, named=label_in(languages))

    def _words(self) -> Words:
        """What the form did not show stays as it is."""
        words = {code: dict(texts) for code, texts in all_words(self.event).items()}
        for code in LOCALES:
            for word in WORDS:
                field = self[f"{word}_{code}"]
                if field.raw_data:
                    words.setdefault(code, {})[word] = field.data or ""
        return words

    def _check_first(self) -> bool:
        if self.first.data not in (self.languages.data or ()):
            self.first.errors = [_("The first language is one of those ticked above.")]
            return False
        shown = self[f"name_{self.first.data}"]
        if shown.raw_data and not shown.data:
            shown.errors = [_("The event needs a name.")]
            return False
        return True


for _code in LOCALES:
    for _word, _label, _kind in (
        ("name", _l("Name"), LineField),
        ("tagline", _l("Tagline"), LineField),
        ("description", _l("Description"), ParagraphsField),
        ("practical", _l("Practical information"), ParagraphsField),
        ("place", _l("Place"), LineField),
        ("venue", _l("Venue"), LineField),
    ):
        _length = Length(max=LONGEST[_word], message=TOO_LONG)
        setattr(TextsForm, f"{_word}_{_code}", _kind(_label, validators=[_length]))


def _saved(event: Event) -> dict[str, Any]:
    words = all_words(event)
    return {
        "languages": offered_languages(event),
        "first": first_language(event),
        **{
            f"{word}_{code}": words.get(code, {}).get(word, "")
            for code in LOCALES
            for word in WORDS
        },
    }
