"""The organiser's own questions in the demonstration, and what people answered."""

from collections.abc import Sequence
from random import Random
from typing import Any

from sqlalchemy import select

from matchmaker.clock import now
from matchmaker.demo.written import read
from matchmaker.events.models import Event
from matchmaker.exchange.entering import enter_rows
from matchmaker.extensions import db
from matchmaker.questions.models import Answer, Question, Said, Wording
from matchmaker.registration.models import Participant, Status


def enter_questions(event: Event) -> None:
    """Ask them, and answer for those who are in, the same in every demonstration."""
    people = db.session.scalars(
        select(Participant)
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
        .order_by(Participant.ref)
    ).all()
    for position, written in enumerate(read("questions.toml")["question"]):
        rng = Random(written["key"])  # noqa: S311 - a fixed seed is wanted, not secrecy
        _answer(_ask(event, written, position), written, people, rng)


def _ask(event: Event, written: dict[str, Any], position: int) -> Question:
    question = Question(
        event_id=event.id,
        key=written["key"],
        kind=written["kind"],
        required=written.get("required", False),
        audience=written.get("audience", "organisers"),
        position=position,
        types=[kind for kind in event.types if kind.name in written.get("types", ())],
    )
    texts = {name: written.get(name, {}) for name in ("label", "help")}
    question.wordings = [Wording(**texts, options=written.get("options", []))]
    db.session.add(question)
    db.session.flush()
    return question


def _answer(
    question: Question, written: dict[str, Any], people: Sequence[Participant], rng: Random
) -> None:
    said = [
        (person, _said(question, written, rng))
        for person in people
        if question.asks(person.type_id) and rng.randrange(100) < written["share"]
    ]
    rows = [
        {
            "question_id": question.id,
            "participant_id": person.id,
            "wording_id": question.wording.id,
            "value": value,
            "answered_at": now(),
        }
        for person, value in said
    ]
    enter_rows(Answer, rows)


def _said(question: Question, written: dict[str, Any], rng: Random) -> Said:
    if question.is_choosing:
        keys = [option["key"] for option in written["options"]]
        chosen = rng.choices(keys, written["weights"], k=2)
        return sorted(set(chosen)) if question.kind == "several" else str(chosen[0])
    if question.kind == "number":
        return int(rng.choice(written["weights"]))
    return True if question.kind == "consent" else str(rng.choice(written["says"]))
