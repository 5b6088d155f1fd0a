"""The organiser's page of published versions; going back to one, and unpublishing."""

from flask import Blueprint, abort, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.agenda.forms import PublishForm
from matchmaker.agenda.models import Agenda
from matchmaker.agenda.queries import (
    latest_agenda,
    publisher_names,
    version_numbered,
    versions_of,
    versions_to_go_back_to,
)
from matchmaker.agenda.review_page import review_page
from matchmaker.agenda.services_versions import (
    difference_back_to,
    difference_to_nothing,
    roll_back,
    unpublish,
)
from matchmaker.agenda.views_publishing import publish_by_form
from matchmaker.events.models import Event

blueprint = Blueprint("versions", __name__)

AnyResponse = Response | tuple[str, int]


@blueprint.get("/e/<slug>/organise/agenda")
@organiser
def index(event: Event, user: User) -> str:
    versions = versions_of(event)
    names = publisher_names(versions)
    return render_template(
        "agenda/versions.html",
        versions=versions,
        names=names,
        to_go_back_to=versions_to_go_back_to(event),
    )


@blueprint.get("/e/<slug>/organise/agenda/<int:number>/back")
@organiser
def back(event: Event, user: User, number: int) -> str:
    return _back_page(event, _earlier(event, number), PublishForm(formdata=None))


@blueprint.post("/e/<slug>/organise/agenda/<int:number>/back")
@organiser
def go_back(event: Event, user: User, number: int) -> AnyResponse:
    version = _earlier(event, number)
    return publish_by_form(
        lambda form: roll_back(event, version, user, note=form.said, in_force=form.in_force.data),
        lambda form: _back_page(event, version, form),
        then=url_for(".index", slug=event.slug),
    )


@blueprint.get("/e/<slug>/organise/agenda/unpublish")
@organiser
def ask_to_unpublish(event: Event, user: User) -> str:
    return _back_page(event, None, PublishForm(formdata=None))


@blueprint.post("/e/<slug>/organise/agenda/unpublish")
@organiser
def take_back(event: Event, user: User) -> AnyResponse:
    return publish_by_form(
        lambda form: unpublish(event, user, note=form.said, in_force=form.in_force.data),
        lambda form: _back_page(event, None, form),
        then=url_for(".index", slug=event.slug),
    )


def _back_page(event: Event, version: Agenda | None, form: PublishForm) -> str:
    """What going back to a version would change, or to none at all."""
    in_force = latest_agenda(event) or abort(404)
    back = difference_back_to(event, version) if version else difference_to_nothing(event)
    return render_template(
        "agenda/back.html",
        version=version,
        in_force=in_force,
        page=review_page(event, back),
        form=form.against(in_force),
    )


def _earlier(event: Event, number: int) -> Agenda:
    version = version_numbered(event, number)
    return version if version is not None and version.contents else abort(404)
