"""Keeping what is being typed into a step, quietly; and throwing it away."""

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import registrant
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.formatting import clock_time
from matchmaker.registration.acting import own_participant
from matchmaker.registration.blueprint import blueprint
from matchmaker.registration.services import join
from matchmaker.registration.services_unsaved import forget_unsaved, keep_unsaved
from matchmaker.registration.steps import STEPS


@blueprint.post("/e/<slug>/register/<int:step>/keep")
@registrant
def keep(event: Event, user: User, step: int) -> Response:
    """Answers with the words that the page shows; who only begins is entered as registering."""
    me = own_participant(event, user)
    if not 0 < step <= len(STEPS) or (me is None and step > 1):
        abort(404)
    if me is None:
        me = join(event, user, name=user.name or user.email.partition("@")[0])
    kept_at = keep_unsaved(me, step, request.form)
    db.session.commit()
    words = _("What you typed is kept: %(time)s", time=clock_time(kept_at, event.zone))
    return Response(words, mimetype="text/plain")


@blueprint.post("/e/<slug>/register/<int:step>/forget")
@registrant
def forget(event: Event, user: User, step: int) -> Response:
    """Back to what was saved."""
    me = own_participant(event, user)
    if me is None or not 0 < step <= len(STEPS):
        abort(404)
    forget_unsaved(me, step)
    db.session.commit()
    return redirect(url_for(STEPS[step - 1], slug=event.slug))
