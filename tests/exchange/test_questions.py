"""The organiser's questions go out into a file with their answers, and come back in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.services import event_files, import_event
from matchmaker.extensions import db
from matchmaker.questions.models import Answer, Wording
from matchmaker.questions.queries import questions_of
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.questions import make_answer, make_question

ANSWER = {"person": "p1", "wording": 1, "value": "mill", "at": "2023-04-01T10:00:00Z"}
QUESTION = {
    "id": "visit",
    "kind": "choice",
    "wordings": [
        {
            "label": {"en": "Which?"},
            "help": {},
            "options": [{"key": "mill", "label": {"en": "Mill"}}],
        }
    ],
}


@pytest.mark.both_databases
@pytest.mark.usefixtures("context")
def test_questions_wordings_and_answers_come_back_the_same(tmp_path: Path) -> None:
    event = make_event(organiser=make_user("Olli Organiser"))
    aino = make_participant(event)
    days = make_question(event, "Days?", "several", options=("Tue", "Wed"), types=("cluster",))
    make_answer(aino, days, ["wed"])
    film = make_question(event, "Film?", "consent", required=True, fi="Kuvaus?")
    make_answer(aino, film, True)
    film.wordings.append(Wording(number=2, label={"en": "Film, abroad too?"}))
    make_answer(aino, make_question(event, "Story?", audience="participants"), "=1+1")
    make_answer(make_participant(event, "Not Listed", listed=False), film, True)
    db.session.commit()
    files = event_files(event)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    read = read_folder(tmp_path)
    event.slug = "kittila-before"
    db.session.flush()
    copy = import_event(read, make_user("Ulla"))

    assert event_files(copy)["questions.json"] == files["questions.json"]
    assert [q.audience for q in questions_of(copy)] == ["organisers", "organisers", "participants"]
    said = select(Answer).join(Answer.question).where(Answer.question.has(event_id=copy.id))
    assert [(a.value, a.wording.number) for a in db.session.scalars(said.order_by(Answer.id))] == [
        (["wed"], 1),
        (True, 1),
        ("=1+1", 1),
    ]


def test_a_folder_without_questions_has_no_file_of_them(folder, tmp_path: Path) -> None:
    assert folder.read().questions == ()


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda q: q.update(kind="song"), "this cannot be read (Invalid enum value 'song'"),
        (lambda q: q.update(wordings=[]), 'the question "visit" says nothing; give every wording'),
        (lambda q: q["answers"][0].update(person="p9"), '"p9", who answers the question "visit"'),
        (
            lambda q: q["answers"][0].update(value="gold"),
            'the question "visit" takes no such answer',
        ),
        (lambda q: q["answers"][0].update(wording=2), 'the question "visit" takes no such answer'),
        (
            lambda q: q["answers"][0].update(at="2023-04-01T10:00:00"),
            'the question "visit" takes no',
        ),
    ],
)
def test_what_is_wrong_with_them_is_said(
    folder, spoil: Callable[[dict[str, Any]], None], problem: str
) -> None:
    question = json.loads(json.dumps({**QUESTION, "answers": [ANSWER]}))
    folder.write("questions.json", json.dumps([question]))
    assert folder.problems_if_any() == []

    spoil(question)
    folder.write("questions.json", json.dumps([question]))

    assert folder.problems()[0].startswith(f"questions.json:1:1: {problem}")
