"""Form fields that clean what was typed and store it in one way; what differs between two forms."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape
from wtforms import DateField, Field, Form, StringField, TextAreaField
from wtforms.fields.choices import (  # type: ignore[attr-defined]
    SelectChoice,
    SelectFieldBase,
)
from wtforms.widgets import HiddenInput, Select

from matchmaker.formatting import days_between

YEARS = range(1970, 2200)
# Signs nobody sees, some of which turn the words after them: two names alike would be told apart.
UNSEEN = dict.fromkeys([0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROL = [*range(0x20), *range(0x7F, 0xA0)]
_ON_ONE_LINE = UNSEEN | dict.fromkeys([*_CONTROL, 0x2028, 0x2029], " ")
_IN_PARAGRAPHS = UNSEEN | dict.fromkeys(sign for sign in _CONTROL if chr(sign) not in "\t\n")
TOO_LONG = _l("Shorten this to %(max)d characters or fewer.")


def one_line(text: str | None) -> str:
    """The text on one line, without signs nobody sees and without space around it."""
    return " ".join(unbroken(text or "").split())


def unbroken(text: str) -> str:
    """The same, but for spaces, which stay as many as they are."""
    return text.translate(_ON_ONE_LINE).strip()


def paragraphs(text: str | None) -> str:
    """The text with its line breaks as they are stored, without other signs nobody sees."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").translate(_IN_PARAGRAPHS)
    return "\n".join(line.rstrip() for line in lines.split("\n")).strip()


class LineField(StringField):
    """One line of text, cleaned."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"filters": [one_line], **options})


class ParagraphsField(TextAreaField):
    """Several lines of text, cleaned."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"filters": [paragraphs], **options})


class DayField(DateField):
    """A day that the clocks of every zone reach."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and self.data.year not in YEARS:
            self.data = None
            raise ValueError(_l("The year cannot be right. Write a day of this century."))


class ManyOptions(Select):
    """Writes options plainly: with hundreds of them the usual way takes longer than the page."""

    @classmethod
    def render_option(cls, choice: SelectChoice, **_: Any) -> Markup:  # type: ignore[override]
        attributes = {"value": choice.value, **(choice.render_kw or {})}
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        chosen = " selected" if choice.selected else ""
        words = escape(choice.label or choice.value)
        return Markup(f"<option{written}{chosen}>{words}</option>")  # noqa: S704 - all is escaped


def label_of(field: Field) -> str:
    return str(field.label.text)


def label_in(languages: Mapping[str, str]) -> Callable[[Field], str]:
    """Names a field, with its language where the field's name is among those given."""

    def named(field: Field) -> str:
        language = languages.get(field.name)
        return f"{label_of(field)} ({language})" if language else label_of(field)

    return named


def differing(
    here: Form, there: Form, *, named: Callable[[Field], str] = label_of
) -> list[tuple[str, str, str]]:
    """The name of each field that differs, with what stands in it here and there."""
    shown = [field for field in here if not isinstance(field.widget, HiddenInput)]
    both = [(named(each), in_words(each), in_words(there[each.name])) for each in shown]
    return [(name, mine, theirs) for name, mine, theirs in both if mine != theirs]


def in_words(field: Any) -> str:
    if isinstance(field, SelectFieldBase):
        return ", ".join(
            str(label) for _value, label, chosen, *_more in field.iter_choices() if chosen
        )
    if isinstance(field.data, time):
        return f"{field.data:%H:%M}"
    if isinstance(field.data, date):
        return days_between(field.data, field.data)
    return "" if field.data is None else str(field.data)
