"""One request: its page, and what each side does with it there."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import participant
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.blueprint import blueprint
from matchmaker.wishes.forms import DeclineForm, RequestForm
from matchmaker.wishes.models import RequestState
from matchmaker.wishes.outcome_words import agreed_sentence
from matchmaker.wishes.queries import Correspondence, find_between, find_received, find_sent
from matchmaker.wishes.request_page import request_page
from matchmaker.wishes.services import edit_request, withdraw_request
from matchmaker.wishes.services_answers import (
    accept_request,
    choose_time,
    decline_request,
    propose_times,
    refuse_times,
)

Answer = Response | tuple[str, int]


@blueprint.get("/e/<slug>/requests/<int:request_id>")
@participant
def show(event: Event, me: Participant, request_id: int) -> Answer:
    return _page(me, find_between(me, request_id) or abort(404))


@blueprint.post("/e/<slug>/requests/<int:request_id>/edit")
@participant
def edit(event: Event, me: Participant, request_id: int) -> Answer:
    asked = find_sent(me, request_id) or abort(404)
    form = RequestForm.between(me, asked.other)
    if not form.validate():
        return _page(me, asked, editing=form, status=422)
    edit_request(me, asked, form.note.data or "", form.about.data)
    db.session.commit()
    flash(_("Your request is changed."), "success")
    return _back(event, request_id)


@blueprint.post("/e/<slug>/requests/<int:request_id>/withdraw")
@participant
def withdraw(event: Event, me: Participant, request_id: int) -> Answer:
    asked = find_sent(me, request_id) or abort(404)
    withdraw_request(me, asked)
    db.session.commit()
    flash(_("Your request to %(name)s is withdrawn. Your wish stays.", name=asked.other.name))
    return redirect(url_for("wishes.requests", slug=event.slug))


@blueprint.post("/e/<slug>/requests/<int:request_id>/accept")
@participant
def accept(event: Event, me: Participant, request_id: int) -> Answer:
    asked = find_received(me, request_id) or abort(404)
    accepted = accept_request(me, asked, at_any_time="any" in request.form)
    db.session.commit()
    flash(agreed_sentence(accepted, me, asked.other), "success")
    return redirect(url_for("wishes.requests", slug=event.slug))


@blueprint.post("/e/<slug>/requests/<int:request_id>/decline")
@participant
def decline(event: Event, me: Participant, request_id: int) -> Answer:
    asked, form = find_received(me, request_id) or abort(404), DeclineForm()
    if not form.validate():
        return _page(me, asked, declining=form, status=422)
    decline_request(me, asked, form.reason.data or "")
    db.session.commit()
    flash(_("You declined. %(name)s gets a friendly mail.", name=asked.other.name))
    return redirect(url_for("wishes.requests", slug=event.slug))


@blueprint.post("/e/<slug>/requests/<int:request_id>/propose")
@participant
def propose(event: Event, me: Participant, request_id: int) -> Answer:
    asked = find_received(me, request_id) or abort(404)
    propose_times(me, asked, set(request.form.getlist("times", type=int)))
    db.session.commit()
    flash(_("%(name)s gets a mail with your times and chooses one.", name=asked.other.name))
    return _back(event, request_id)


@blueprint.post("/e/<slug>/requests/<int:request_id>/choose")
@participant
def choose(event: Event, me: Participant, request_id: int) -> Answer:
    asked = find_sent(me, request_id) or abort(404)
    chosen = choose_time(me, asked, request.form.get("time", 0, int))
    db.session.commit()
    flash(agreed_sentence(chosen, me, asked.other), "success")
    return _back(event, request_id)


@blueprint.post("/e/<slug>/requests/<int:request_id>/refuse-times")
@participant
def refuse(event: Event, me: Participant, request_id: int) -> Answer:
    asked = find_sent(me, request_id) or abort(404)
    refuse_times(me, asked)
    db.session.commit()
    flash(_("%(name)s hears that none of the times suits you.", name=asked.other.name))
    return _back(event, request_id)


def _page(
    me: Participant,
    found: Correspondence,
    *,
    editing: RequestForm | None = None,
    declining: DeclineForm | None = None,
    status: int = 200,
) -> Answer:
    page = request_page(me, found)
    editable = page.is_mine and found.request.state == RequestState.PENDING and not page.why_not
    if editing is None and editable:
        editing = RequestForm.between(me, found.other, found.request, formdata=None)
    declining = declining or DeclineForm(formdata=None)
    text = render_template("wishes/show.html", page=page, editing=editing, declining=declining)
    return text, status


def _back(event: Event, request_id: int) -> Response:
    return redirect(url_for("wishes.show", slug=event.slug, request_id=request_id))
