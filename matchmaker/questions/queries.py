"""Questions of an event and what was answered."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.questions.models import Answer, Question
from matchmaker.registration.models import Participant, Status

COUNTED = (Status.PENDING, Status.WAITING, Status.APPROVED)


def questions_of(event: Event) -> list[Question]:
    """All questions in their order, each with its wordings and types; three queries."""
    rows = select(Question).where(Question.event_id == event.id)
    whole = rows.options(selectinload(Question.wordings), selectinload(Question.types))
    return list(db.session.scalars(whole.order_by(Question.position, Question.id)))


def questions_for(me: Participant) -> list[Question]:
    """What this participant is asked."""
    return [question for question in questions_of(me.event) if question.asks(me.type_id)]


def find_question(event: Event, question_id: int) -> Question | None:
    """The question of this id, if of this event."""
    return db.session.scalar(
        select(Question).where(Question.id == question_id, Question.event_id == event.id)
    )


def answers_of(me: Participant) -> dict[int, Answer]:
    """What the participant answered, by the question's id."""
    own = select(Answer).where(Answer.participant_id == me.id).options(joinedload(Answer.wording))
    return {answer.question_id: answer for answer in db.session.scalars(own)}


def has_unanswered(me: Participant) -> bool:
    """Whether an answer the organisers require is still missing; a no is no consent."""
    needed = [question for question in questions_for(me) if question.required]
    known = answers_of(me) if needed else {}
    return any(q.id not in known or known[q.id].value is False for q in needed)


def answers_shown(person: Participant, *, to_organisers: bool = False) -> list[Answer]:
    """In the order of the questions; participants may not see all."""
    rows = (
        select(Answer)
        .join(Answer.question)
        .where(Answer.participant_id == person.id, Question.event_id == person.event_id)
        .options(joinedload(Answer.wording), joinedload(Answer.question))
        .order_by(Question.position, Question.id)
    )
    if not to_organisers:
        rows = rows.where(Question.audience == "participants")
    return list(db.session.scalars(rows))


def answers_to(questions: Sequence[Question]) -> list[Answer]:
    """All answers of people who are in or wait, by name, with who they are."""
    rows = (
        select(Answer)
        .join(Answer.participant)
        .where(Answer.question_id.in_([question.id for question in questions]))
        .where(Participant.status.in_(COUNTED))
        .options(joinedload(Answer.participant), joinedload(Answer.wording))
        .order_by(Participant.id)
    )
    return by_name(db.session.scalars(rows), lambda answer: answer.participant.name)


def count_answers(question: Question) -> int:
    """How many people answered it, whatever became of their registration."""
    counted = select(func.count()).where(Answer.question_id == question.id)
    return db.session.scalar(counted) or 0


def count_by_question(event: Event) -> dict[int, int]:
    """How many people answered each question, by its id."""
    counted = (
        select(Answer.question_id, func.count())
        .join(Question, Question.id == Answer.question_id)
        .where(Question.event_id == event.id)
        .group_by(Answer.question_id)
    )
    return {question: number for question, number in db.session.execute(counted)}


def count_asked(event: Event, questions: Sequence[Question]) -> dict[int, int]:
    """How many people who are in or wait each question is put to, by its id."""
    counted = (
        select(Participant.type_id, func.count())
        .where(Participant.event_id == event.id, Participant.status.in_(COUNTED))
        .group_by(Participant.type_id)
    )
    by_type = {type_id: number for type_id, number in db.session.execute(counted)}
    return {
        question.id: sum(number for kind, number in by_type.items() if question.asks(kind))
        for question in questions
    }
