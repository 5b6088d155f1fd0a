"""Asking, rewording, ordering and removing questions, and answering them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.questions.models import AUDIENCES, CHOOSING, KINDS, Answer, Question, Said, Wording
from matchmaker.questions.options import Option, kept_keys, new_key
from matchmaker.questions.queries import answers_of, count_answers, questions_of
from matchmaker.registration.models import Participant

MOST_QUESTIONS = 40


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question as the organiser gives it; texts are by language, options in their order.

    `types` are names of participant types, none meaning everybody.
    """

    kind: str
    label: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[Mapping[str, str]] = ()
    required: bool = False
    audience: str = "organisers"
    types: Sequence[str] = ()


def add_question(event: Event, user: User, given: NewQuestion) -> Question:
    """Put another question at the end."""
    others = questions_of(event)
    if len(others) >= MOST_QUESTIONS:
        sentence = _("An event has at most %(most)d questions. Remove one first.")
        raise Invalid(sentence % {"most": MOST_QUESTIONS})
    _check(given)
    question = Question(
        event_id=event.id,
        key=new_key(given.label, {other.key for other in others}),
        kind=given.kind,
        position=1 + max((other.position for other in others), default=-1),
    )
    question.wordings = [_wording(1, given, ())]
    _settle(event, question, given)
    db.session.add(question)
    db.session.flush()
    _record(event, user, "question added", question)
    return question


def change_question(event: Event, user: User, question: Question, given: NewQuestion) -> None:
    """Ask it as given from now on; whoever has answered keeps the wording they answered to.

    Raises:
        Conflict: somebody answered, and the kind would change.
    """
    _check(given)
    db.session.refresh(question, with_for_update={"of": Question})
    answered = count_answers(question)
    if answered and given.kind != question.kind:
        raise Conflict(
            _(
                "People have answered this question, so its kind stays as it is. Add another"
                " question of the kind you want and remove this one."
            )
        )
    question.kind = given.kind
    _reword(question, given, answered=bool(answered))
    _settle(event, question, given)
    db.session.flush()
    _record(event, user, "question changed", question, wording=question.wording.number)


def remove_question(event: Event, user: User, question: Question) -> int:
    """Remove it with its answers, and say how many those were."""
    answers = count_answers(question)
    _record(event, user, "question removed", question, answers=answers)
    db.session.delete(question)
    db.session.flush()
    return answers


def move_question(event: Event, user: User, question: Question, *, by: int) -> bool:
    """Move it one place up (-1) or down (1). False if it stands at that end."""
    order = questions_of(event)
    here = order.index(question)
    if not 0 <= here + by < len(order):
        return False
    order.insert(here + by, order.pop(here))
    for position, each in enumerate(order):
        each.position = position
    db.session.flush()
    _record(event, user, "question moved", question, place=here + by + 1)
    return True


def answer(me: Participant, given: Mapping[int, tuple[Wording, Said | None]]) -> None:
    """Save what is answered, each to the wording that was read; `None` takes an answer back.

    A consent is kept as a yes or a no, and each change of it goes on record with its wording.
    """
    if not given:
        return
    # A second click waits here, and then finds what the first one said.
    db.session.refresh(me, with_for_update={"of": Participant})
    known = answers_of(me)
    for question_id, (wording, value) in given.items():
        _answer(me, known.get(question_id), wording, value)
    db.session.flush()


def _answer(me: Participant, said: Answer | None, wording: Wording, value: Said | None) -> None:
    if said is None and value in (None, False):
        return
    if said is not None and (said.value, said.wording_id) == (value, wording.id):
        return
    if wording.question.kind == "consent":
        _record_consent(me, wording, agreed=bool(value))
    if said is None:
        said = Answer(participant_id=me.id, question_id=wording.question_id)
    if value is None:
        db.session.delete(said)
    else:
        said.wording, said.value, said.answered_at = wording, value, now()
        db.session.add(said)


def _record_consent(me: Participant, wording: Wording, *, agreed: bool) -> None:
    record(
        "consent given" if agreed else "consent taken back",
        event_id=me.event_id,
        actor_id=me.user_id,
        subject=me.ref,
        question=wording.question.key,
        wording=wording.number,
    )


def _reword(question: Question, given: NewQuestion, *, answered: bool) -> None:
    """Nothing said differently makes no new wording; one that nobody answered is replaced."""
    before = question.wording
    after = _wording(before.number + 1, given, before.options)
    said = (before.label, before.help, before.options)
    if said == (after.label, after.help, after.options):
        return
    if answered:
        question.wordings.append(after)
    else:
        before.label, before.help, before.options = after.label, after.help, after.options


def _wording(number: int, given: NewQuestion, before: Sequence[Option]) -> Wording:
    options = kept_keys(given.options, before) if given.kind in CHOOSING else []
    return Wording(number=number, label=_said(given.label), help=_said(given.help), options=options)


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}


def _settle(event: Event, question: Question, given: NewQuestion) -> None:
    question.required = given.required
    question.audience = given.audience
    question.types = [kind for kind in event.types if kind.name in given.types]


def _check(given: NewQuestion) -> None:
    if given.kind not in KINDS or given.audience not in AUDIENCES:
        raise Invalid(_("Choose a kind of question and who sees the answers from the lists."))
    if not any(given.label.values()):
        raise Invalid(_("Write the question."), field="label")
    if given.kind in CHOOSING and len(given.options) < 2:
        raise Invalid(_("Give at least two answers to choose from."), field="options")


def _record(event: Event, user: User, action: str, question: Question, **details: object) -> None:
    record(action, event_id=event.id, actor_id=user.id, subject=question.key, **details)
