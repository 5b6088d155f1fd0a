"""What the answers to each question come to: counts, figures of numbers, and texts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

from flask_babel import gettext as _

from matchmaker.events.models import Event
from matchmaker.questions.models import Answer, Question
from matchmaker.questions.queries import answers_to, count_asked, questions_of
from matchmaker.questions.wording import Words, option_labels, words_in


@dataclass(frozen=True, slots=True)
class Numbers:
    least: float
    mean: float
    median: float
    most: float
    total: float


@dataclass(frozen=True, slots=True)
class Figures:
    """One question with how many were asked and answered; what fits its kind is filled in."""

    question: Question
    label: Words
    asked: int
    answers: Sequence[Answer]
    bars: list[tuple[str, int]] = field(default_factory=list)
    numbers: Numbers | None = None
    earlier: int = 0

    @property
    def answered(self) -> int:
        return len(self.answers)


def figures_of(event: Event, locale: str) -> list[Figures]:
    """The figures of every question, in a fixed number of queries."""
    questions = questions_of(event)
    asked, given = count_asked(event, questions), answers_to(questions)
    by_question: dict[int, list[Answer]] = {question.id: [] for question in questions}
    for answer in given:
        by_question[answer.question_id].append(answer)
    return [_figures(q, asked[q.id], by_question[q.id], locale) for q in questions]


def _figures(question: Question, asked: int, answers: Sequence[Answer], locale: str) -> Figures:
    return Figures(
        question,
        words_in(locale, question.wording.label),
        asked,
        answers,
        bars=_bars(question, answers, locale),
        numbers=_numbers(answers) if question.kind == "number" and answers else None,
        earlier=sum(answer.wording_id != question.wording.id for answer in answers),
    )


def _bars(question: Question, answers: Sequence[Answer], locale: str) -> list[tuple[str, int]]:
    """How many chose what; what was chosen and is offered no more still counts."""
    if question.kind == "consent":
        agreed = sum(bool(answer.value) for answer in answers)
        return [(_("Agreed"), agreed), (_("Took it back"), len(answers) - agreed)]
    if not question.is_choosing:
        return []
    chosen: Counter[str] = Counter()
    for answer in answers:
        values = answer.value if isinstance(answer.value, list) else [answer.value]
        chosen.update(str(value) for value in values)
    now = option_labels(question.wording, locale)
    before = {
        key: _("%(answer)s (no longer offered)", answer=label)
        for wording in question.wordings
        for key, label in option_labels(wording, locale).items()
        if key not in now and chosen[key]
    }
    return [(label, chosen[key]) for key, label in (now | before).items()]


def _numbers(answers: Sequence[Answer]) -> Numbers:
    values = [float(answer.value) for answer in answers if isinstance(answer.value, (int, float))]
    return Numbers(min(values), fmean(values), median(values), max(values), sum(values))
