"""`questions.json`: what the organiser asks of participants, how it was put, and the answers."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import msgspec
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.events.models import Event
from matchmaker.exchange.entering import Participants, enter_rows
from matchmaker.exchange.json_files import read_json, write_json
from matchmaker.exchange.problems import Place, Problems, shown
from matchmaker.exchange.shapes import ID
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Person
from matchmaker.questions import models
from matchmaker.questions.plain import (
    PlainAnswer,
    PlainOption,
    PlainQuestion,
    PlainWording,
    fits,
)
from matchmaker.questions.queries import questions_of
from matchmaker.registration.models import Participant

FILE = "questions.json"


def read_questions(
    text: str, people: Collection[str] | None, problems: Problems
) -> tuple[PlainQuestion, ...]:
    """The questions, or none and what is wrong; whose answers they are if people could be read."""
    questions = read_json(FILE, text, tuple[PlainQuestion, ...], problems) or ()
    for wrong, right in _wrong(questions, people):
        problems.add(Place(FILE), wrong, right)
    return questions


def write_questions(questions: Sequence[PlainQuestion]) -> bytes:
    return write_json(questions)


def questions_in(event: Event, people: Sequence[Person]) -> tuple[PlainQuestion, ...]:
    """The event's questions with what these people answered, to which wording and when."""
    shown_here = {person.id for person in people}
    questions = questions_of(event)
    answers: dict[int, list[PlainAnswer]] = {question.id: [] for question in questions}
    row, wording = models.Answer, models.Wording
    for question_id, person, number, value, at in db.session.execute(
        select(row.question_id, Participant.ref, wording.number, row.value, row.answered_at)
        .join(wording, wording.id == row.wording_id)
        .join(Participant, Participant.id == row.participant_id)
        .where(row.question_id.in_(answers))
        .order_by(row.participant_id)
    ):
        if person in shown_here:
            given = tuple(value) if isinstance(value, list) else value
            answers[question_id].append(PlainAnswer(person, number, given, at))
    return tuple(_plain(question, answers[question.id]) for question in questions)


def enter_questions(
    event: Event, questions: Sequence[PlainQuestion], participants: Participants
) -> None:
    """Ask them at the event, with the wordings they had and what was answered to which."""
    for position, plain in enumerate(questions):
        question = models.Question(
            event_id=event.id,
            key=plain.id,
            kind=plain.kind,
            required=plain.required,
            audience=plain.audience,
            position=position,
            types=[kind for kind in event.types if kind.name in plain.types],
            wordings=[_wording(number, each) for number, each in enumerate(plain.wordings, 1)],
        )
        db.session.add(question)
        db.session.flush()
        enter_rows(models.Answer, list(_rows(question, plain.answers, participants)))


def _rows(
    question: models.Question, answers: Sequence[PlainAnswer], participants: Participants
) -> Iterator[dict[str, object]]:
    for answer in answers:
        value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
        yield {
            "question_id": question.id,
            "participant_id": participants[answer.person].id,
            "wording_id": question.wordings[answer.wording - 1].id,
            "value": value,
            "answered_at": answer.at,
        }


def _wrong(
    questions: Sequence[PlainQuestion], people: Collection[str] | None
) -> Iterator[tuple[str, str]]:
    for key, times in Counter(question.id for question in questions).items():
        if times > 1 or not 0 < len(key) <= ID:
            wrong = _("the id %(id)s cannot name one question", id=shown(key))
            yield wrong, _("give each question a short id of its own")
    for question in questions:
        if not question.wordings or not all(any(w.label.values()) for w in question.wordings):
            wrong = _("the question %(id)s says nothing", id=shown(question.id))
            yield wrong, _("give every wording a label")
        yield from _wrong_answers(question, people)


def _wrong_answers(
    question: PlainQuestion, people: Collection[str] | None
) -> Iterator[tuple[str, str]]:
    said = Counter(answer.person for answer in question.answers)
    for answer in question.answers:
        names = {"person": shown(answer.person), "id": shown(question.id)}
        if people is not None and answer.person not in people:
            wrong = _("%(person)s, who answers the question %(id)s, is no participant", **names)
            yield wrong, _("correct the id, or delete the answer")
        elif said[answer.person] > 1 or not fits(question, answer):
            wrong = _("the question %(id)s takes no such answer as that of %(person)s", **names)
            yield wrong, _("correct the answer, or delete it")


def _plain(question: models.Question, answers: Sequence[PlainAnswer]) -> PlainQuestion:
    return PlainQuestion(
        id=question.key,
        kind=question.kind,  # type: ignore[arg-type]
        wordings=tuple(_plain_wording(wording) for wording in question.wordings),
        required=question.required,
        audience=question.audience,  # type: ignore[arg-type]
        types=tuple(kind.name for kind in question.types),
        answers=tuple(answers),
    )


def _plain_wording(wording: models.Wording) -> PlainWording:
    options = msgspec.convert(wording.options, tuple[PlainOption, ...])
    return PlainWording(wording.label, wording.help, options)


def _wording(number: int, plain: PlainWording) -> models.Wording:
    options = [{"key": option.key, "label": option.label} for option in plain.options]
    return models.Wording(number=number, label=plain.label, help=plain.help, options=options)
