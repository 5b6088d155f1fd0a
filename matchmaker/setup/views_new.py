"""The page on which a new event begins."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import creates_events, organises
from matchmaker.accounts.models import User
from matchmaker.events.queries import organised_events
from matchmaker.extensions import db
from matchmaker.setup.forms_new import NewEventForm
from matchmaker.setup.services_new import start_event

blueprint = Blueprint("new_event", __name__)

Answer = str | Response | tuple[str, int]


@blueprint.get("/events/new")
@creates_events
def new(user: User) -> Answer:
    return render_template("setup/new.html", form=_form(user))


@blueprint.post("/events/new")
@creates_events
def create(user: User) -> Answer:
    form = _form(user)
    if not form.validate_on_submit():
        return render_template("setup/new.html", form=form), 422
    event = start_event(user, form.new_event())
    slug = event.slug
    db.session.commit()
    flash(_("The event is made. Nobody but you sees it yet."), "success")
    return redirect(url_for("insights.overview", slug=slug))


def _form(user: User) -> NewEventForm:
    earlier = [event for event in organised_events(user) if organises(user, event)]
    return NewEventForm.of(user, earlier)
