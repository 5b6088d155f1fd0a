"""The organiser's page on how long an event's people are kept."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.privacy.blueprint import blueprint
from matchmaker.privacy.forms import EraseOnForm
from matchmaker.privacy.services import set_erase_on
from matchmaker.registration.queries import count_by_status

Answer = str | Response | tuple[str, int]


@blueprint.route("/e/<slug>/organise/erasing", methods=["GET", "POST"])
@organiser
def erasing(event: Event, user: User) -> Answer:
    form = EraseOnForm.of(event)
    if not form.validate_on_submit():
        people = sum(count_by_status(event).values())
        page = render_template("privacy/erasing.html", form=form, people=people)
        return page, 422 if form.errors else 200
    set_erase_on(event, user, form.erase_on.data)
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for("privacy.erasing", slug=event.slug))
