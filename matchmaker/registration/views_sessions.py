"""Choosing sessions of the programme, on its own pages and in the step of when one can meet."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.access import registrant
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.programme.models import Session
from matchmaker.registration.attending import attending_of
from matchmaker.registration.blueprint import blueprint
from matchmaker.registration.models import Participant
from matchmaker.registration.services_sessions import attend, stay_away
from matchmaker.registration.steps import begun

PAGES = {"programme": "programme.show", "agenda": "agenda.show"}


@blueprint.post("/e/<slug>/programme/<int:session_id>/attend")
@registrant
@begun
def attend_session(event: Event, me: Participant, session_id: int) -> str | Response:
    """Attend, or no more; with htmx only the button and what clashes are answered."""
    session = session_in(event, session_id)
    change_attendance(me, session, on=bool(request.form.get("attends")))
    db.session.commit()
    page = request.form.get("page", "programme")
    if "HX-Request" in request.headers:
        return render_template(
            "registration/attended.html", session=session, attending=attending_of(me), page=page
        )
    endpoint = PAGES.get(page if me.is_approved else "", "programme.show")
    return redirect(url_for(endpoint, slug=event.slug, _anchor=f"session-{session.id}"))


def change_attendance(me: Participant, session: Session, *, on: bool) -> None:
    change = attend if on else stay_away
    change(me, session)


def session_in(event: Event, session_id: int) -> Session:
    session = db.session.get(Session, session_id)
    if session is None or event.id not in (session.event_id, session.removed_from_id):
        abort(404)
    return session
