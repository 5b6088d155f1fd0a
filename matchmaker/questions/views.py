"""The organiser's pages of `questions`: asking, changing, ordering, removing, and the answers."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.questions import services
from matchmaker.questions.figures import figures_of
from matchmaker.questions.forms import QuestionForm
from matchmaker.questions.labels import AUDIENCE_LABELS, KIND_LABELS
from matchmaker.questions.models import Question
from matchmaker.questions.queries import (
    count_answers,
    count_by_question,
    find_question,
    questions_of,
)
from matchmaker.questions.wording import said_in_words, words_in

blueprint = Blueprint("questions", __name__)

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/organise/questions")
@organiser
def index(event: Event, user: User) -> Answer:
    return render_template(
        "questions/index.html",
        questions=questions_of(event),
        answered=count_by_question(event),
        token=FlaskForm(),
        kinds=KIND_LABELS,
        audiences=AUDIENCE_LABELS,
        words=lambda texts: words_in(_locale(), texts),
    )


@blueprint.get("/e/<slug>/organise/questions/new")
@organiser
def new(event: Event, user: User) -> Answer:
    return _page(event, QuestionForm.of(event, None))


@blueprint.post("/e/<slug>/organise/questions/new")
@organiser
def add(event: Event, user: User) -> Answer:
    form = QuestionForm.of(event, None)
    if not form.validate_on_submit():
        return _page(event, form), 422
    try:
        services.add_question(event, user, form.new_question())
    except Refusal as refusal:
        db.session.rollback()
        return _page(event, form, refusal=refusal.sentence), 422
    db.session.commit()
    flash(_("The question is asked from now on."), "success")
    return redirect(url_for("questions.index", slug=event.slug))


@blueprint.get("/e/<slug>/organise/questions/<int:question_id>")
@organiser
def edit(event: Event, user: User, question_id: int) -> Answer:
    question = _question(event, question_id)
    return _page(event, QuestionForm.of(event, question), question)


@blueprint.post("/e/<slug>/organise/questions/<int:question_id>")
@organiser
def change(event: Event, user: User, question_id: int) -> Answer:
    question = _question(event, question_id)
    form = QuestionForm.of(event, question)
    if not form.validate_on_submit():
        return _page(event, form, question), 422
    try:
        services.change_question(event, user, question, form.new_question())
    except Refusal as refusal:
        db.session.rollback()
        return _page(event, form, question, refusal=refusal.sentence), 422
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for("questions.index", slug=event.slug))


@blueprint.post("/e/<slug>/organise/questions/<int:question_id>/up")
@organiser
def move_up(event: Event, user: User, question_id: int) -> Answer:
    return _move(event, user, question_id, by=-1)


@blueprint.post("/e/<slug>/organise/questions/<int:question_id>/down")
@organiser
def move_down(event: Event, user: User, question_id: int) -> Answer:
    return _move(event, user, question_id, by=1)


@blueprint.get("/e/<slug>/organise/questions/<int:question_id>/remove")
@organiser
def ask_to_remove(event: Event, user: User, question_id: int) -> Answer:
    question = _question(event, question_id)
    return render_template(
        "questions/ask_to_remove.html",
        question=question,
        label=words_in(_locale(), question.wording.label),
        answers=count_answers(question),
    )


@blueprint.post("/e/<slug>/organise/questions/<int:question_id>/remove")
@organiser
def remove(event: Event, user: User, question_id: int) -> Answer:
    answers = services.remove_question(event, user, _question(event, question_id))
    db.session.commit()
    flash(
        ngettext(
            "The question is removed, and with it %(num)d answer.",
            "The question is removed, and with it %(num)d answers.",
            answers,
        )
        if answers
        else _("The question is removed."),
        "success",
    )
    return redirect(url_for("questions.index", slug=event.slug))


@blueprint.get("/e/<slug>/organise/questions/answers")
@organiser
def answers(event: Event, user: User) -> Answer:
    return render_template(
        "questions/answers.html",
        figures=figures_of(event, _locale()),
        in_words=lambda answer: said_in_words(answer.wording, answer.value, _locale()),
    )


def _move(event: Event, user: User, question_id: int, *, by: int) -> Answer:
    services.move_question(event, user, _question(event, question_id), by=by)
    db.session.commit()
    anchor = f"question-{question_id}"
    return redirect(url_for("questions.index", slug=event.slug, _anchor=anchor))


def _question(event: Event, question_id: int) -> Question:
    return find_question(event, question_id) or abort(404)


def _page(
    event: Event, form: QuestionForm, question: Question | None = None, refusal: str = ""
) -> str:
    return render_template(
        "questions/edit.html",
        form=form,
        question=question,
        answers=0 if question is None else count_answers(question),
        refusal=refusal,
    )


def _locale() -> str:
    return str(get_locale() or "en")
