"""What an organiser does with past runs: note, compare, delete."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.compare_page import compare_page
from matchmaker.matching.forms import CompareForm, NoteForm
from matchmaker.matching.models import Run
from matchmaker.matching.run_queries import finished_runs, run_numbered
from matchmaker.matching.services_history import delete_run, note_down

blueprint = Blueprint("runs", __name__)


@blueprint.post("/e/<slug>/organise/runs/<int:number>/note")
@organiser
def note(event: Event, user: User, number: int) -> Response:
    run, form = _run(event, number), NoteForm()
    if form.validate_on_submit():
        note_down(run, user, form.note.data or "")
        db.session.commit()
        flash(_("The note on run %(number)s is saved.", number=number), "success")
    else:
        flash(_("The note is too long. Keep it to 500 characters."), "error")
    return _to_scheduling(event)


@blueprint.post("/e/<slug>/organise/runs/<int:number>/delete")
@organiser
def delete(event: Event, user: User, number: int) -> Response:
    run = run_numbered(event, number)
    if run is not None:  # a second click finds it gone, which is what was wanted
        delete_run(event, run, user)
        db.session.commit()
        flash(_("Run %(number)s is deleted.", number=number), "success")
    return _to_scheduling(event)


@blueprint.get("/e/<slug>/organise/runs/compare")
@organiser
def compare(event: Event, user: User) -> str | tuple[str, int]:
    """Two runs side by side; two are named, or only the form is shown."""
    runs = finished_runs(event)
    asked = bool(request.args.get("a") or request.args.get("b"))
    form = CompareForm(request.args if asked else None).offer(runs)
    if not asked:
        return render_template("matching/compare.html", form=form, page=None, runs=runs)
    if not form.validate():
        return render_template("matching/compare.html", form=form, page=None, runs=runs), 422
    a, b = _run(event, int(form.a.data)), _run(event, int(form.b.data))
    page = compare_page(event, a, b, request.args.get("page", 1, type=int))
    return render_template("matching/compare.html", form=form, page=page, runs=runs)


def _run(event: Event, number: int) -> Run:
    return run_numbered(event, number) or abort(404)


def _to_scheduling(event: Event) -> Response:
    return redirect(url_for("matching.scheduling", slug=event.slug))
