"""Questions of the organiser: asked, reworded, ordered, removed, answered."""

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.questions.models import Answer, Question
from matchmaker.questions.queries import answers_of, answers_shown, questions_for, questions_of
from matchmaker.questions.services import (
    NewQuestion,
    add_question,
    answer,
    change_question,
    move_question,
    remove_question,
)
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.questions import make_answer, make_question

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]

VISIT = NewQuestion(
    kind="choice",
    label={"en": "Which visit?", "fi": "Mikä vierailu?"},
    options=({"en": "Mine", "fi": "Kaivos"}, {"en": "Mill", "fi": "Sellutehdas"}),
)


@pytest.fixture
def olli() -> User:
    return make_user("Olli Organiser")


@pytest.fixture
def event(olli: User) -> Event:
    return make_event(organiser=olli)


def keys(question: Question) -> list[object]:
    return [option["key"] for option in question.wording.options]


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_question_is_put_last_with_a_key_of_its_own_for_each_answer(
    event: Event, olli: User
) -> None:
    make_question(event)

    question = add_question(event, olli, VISIT)

    assert [q.key for q in questions_of(event)] == ["q1", "which-visit"]
    assert keys(question) == ["mine", "mill"]
    assert actions() == ["question added"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (NewQuestion("choice", {"en": "Which?"}, options=({"en": "One"},)), "at least two answers"),
        (NewQuestion("text", {"en": ""}), "Write the question"),
        (NewQuestion("song", {"en": "Sing"}), "Choose a kind"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    event: Event, olli: User, given: NewQuestion, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        add_question(event, olli, given)


def test_words_that_nobody_answered_are_replaced(event: Event, olli: User) -> None:
    question = add_question(event, olli, VISIT)

    change_question(event, olli, question, NewQuestion("text", {"en": "Which visit, and why?"}))

    assert [(w.number, w.label, w.options) for w in question.wordings] == [
        (1, {"en": "Which visit, and why?"}, [])
    ]


def test_who_answered_keeps_the_words_they_answered_to(event: Event, olli: User) -> None:
    question = add_question(event, olli, VISIT)
    said = make_answer(make_participant(event), question, "mill")
    better = NewQuestion(
        "choice", {"en": "Which site?"}, options=({"en": "Mine"}, {"en": "Pulp mill"})
    )

    change_question(event, olli, question, better)

    assert (question.wording.number, keys(question)) == (2, ["mine", "mill"])
    assert said.wording.label["en"] == "Which visit?"


def test_an_answer_left_out_keeps_its_key_from_the_next_one(event: Event, olli: User) -> None:
    question = add_question(event, olli, VISIT)
    make_answer(make_participant(event), question, "mine")
    others = ({"en": "Mill"}, {"en": "Museum"}, {"en": "Mine, at night"})

    change_question(event, olli, question, NewQuestion("choice", VISIT.label, options=others))

    assert keys(question) == ["mill", "museum", "mine-at-night"]


def test_the_kind_of_an_answered_question_stays(event: Event, olli: User) -> None:
    question = make_question(event)
    make_answer(make_participant(event), question, "Fish")

    with pytest.raises(Conflict, match="its kind stays as it is"):
        change_question(event, olli, question, NewQuestion("number", {"en": "How many?"}))


def test_questions_move_one_place_and_no_further_than_the_ends(event: Event, olli: User) -> None:
    first, second = make_question(event, "One"), make_question(event, "Two")

    assert move_question(event, olli, second, by=-1) is True
    assert move_question(event, olli, second, by=-1) is False
    assert questions_of(event) == [second, first]


def test_removing_takes_the_answers_along_and_goes_on_record(event: Event, olli: User) -> None:
    question = make_question(event)
    make_answer(make_participant(event), question, "Fish")
    kept = make_answer(make_participant(event), make_question(event, "Two"), "Stays")

    assert remove_question(event, olli, question) == 1

    assert list(db.session.scalars(select(Answer))) == [kept]
    [entry] = db.session.scalars(select(AuditEntry))
    assert (entry.action, entry.details) == ("question removed", {"answers": 1})


def test_each_type_is_asked_its_own(event: Event) -> None:
    for_all, for_smes = make_question(event), make_question(event, "Turnover?", types=("SME",))

    assert questions_for(make_participant(event)) == [for_all, for_smes]
    assert questions_for(make_participant(event, type_name="cluster")) == [for_all]


def test_a_consent_is_kept_with_its_wording_and_each_change_goes_on_record(event: Event) -> None:
    aino = make_participant(event)
    question = make_question(event, "I agree to be filmed", "consent")
    wording = question.wording

    answer(aino, {question.id: (wording, True)})
    agreed_at = answers_of(aino)[question.id].answered_at
    answer(aino, {question.id: (wording, True)})
    again_at = answers_of(aino)[question.id].answered_at
    answer(aino, {question.id: (wording, False)})

    assert again_at == agreed_at
    assert answers_of(aino)[question.id].value is False
    entries = select(AuditEntry.action, AuditEntry.details).order_by(AuditEntry.id)
    assert [tuple(entry) for entry in db.session.execute(entries)] == [
        ("consent given", {"question": "q1", "wording": 1}),
        ("consent taken back", {"question": "q1", "wording": 1}),
    ]


def test_an_answer_is_taken_back_by_emptying_it(event: Event) -> None:
    aino, question = make_participant(event), make_question(event)
    answer(aino, {question.id: (question.wording, "Fish")})

    answer(aino, {question.id: (question.wording, None)})

    assert answers_of(aino) == {}


def test_participants_see_only_answers_meant_for_them(event: Event) -> None:
    aino = make_participant(event)
    make_answer(aino, make_question(event, "Allergies?"), "Nuts")
    shown = make_answer(aino, make_question(event, "Hobby?", audience="participants"), "Skiing")

    assert answers_shown(aino) == [shown]
