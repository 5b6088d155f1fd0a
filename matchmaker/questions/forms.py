"""The form of one question, as the organiser writes it in the event's languages."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from matchmaker.events.models import Event
from matchmaker.fields import LineField, ParagraphsField, one_line
from matchmaker.locales import LOCALES, OWN_NAMES
from matchmaker.questions.labels import AUDIENCE_LABELS, KIND_LABELS
from matchmaker.questions.models import CHOOSING, Question
from matchmaker.questions.plain import LONGEST_HELP, LONGEST_LABEL, LONGEST_OPTION
from matchmaker.questions.services import NewQuestion
from matchmaker.registration.forms import CheckboxesField

MOST_OPTIONS = 40
PARTS = ("label", "help", "options")


class QuestionForm(FlaskForm):
    """Texts stand in one field a language, named `label_fi` and the like."""

    kind = RadioField(_l("Kind of question"), validators=[InputRequired(_l("Choose a kind."))])
    required = BooleanField(_l("An answer is required"))
    audience = RadioField(_l("Who sees the answers"), default="organisers")
    types = CheckboxesField(_l("Who is asked"))

    @classmethod
    def of(cls, event: Event, question: Question | None) -> "QuestionForm":
        form = cls(data=_said(question))
        form.languages = languages_of(event, question)
        form.kind.choices = list(KIND_LABELS.items())
        form.audience.choices = list(AUDIENCE_LABELS.items())
        form.types.choices = [(kind.name, kind.name) for kind in event.types]
        for field in (form.audience, form.texts[0][2], form.texts[0][4]):
            field.flags.required = True
        return form

    languages: list[str]

    @property
    def texts(self) -> list[tuple[str, str, Any, Any, Any]]:
        """Each language with its own name and its three fields."""
        return [
            (code, OWN_NAMES[code], *(self[f"{part}_{code}"] for part in PARTS))
            for code in self.languages
        ]

    def validate(self, *arguments: Any, **options: Any) -> bool:
        """Fields of the whole form are looked at together, for they need each other."""
        return all([super().validate(*arguments, **options), self._check_texts()])

    def new_question(self) -> NewQuestion:
        return NewQuestion(
            kind=self.kind.data,
            label=self._by_language("label"),
            help=self._by_language("help"),
            options=self._options(),
            required=bool(self.required.data),
            audience=self.audience.data or "organisers",
            types=tuple(self.types.data or ()),
        )

    def _by_language(self, part: str) -> dict[str, str]:
        return {code: self[f"{part}_{code}"].data or "" for code in self.languages}

    def _lines(self, code: str) -> list[str]:
        written = map(one_line, (self[f"options_{code}"].data or "").split("\n"))
        return [line for line in written if line]

    def _options(self) -> list[dict[str, str]]:
        if self.kind.data not in CHOOSING:
            return []
        lines = {code: found for code in self.languages if (found := self._lines(code))}
        number = max(map(len, lines.values()), default=0)
        return [{code: found[n] for code, found in lines.items()} for n in range(number)]

    def _check_texts(self) -> bool:
        first = self.texts[0]
        if not any(label.data for _c, _n, label, _h, _o in self.texts):
            first[2].errors = [_("Write the question.")]
        for _code, _name, label, help_, _options in self.texts:
            _check_length(label, LONGEST_LABEL)
            _check_length(help_, LONGEST_HELP)
        if self.kind.data in CHOOSING:
            self._check_options()
        return not any(field.errors for text in self.texts for field in text[2:])

    def _check_options(self) -> None:
        written = [code for code in self.languages if self._lines(code)]
        number = len(self._lines(written[0])) if written else 0
        for code in written or self.languages[:1]:
            lines, field = self._lines(code), self[f"options_{code}"]
            if len(lines) != number:
                field.errors = [_("Write as many answers in each language, in the same order.")]
            elif not 2 <= len(lines) <= MOST_OPTIONS:
                field.errors = [
                    _(
                        "Write from 2 to %(most)d answers, each on a line of its own.",
                        most=MOST_OPTIONS,
                    )
                ]
            elif len(set(lines)) < len(lines):
                field.errors = [_("Two of the answers are the same. Change or remove one.")]
            elif any(len(line) > LONGEST_OPTION for line in lines):
                field.errors = [
                    _("Shorten each answer to %(most)d characters.", most=LONGEST_OPTION)
                ]


for _code in LOCALES:
    setattr(QuestionForm, f"label_{_code}", LineField(_l("Question")))
    setattr(QuestionForm, f"help_{_code}", LineField(_l("A word of help")))
    setattr(QuestionForm, f"options_{_code}", ParagraphsField(_l("Answers, one on each line")))


def languages_of(event: Event, question: Question | None) -> list[str]:
    """The event's languages that pages come in, and any that the question has already."""
    written = question.wording.label if question else {}
    chosen = [code for code in LOCALES if code in event.languages or code in written]
    return chosen or [LOCALES[0]]


def _said(question: Question | None) -> dict[str, object]:
    if question is None:
        return {}
    wording = question.wording
    said: dict[str, object] = {
        "kind": question.kind,
        "required": question.required,
        "audience": question.audience,
        "types": [kind.name for kind in question.types],
    }
    for code in LOCALES:
        said[f"label_{code}"] = wording.label.get(code, "")
        said[f"help_{code}"] = wording.help.get(code, "")
        labels: list[Any] = [option["label"] for option in wording.options]
        said[f"options_{code}"] = "\n".join(label[code] for label in labels if label.get(code))
    return said


def _check_length(field: Any, most: int) -> None:
    if len(field.data or "") > most:
        field.errors = [_("Shorten this to %(most)d characters or fewer.", most=most)]
