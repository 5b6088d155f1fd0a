"""One meeting of one's own: when and where, and changing it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import participant
from matchmaker.agenda.meeting_page import meeting_page
from matchmaker.agenda.queries_changes import Change, find_own_meeting
from matchmaker.agenda.services_changes import (
    accept_move,
    cancel_meeting,
    decline_move,
    propose_move,
)
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.models import Participant

blueprint = Blueprint("meetings", __name__)


@blueprint.get("/e/<slug>/agenda/meetings/<int:meeting_id>")
@participant
def show(event: Event, me: Participant, meeting_id: int) -> str:
    page = meeting_page(me, _own(me, meeting_id))
    return render_template("agenda/meeting.html", page=page)


@blueprint.post("/e/<slug>/agenda/meetings/<int:meeting_id>/cancel")
@participant
def cancel(event: Event, me: Participant, meeting_id: int) -> Response:
    change = _own(me, meeting_id)
    cancel_meeting(me, change)
    db.session.commit()
    flash(_("The meeting is cancelled. %(name)s gets a mail.", name=change.other.name))
    return redirect(url_for("agenda.show", slug=event.slug))


@blueprint.post("/e/<slug>/agenda/meetings/<int:meeting_id>/move")
@participant
def move(event: Event, me: Participant, meeting_id: int) -> Response:
    change = _own(me, meeting_id)
    proposed = propose_move(me, change, request.form.get("time", 0, int))
    db.session.commit()
    if proposed is not None and proposed.state == "accepted":
        flash(_("You had the same time in mind: the meeting is moved."), "success")
    else:
        sentence = _("%(name)s gets a mail. Until they agree the meeting stays where it is.")
        flash(sentence % {"name": change.other.name})
    return _back(event, change)


@blueprint.post("/e/<slug>/agenda/meetings/<int:meeting_id>/move/accept")
@participant
def agree(event: Event, me: Participant, meeting_id: int) -> Response:
    change = _own(me, meeting_id)
    moved = accept_move(me, change)
    db.session.commit()
    if moved is None:
        flash(_("Nothing is proposed any more; the meeting is where this page says."))
    else:
        flash(_("The meeting is moved. Both of you get it for the calendar."), "success")
    return _back(event, change)


@blueprint.post("/e/<slug>/agenda/meetings/<int:meeting_id>/move/decline")
@participant
def keep(event: Event, me: Participant, meeting_id: int) -> Response:
    change = _own(me, meeting_id)
    decline_move(me, change)
    db.session.commit()
    flash(_("The meeting keeps its time."))
    return _back(event, change)


def _own(me: Participant, meeting_id: int) -> Change:
    return find_own_meeting(me, meeting_id) or abort(404)


def _back(event: Event, change: Change) -> Response:
    return redirect(url_for("meetings.show", slug=event.slug, meeting_id=change.meeting.id))
