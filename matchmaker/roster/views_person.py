"""One person for the organiser, the places there are, and tables to take away."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import organiser, organiser_may, organises
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.events.services import hold_parts
from matchmaker.exchange.downloads import CSV, download
from matchmaker.extensions import db
from matchmaker.registration.consents import Purpose, wording
from matchmaker.registration.labels import STATUS_LABELS, STATUS_TONES
from matchmaker.registration.queries import find_participant
from matchmaker.registration.waiting import count_in, set_places, waiting_people
from matchmaker.roster.blueprint import blueprint
from matchmaker.roster.filters import Wanted
from matchmaker.roster.forms_places import PlacesForm
from matchmaker.roster.labels import MAIL_LABELS, REQUEST_LABELS
from matchmaker.roster.person_page import person_page
from matchmaker.roster.queries import fitting_ids
from matchmaker.roster.tables_out import people_csv, people_xlsx
from matchmaker.roster.views_on_behalf import may_act_for

WRITERS = {
    "csv": (people_csv, CSV),
    "xlsx": (
        people_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/organise/people/<int:participant_id>")
@organiser_may("desk")
def person(event: Event, user: User, participant_id: int) -> str:
    found = find_participant(event, participant_id)
    if found is None:
        abort(404)
    locale, manages = str(get_locale() or "en"), organises(user, event)
    return render_template(
        "roster/person.html",
        person=found,
        locale=locale,
        may_act=may_act_for(found, user) and manages,
        page=person_page(found, locale, to_organisers=manages),
        labels=STATUS_LABELS,
        tones=STATUS_TONES,
        states=REQUEST_LABELS,
        mail_states=MAIL_LABELS,
        purposes={str(purpose): wording(purpose).label for purpose in Purpose},
    )


@blueprint.get("/e/<slug>/organise/people/export.<any(csv,xlsx):kind>")
@organiser
def export(event: Event, user: User, kind: str) -> Response:
    write, mimetype = WRITERS[kind]
    body = write(event, fitting_ids(event, Wanted.of(request.args)))
    return download(body, f"{event.slug}-people.{kind}", mimetype)


@blueprint.get("/e/<slug>/organise/people/places")
@organiser
def places(event: Event, user: User) -> str:
    return _places_page(event, PlacesForm.of(event))


@blueprint.post("/e/<slug>/organise/people/places")
@organiser
def change_places(event: Event, user: User) -> Answer:
    hold_parts(event)
    form = PlacesForm.of(event)
    if not form.validate_on_submit():
        return _places_page(event, form), 422
    if form.is_outdated:
        form.show_saved()
        return _places_page(event, form, differing=form.differing(), outdated=True), 409
    came = set_places(event, user, form.all.data, form.by_type)
    db.session.commit()
    told = ngettext(
        "Saved. %(num)d person came in from the waiting list.",
        "Saved. %(num)d people came in from the waiting list.",
        came,
    )
    flash(told if came else _("Saved."), "success")
    return redirect(url_for("roster.places", slug=event.slug))


def _places_page(event: Event, form: PlacesForm, **more: Any) -> str:
    taken = count_in(event)
    return render_template(
        "roster/places.html",
        form=form,
        waiting=waiting_people(event),
        taken=taken,
        all_taken=sum(taken.values()),
        **more,
    )
