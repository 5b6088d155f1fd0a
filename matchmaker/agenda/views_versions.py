"""The organiser's page of published versions; going back to one, and unpublishing."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.agenda.forms import LONGEST_NOTE, PublishForm
from matchmaker.agenda.models import Agenda
from matchmaker.agenda.queries import (
    latest_agenda,
    publisher_names,
    version_numbered,
    versions_of,
)
from matchmaker.agenda.review_page import review_page
from matchmaker.agenda.services_versions import (
    difference_back_to,
    difference_to_nothing,
    roll_back,
    unpublish,
)
from matchmaker.errors import Conflict
from matchmaker.events.models import Event
from matchmaker.extensions import db

blueprint = Blueprint("versions", __name__)

Act = Callable[[PublishForm], Agenda]


@blueprint.get("/e/<slug>/organise/agenda")
@organiser
def index(event: Event, user: User) -> str:
    versions = versions_of(event)
    names = publisher_names(versions)
    return render_template("agenda/versions.html", versions=versions, names=names)


@blueprint.get("/e/<slug>/organise/agenda/<int:number>/back")
@organiser
def back(event: Event, user: User, number: int) -> str:
    version, in_force = _earlier(event, number), latest_agenda(event)
    return render_template(
        "agenda/back.html",
        version=version,
        in_force=in_force,
        page=review_page(event, difference_back_to(event, version)),
        form=PublishForm.against(in_force),
    )


@blueprint.post("/e/<slug>/organise/agenda/<int:number>/back")
@organiser
def go_back(event: Event, user: User, number: int) -> Response:
    version = _earlier(event, number)
    return _published(
        event,
        lambda form: roll_back(event, version, user, note=form.said, in_force=form.in_force.data),
        otherwise=url_for(".back", slug=event.slug, number=number),
    )


@blueprint.get("/e/<slug>/organise/agenda/unpublish")
@organiser
def ask_to_unpublish(event: Event, user: User) -> str:
    in_force = latest_agenda(event) or abort(404)
    return render_template(
        "agenda/back.html",
        version=None,
        in_force=in_force,
        page=review_page(event, difference_to_nothing(event)),
        form=PublishForm.against(in_force),
    )


@blueprint.post("/e/<slug>/organise/agenda/unpublish")
@organiser
def take_back(event: Event, user: User) -> Response:
    return _published(
        event,
        lambda form: unpublish(event, user, note=form.said, in_force=form.in_force.data),
        otherwise=url_for(".ask_to_unpublish", slug=event.slug),
    )


def _published(event: Event, act: Act, *, otherwise: str) -> Response:
    form = PublishForm()
    if not form.validate_on_submit():
        flash(_("The note has at most %(most)s characters.", most=LONGEST_NOTE), "warning")
        return redirect(otherwise)
    try:
        agenda = act(form)
    except Conflict as refusal:
        db.session.rollback()
        flash(refusal.sentence, "warning")
        return redirect(otherwise)
    db.session.commit()
    flash(
        _("Agenda %(number)s is published. Everybody concerned gets a mail.", number=agenda.number),
        "success",
    )
    return redirect(url_for(".index", slug=event.slug))


def _earlier(event: Event, number: int) -> Agenda:
    version = version_numbered(event, number)
    return version if version is not None and version.contents else abort(404)
