"""The organiser's pages on runs: start one, watch it, look at what it found."""

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.events.phases import AGENDA_SHOWN
from matchmaker.extensions import db
from matchmaker.matching.curve import curve_of
from matchmaker.matching.explaining import get_ready
from matchmaker.matching.forms import NoteForm, RunForm, WhyForm
from matchmaker.matching.history_page import history_page
from matchmaker.matching.models import Run, RunState
from matchmaker.matching.result_page import headline, result_page
from matchmaker.matching.run_queries import (
    own_refs,
    run_at_work,
    run_numbered,
    usual_settings,
)
from matchmaker.matching.services import ask_to_stop, request_run
from matchmaker.matching.services_history import published_as
from matchmaker.matching.why_page import choices, why_page
from matchmaker.queue import queue

blueprint = Blueprint("matching", __name__)


@blueprint.get("/e/<slug>/organise/scheduling")
@organiser
def scheduling(event: Event, user: User) -> str:
    get_ready()
    return _scheduling_page(event, RunForm(formdata=None, data=usual_settings(event)))


@blueprint.post("/e/<slug>/organise/runs")
@organiser
def start(event: Event, user: User) -> Response | tuple[str, int]:
    form = RunForm()
    if not form.validate_on_submit():
        return _scheduling_page(event, form), 422
    at_work = run_at_work(event)
    if at_work is not None:
        return _to_run(event, at_work)
    run = request_run(
        event,
        user,
        seed=form.seed.data or 0,
        seconds=form.seconds.data,
        stay=form.stays,
        settings=form.settings,
        note=form.note.data or "",
    )
    db.session.commit()
    queue().enqueue(run.id)
    return _to_run(event, run)


@blueprint.get("/e/<slug>/organise/runs/<int:number>")
@organiser
def result(event: Event, user: User, number: int) -> FlaskResponse:
    run = _run(event, number)
    if run.state == RunState.DONE and run.kind == "repair":
        return make_response(redirect(url_for("repair.result", slug=event.slug, number=number)))
    if run.state == RunState.DONE:
        get_ready()
        page = result_page(
            event, run, request.args.get("day", ""), request.args.get("page", 1, type=int)
        )
        shown = {"agenda": published_as(event).get(run.id), "curve": curve_of(run.progress)}
        return make_response(render_template("matching/result.html", run=run, page=page, **shown))
    curve = curve_of(run.progress)
    return make_response(render_template("matching/run.html", run=run, curve=curve))


@blueprint.get("/e/<slug>/organise/runs/<int:number>/progress")
@organiser
def progress(event: Event, user: User, number: int) -> FlaskResponse:
    """The fragment that htmx asks for while a run is at work; sends the page on when it ends."""
    run = _run(event, number)
    response = make_response(
        render_template("matching/_progress.html", run=run, curve=curve_of(run.progress))
    )
    if run.is_over:
        response.headers["HX-Redirect"] = url_for(".result", slug=event.slug, number=number)
    return response


@blueprint.post("/e/<slug>/organise/runs/<int:number>/stop")
@organiser
def stop(event: Event, user: User, number: int) -> Response:
    run = _run(event, number)
    ask_to_stop(run, user)
    db.session.commit()
    return _to_run(event, run)


@blueprint.get("/e/<slug>/organise/runs/<int:number>/why")
@organiser
def why(event: Event, user: User, number: int) -> str | tuple[str, int]:
    """Why two people meet or not; two people are named, or only the form is shown."""
    run = _run(event, number)
    if run.state != RunState.DONE:
        abort(404)
    get_ready()
    asked = bool(request.args.get("a") or request.args.get("b"))
    form = WhyForm(request.args if asked else None).offer(choices(event, run, user))
    shown = {"run": run, "form": form, "takes_part": bool(own_refs(event, user))}
    if not asked:
        return render_template("matching/why.html", page=None, **shown)
    if not form.validate():
        return render_template("matching/why.html", page=None, **shown), 422
    page = why_page(event, run, form.a.data, form.b.data, with_cost="cost" in request.args)
    return render_template("matching/why.html", page=page, **shown)


def _run(event: Event, number: int) -> Run:
    return run_numbered(event, number) or abort(404)


def _to_run(event: Event, run: Run) -> Response:
    return redirect(url_for(".result", slug=event.slug, number=run.number))


def _scheduling_page(event: Event, form: RunForm) -> str:
    return render_template(
        "matching/scheduling.html",
        form=form,
        history=history_page(event, request.args.get("page", 1, type=int)),
        note_form=NoteForm(formdata=None),
        headline=headline,
        at_work=run_at_work(event),
        any_published=event.phase in AGENDA_SHOWN,
    )
