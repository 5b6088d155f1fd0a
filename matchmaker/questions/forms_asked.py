"""The questions as a participant meets them: a field each, with what was answered."""

import math
from collections.abc import Iterator
from typing import Any, cast

from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, RadioField, SelectField, StringField
from wtforms.validators import Length

from matchmaker.fields import TOO_LONG, LineField, ParagraphsField
from matchmaker.questions.models import Answer, Question, Said, Wording
from matchmaker.questions.plain import LONGEST_TEXT
from matchmaker.questions.queries import answers_of, questions_for
from matchmaker.questions.wording import Words, option_labels, words_in
from matchmaker.registration.forms import CheckboxesField
from matchmaker.registration.models import Participant

LONGEST_LINE = 300
LARGEST_NUMBER = 10**12
MOST_SHOWN = 6


class AmountField(StringField):
    """A number as people write it: with a comma or a point."""

    def process_formdata(self, valuelist: list[str]) -> None:
        written = "".join((valuelist[0] if valuelist else "").split())
        self.written = valuelist[0] if valuelist else ""
        try:
            self.data = cast("Any", _number(written) if written else None)
        except ValueError:
            self.data = None
            raise ValueError(_("Write a number, as 12 or 2,5.")) from None

    def _value(self) -> str:
        return str(getattr(self, "written", "") or ("" if self.data is None else self.data))


class _Fields(FlaskForm):
    """Its CSRF token is that of the page's form."""

    class Meta:
        csrf = False


class AskedRow:
    """A question, the wording shown, what was answered before, and its field."""

    def __init__(self, question: Question, answered: Answer | None, locale: str) -> None:
        self.question = question
        self.name = f"answer-{question.id}"
        self.wording = self._wording_read()
        self.label: Words = words_in(locale, self.wording.label)
        self.help: Words = words_in(locale, self.wording.help)
        self.options = option_labels(self.wording, locale)
        self.before = answered
        self.field: Field

    @property
    def was_sent(self) -> bool:
        """Whether the page had this question; the organiser may have asked it meanwhile."""
        return f"{self.name}-wording" in request.form

    @property
    def is_consent(self) -> bool:
        return self.question.kind == "consent"

    @property
    def is_reworded(self) -> bool:
        return self.before is not None and self.before.wording_id != self.wording.id

    @property
    def said(self) -> Said | None:
        value: Said | None = self.field.data
        return value if self.is_consent or value not in ("", [], None) else None

    @property
    def shown(self) -> Said | None:
        """What was answered before; a consent to another wording is no consent to this one."""
        value = None if self.before is None else self.before.value
        if self.is_consent:
            return bool(value) and not self.is_reworded
        if self.question.kind == "choice":
            return value if value in self.options else ""
        return value

    def check(self, *, whole: bool) -> bool:
        """Mark the field if its answer is none of those offered, or missing though required."""
        if self.question.kind == "choice" and self.said and self.said not in self.options:
            self.field.errors = [_("Choose one of these answers.")]
        elif whole and self.question.required and not self.field.errors and not self._has_answer():
            self.field.errors = [self._missing()]
        return not self.field.errors

    def unbound(self) -> Any:
        label = self.label.text
        match self.question.kind:
            case "long":
                most = Length(max=LONGEST_TEXT, message=TOO_LONG)
                return ParagraphsField(label, validators=[most])
            case "text":
                return LineField(label, validators=[Length(max=LONGEST_LINE, message=TOO_LONG)])
            case "choice":
                kind = RadioField if len(self.options) <= MOST_SHOWN else SelectField
                return kind(label, default="", validate_choice=False)
            case "several":
                return CheckboxesField(label)
            case "number":
                return AmountField(label)
            case _:
                return BooleanField(label)

    def bind(self, field: Any) -> None:
        self.field = field
        if self.question.kind == "several":
            field.choices = list(self.options.items())
        if self.question.kind == "choice":
            optional = not self.question.required or not isinstance(field, RadioField)
            none = [("", _("No answer"))] if optional else []
            field.choices = [*none, *self.options.items()]
        if self.question.required:
            field.flags.required = True

    def _has_answer(self) -> bool:
        return bool(self.said) if self.is_consent else self.said is not None

    def _missing(self) -> str:
        sentence: str = (
            _("Tick this to take part, or write to the organisers.")
            if self.is_consent
            else _("The organisers need an answer to this.")
        )
        return sentence

    def _wording_read(self) -> Wording:
        """The wording that stood on the page sent, else the one in force."""
        read = request.form.get(f"{self.name}-wording", "")
        wordings = {str(wording.number): wording for wording in self.question.wordings}
        return wordings.get(read, self.question.wording)


class AskedForm:
    """All that a participant is asked, in the order of the questions."""

    def __init__(self, me: Participant, typed: "MultiDict[str, str] | None" = None) -> None:
        locale, known = str(get_locale() or "en"), answers_of(me)
        self.rows = [AskedRow(q, known.get(q.id), locale) for q in questions_for(me)]
        kind = type("Asked", (_Fields,), {row.name: row.unbound() for row in self.rows})
        shown = {row.name: row.shown for row in self.rows}
        kept = None if typed is None else _without_stale_consents(typed, self.rows)
        self.form: FlaskForm = kind(data=shown) if kept is None else kind(kept, data=shown)
        for row in self.rows:
            row.bind(self.form[row.name])

    def __iter__(self) -> Iterator[AskedRow]:
        return iter(self.rows)

    def validate(self, *, whole: bool) -> bool:
        """Whether all is right; `whole` asks for the required answers too."""
        self.form.validate()
        return all([row.check(whole=whole) for row in self.rows if row.was_sent])

    @property
    def has_errors(self) -> bool:
        return any(row.field.errors for row in self.rows)

    def given(self) -> dict[int, tuple[Wording, Said | None]]:
        """What was answered, by the question's id, to the wording that was read."""
        return {row.question.id: (row.wording, row.said) for row in self.rows if row.was_sent}


def _without_stale_consents(
    typed: "MultiDict[str, str]", rows: list[AskedRow]
) -> "MultiDict[str, str]":
    """What was typed before, but no tick below other words than those that stand there now."""
    kept = typed.copy()
    for row in rows:
        if row.is_consent and typed.get(f"{row.name}-wording") != str(row.wording.number):
            kept.poplist(row.name)
    return kept


def _number(written: str) -> int | float:
    """Raises `ValueError` for what is no number, or none that anybody would answer."""
    number = float(written.replace(",", "."))
    if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
        raise ValueError
    return int(number) if number == int(number) else number
