"""Pages of `wishes`: what one says of others, and the requests that go to and fro."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import participant
from matchmaker.accounts.paths import local_path
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes import views_by_mail, views_request
from matchmaker.wishes.blueprint import blueprint
from matchmaker.wishes.forms import RequestForm, WishForm
from matchmaker.wishes.inbox import inbox_of
from matchmaker.wishes.models import RequestState
from matchmaker.wishes.outcome_words import agreed_sentence
from matchmaker.wishes.queries import (
    count_requests_pending,
    count_wishes,
    find_person,
    find_request,
)
from matchmaker.wishes.rules import why_closed
from matchmaker.wishes.services import clear_wish, send_request, set_wish

__all__ = ["blueprint", "views_by_mail", "views_request"]


@blueprint.post("/e/<slug>/people/<int:participant_id>/wish", endpoint="set")
@participant
def wish(event: Event, me: Participant, participant_id: int) -> str | Response:
    """Say must, want or no, or take it back; with htmx only what changed is answered."""
    other, form = _person(me, participant_id), WishForm()
    if not form.validate():
        abort(400)
    if form.takes_back:
        clear_wish(me, other)
    else:
        set_wish(me, other, form.level.data or "")
    db.session.commit()
    return _said(me, other, form) if "HX-Request" in request.headers else _back(event, other)


@blueprint.post("/e/<slug>/people/<int:participant_id>/request")
@participant
def send(event: Event, me: Participant, participant_id: int) -> tuple[str, int] | Response:
    other = _person(me, participant_id)
    form = RequestForm.between(me, other)
    if not form.validate():
        return render_template("wishes/ask.html", me=me, other=other, form=form), 422
    sent = send_request(me, other, form.note.data or "", form.about.data)
    db.session.commit()
    if sent.state == RequestState.ACCEPTED:
        flash(agreed_sentence(sent, me, other), "success")
    else:
        flash(_("Your request is sent. %(name)s decides whether to accept it.", name=other.name))
    return redirect(_own_page(event, other))


@blueprint.get("/e/<slug>/requests")
@participant
def requests(event: Event, me: Participant) -> str:
    return render_template("wishes/requests.html", inbox=inbox_of(me), why_closed=why_closed(event))


def _person(me: Participant, participant_id: int) -> Participant:
    return find_person(me, participant_id) or abort(404)


def _said(me: Participant, other: Participant, form: WishForm) -> str:
    """What changed on a page of people by what was just said."""
    return render_template(
        "wishes/said.html",
        other=other,
        me=me,
        level=None if form.takes_back else form.level.data,
        back=_page(me.event, other),
        on_their_page=_page(me.event, other) == _own_page(me.event, other),
        form=RequestForm.between(me, other, formdata=None),
        wishes=count_wishes(me),
        mine=find_request(me, other),
        theirs=find_request(other, me),
        pending=count_requests_pending(me),
        most_pending=me.event.most_pending,
    )


def _page(event: Event, other: Participant) -> str:
    """The page of people where the buttons were pressed, else the person's own."""
    people = url_for("people.index", slug=event.slug)
    page = local_path(request.args.get("back"))
    known = page == people or page.startswith((f"{people}?", f"{people}/offers-and-needs"))
    return page if known else _own_page(event, other)


def _own_page(event: Event, other: Participant) -> str:
    return url_for("people.show", slug=event.slug, participant_id=other.id)


def _back(event: Event, other: Participant) -> Response:
    item = request.args.get("item", 0, int)
    return redirect(f"{_page(event, other)}#{f'item-{item}' if item else f'person-{other.id}'}")
