"""Makes questions as an organiser has asked them, and answers."""

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.questions.models import Answer, Question, Said, Wording
from matchmaker.registration.models import Participant


def make_question(
    event: Event,
    label: str = "What do you eat?",
    kind: str = "text",
    *,
    options: tuple[str, ...] = (),
    required: bool = False,
    audience: str = "organisers",
    types: tuple[str, ...] = (),
    **more_labels: str,
) -> Question:
    """A question in English, and in whatever other language is named."""
    number = db.session.query(Question).filter_by(event_id=event.id).count()
    question = Question(
        event_id=event.id,
        key=f"q{number + 1}",
        kind=kind,
        position=number,
        required=required,
        audience=audience,
        types=[kind for kind in event.types if kind.name in types],
    )
    choices = [{"key": text.casefold(), "label": {"en": text}} for text in options]
    question.wordings = [Wording(number=1, label={"en": label, **more_labels}, options=choices)]
    db.session.add(question)
    db.session.commit()
    return question


def make_answer(person: Participant, question: Question, value: Said) -> Answer:
    said = Answer(
        participant_id=person.id,
        question_id=question.id,
        wording_id=question.wording.id,
        value=value,
    )
    db.session.add(said)
    db.session.commit()
    return said
