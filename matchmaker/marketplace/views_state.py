"""Where a participant stands, with the one thing that would help most.

It is a page of `registration`; it stands here because the advice knows offers and needs, which
registrations do not.
"""

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.access import registrant
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace.advice import KINDS, advice_for
from matchmaker.registration.acting import own_participant
from matchmaker.registration.availability import blocked
from matchmaker.registration.blueprint import blueprint
from matchmaker.registration.keeping import may_keep_profile
from matchmaker.registration.models import Status
from matchmaker.registration.on_behalf_log import done_for
from matchmaker.registration.services_advice import put_off
from matchmaker.registration.services_unsaved import unsaved_steps
from matchmaker.registration.standing import standing_of
from matchmaker.registration.steps import step_labels, step_urls

SENT = frozenset({Status.PENDING, Status.WAITING, Status.APPROVED})


@blueprint.get("/e/<slug>/registration")
@registrant
def state(event: Event, user: User) -> str | Response:
    me = own_participant(event, user)
    if me is None:
        return redirect(url_for("registration.start", slug=event.slug))
    named = list(zip(step_labels(), step_urls(event), strict=True))
    return render_template(
        "registration/state.html",
        me=me,
        standing=standing_of(event, me),
        advice=advice_for(me) if me.status in SENT and not event.is_over else None,
        unsaved=[named[step - 1] for step in sorted(unsaved_steps(me))],
        times=len(event.slots),
        away=len(blocked(event.slots, me.absences)),
        done_for_me=done_for(me),
        keeps_profile=may_keep_profile(me),
    )


@blueprint.post("/e/<slug>/registration/advice/<kind>/put-off")
@registrant
def put_advice_off(event: Event, user: User, kind: str) -> Response:
    me = own_participant(event, user)
    if me is None or kind not in KINDS:
        abort(404)
    put_off(me, kind)
    db.session.commit()
    return redirect(url_for("registration.state", slug=event.slug))
