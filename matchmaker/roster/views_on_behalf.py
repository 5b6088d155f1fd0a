"""Beginning and ending to act for a participant."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.errors import NotAllowed
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.registration.on_behalf import begin_acting, end_acting
from matchmaker.registration.on_behalf_log import record_begun
from matchmaker.registration.queries import find_participant
from matchmaker.roster.blueprint import blueprint


@blueprint.post("/e/<slug>/organise/people/<int:participant_id>/act-for")
@organiser
def act_for(event: Event, user: User, participant_id: int) -> Response:
    person = find_participant(event, participant_id)
    if person is None:
        abort(404)
    if not may_act_for(person, user):
        raise NotAllowed(
            _("You act for others once the event is public, and for yourself without this.")
        )
    record_begun(person, user.id)
    db.session.commit()
    begin_acting(person)
    return redirect(url_for("registration.state", slug=event.slug))


@blueprint.post("/e/<slug>/organise/end-acting")
@organiser
def end_acting_for(event: Event, user: User) -> Response:
    end_acting()
    flash(_("You act for yourself again."), "success")
    return redirect(url_for("registration.people", slug=event.slug))


def may_act_for(person: Participant, user: User) -> bool:
    return person.event.is_public and person.user_id != user.id
