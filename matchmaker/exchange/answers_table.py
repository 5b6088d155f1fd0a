"""What participants answered to the organiser's own questions, as one table: a row a person."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.exchange.writing import spreadsheet_csv
from matchmaker.extensions import db
from matchmaker.questions.models import Answer, Question
from matchmaker.questions.queries import COUNTED, answers_to, questions_of
from matchmaker.questions.wording import said_in_words, words_in
from matchmaker.registration.models import Participant

PERSON = ("id", "name", "email", "organisation", "type")


def answers_csv(event: Event, locale: str) -> bytes:
    """Everybody who is in or waits; a consent has its moment and wording in columns beside it."""
    questions = questions_of(event)
    said = {(a.participant_id, a.question_id): a for a in answers_to(questions)}
    rows = (
        [
            *_person(person),
            *_cells(questions, [said.get((person.id, q.id)) for q in questions], locale),
        ]
        for person in _people(event)
    )
    return spreadsheet_csv([*PERSON, *_columns(questions, locale)], rows)


def _columns(questions: Sequence[Question], locale: str) -> Iterator[str]:
    for question in questions:
        label = words_in(locale, question.wording.label).text
        yield label
        if question.kind == "consent":
            yield f"{label} (when)"
            yield f"{label} (wording)"


def _cells(
    questions: Sequence[Question], answers: Sequence[Answer | None], locale: str
) -> Iterator[str | int | float]:
    for question, answer in zip(questions, answers, strict=True):
        if question.kind == "consent":
            yield "" if answer is None else "yes" if answer.value else "no"
            yield "" if answer is None else answer.answered_at.isoformat(timespec="seconds")
            yield "" if answer is None else answer.wording.number
        elif answer is None:
            yield ""
        elif isinstance(answer.value, (int, float)):
            yield answer.value
        else:
            yield "; ".join(said_in_words(answer.wording, answer.value, locale))


def _person(person: Participant) -> tuple[str, ...]:
    return (
        person.ref,
        person.name,
        person.user.email,
        person.organisation.name if person.organisation else "",
        person.type.name if person.type else "",
    )


def _people(event: Event) -> Sequence[Participant]:
    rows = select(Participant).where(
        Participant.event_id == event.id, Participant.status.in_(COUNTED)
    )
    whole = rows.options(
        joinedload(Participant.user),
        joinedload(Participant.organisation),
        joinedload(Participant.type),
    )
    return by_name(db.session.scalars(whole.order_by(Participant.id)), attrgetter("name"))
