"""What the organiser decides about registrations; the table of people is in `roster`."""

from typing import Any
from urllib.parse import parse_qs

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.blueprint import blueprint
from matchmaker.registration.decisions import approve as let_in
from matchmaker.registration.decisions import approve_all as let_all_in
from matchmaker.registration.decisions import reject as decline
from matchmaker.registration.models import Participant
from matchmaker.registration.queries import find_participant


@blueprint.post("/e/<slug>/organise/people/<int:participant_id>/approve")
@organiser
def approve(event: Event, user: User, participant_id: int) -> Response:
    person = _person(event, participant_id)
    let_in(person, user)
    db.session.commit()
    if person.is_approved:
        flash(_("%(name)s is in and gets a mail.", name=person.name), "success")
    else:
        told = _("All places are taken: %(name)s is on the waiting list.", name=person.name)
        flash(told, "success")
    return _back(event)


@blueprint.post("/e/<slug>/organise/people/<int:participant_id>/reject")
@organiser
def reject(event: Event, user: User, participant_id: int) -> Response:
    person = _person(event, participant_id)
    decline(person, user)
    db.session.commit()
    flash(_("%(name)s is declined and gets a mail.", name=person.name), "success")
    return _back(event)


@blueprint.post("/e/<slug>/organise/people/approve-all")
@organiser
def approve_all(event: Event, user: User) -> Response:
    number = let_all_in(event, user)
    db.session.commit()
    flash(ngettext("%(num)d person let in.", "%(num)d people let in.", number), "success")
    return _back(event)


def _person(event: Event, participant_id: int) -> Participant:
    person = find_participant(event, participant_id)
    if person is None:
        abort(404)
    return person


def _back(event: Event) -> Response:
    """To the list as it was, filters and all."""
    given: dict[str, Any] = dict(parse_qs(request.form.get("query", "")))
    given.pop("slug", None)
    return redirect(url_for("registration.people", slug=event.slug, **given))
