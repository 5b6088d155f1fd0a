"""The capacity simulator: how many wishes will fit, before and while people wish."""

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.capacity_page import (
    capacity_page,
    latest_study,
    own_study,
    usual_question,
)
from matchmaker.matching.forms_capacity import CapacityForm
from matchmaker.matching.models_capacity import CapacityStudy
from matchmaker.matching.services_capacity import ask_capacity

blueprint = Blueprint("capacity", __name__)


@blueprint.get("/e/<slug>/organise/capacity")
@organiser
def show(event: Event, user: User) -> FlaskResponse:
    study = _study(event)
    asked = usual_question(event) if study is None else study.asked
    return _page(study, CapacityForm(formdata=None, data=asked))


@blueprint.post("/e/<slug>/organise/capacity")
@organiser
def ask(event: Event, user: User) -> Response:
    form = CapacityForm()
    if not form.validate_on_submit():
        return _page(None, form, status=422)
    study = ask_capacity(event, user, form.asked)
    db.session.commit()
    return redirect(url_for(".show", slug=event.slug, study=study.id))


@blueprint.get("/e/<slug>/organise/capacity/<int:study_id>/progress")
@organiser
def progress(event: Event, user: User, study_id: int) -> FlaskResponse:
    """The fragment that htmx asks for; sends the page on when the study ends."""
    study = own_study(event, study_id) or abort(404)
    response = make_response(
        render_template("matching/_capacity_progress.html", page=capacity_page(study))
    )
    if study.state in ("done", "failed"):
        response.headers["HX-Redirect"] = url_for(".show", slug=event.slug, study=study_id)
    return response


def _study(event: Event) -> CapacityStudy | None:
    """The one the address names, else the latest."""
    named = request.args.get("study", type=int)
    return latest_study(event) if named is None else own_study(event, named) or abort(404)


def _page(study: CapacityStudy | None, form: CapacityForm, *, status: int = 200) -> FlaskResponse:
    page = None if study is None else capacity_page(study)
    return make_response(render_template("matching/capacity.html", form=form, page=page), status)
