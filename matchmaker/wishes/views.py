"""Pages of `wishes`: what one says of others, and the requests that go to and fro."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import participant
from matchmaker.accounts.paths import local_path
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.forms import RequestForm, WishForm
from matchmaker.wishes.models import RequestState
from matchmaker.wishes.queries import (
    Correspondence,
    count_requests_pending,
    count_wishes,
    find_person,
    find_received,
    find_request,
    find_sent,
    levels_of,
    requests_received,
    requests_sent,
)
from matchmaker.wishes.rules import MOST_PENDING, why_closed
from matchmaker.wishes.services import (
    accept_request,
    clear_wish,
    decline_request,
    send_request,
    set_wish,
    withdraw_request,
)

blueprint = Blueprint("wishes", __name__)


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
    other, form = _person(me, participant_id), RequestForm()
    if not form.validate():
        return render_template("wishes/ask.html", me=me, other=other, form=form), 422
    sent = send_request(me, other, form.note.data or "")
    db.session.commit()
    if sent.state == RequestState.ACCEPTED:
        flash(_("You and %(name)s agreed to meet.", name=other.name))
    else:
        flash(_("Your request is sent. %(name)s decides whether to accept it.", name=other.name))
    return redirect(_own_page(event, other))


@blueprint.get("/e/<slug>/requests")
@participant
def requests(event: Event, me: Participant) -> str:
    received, sent = requests_received(me), requests_sent(me)
    return render_template(
        "wishes/requests.html",
        waiting=_in_state(received, RequestState.PENDING),
        sent=_in_state(sent, RequestState.PENDING),
        agreed=_in_state([*received, *sent], RequestState.ACCEPTED),
        declined_by_me=_in_state(received, RequestState.DECLINED),
        declined_by_them=_in_state(sent, RequestState.DECLINED),
        levels=levels_of(me),
        why_closed=why_closed(event),
        most_pending=MOST_PENDING,
    )


@blueprint.post("/e/<slug>/requests/<int:request_id>/accept")
@participant
def accept(event: Event, me: Participant, request_id: int) -> Response:
    asked = find_received(me, request_id) or abort(404)
    accept_request(me, asked)
    db.session.commit()
    flash(_("You and %(name)s agreed to meet.", name=asked.other.name))
    return _to_requests(event)


@blueprint.post("/e/<slug>/requests/<int:request_id>/decline")
@participant
def decline(event: Event, me: Participant, request_id: int) -> Response:
    asked = find_received(me, request_id) or abort(404)
    decline_request(me, asked)
    db.session.commit()
    flash(_("You declined. %(name)s sees that, and no reason.", name=asked.other.name))
    return _to_requests(event)


@blueprint.post("/e/<slug>/requests/<int:request_id>/withdraw")
@participant
def withdraw(event: Event, me: Participant, request_id: int) -> Response:
    asked = find_sent(me, request_id) or abort(404)
    withdraw_request(me, asked)
    db.session.commit()
    flash(_("Your request to %(name)s is withdrawn. Your wish stays.", name=asked.other.name))
    return _to_requests(event)


def _person(me: Participant, participant_id: int) -> Participant:
    return find_person(me, participant_id) or abort(404)


def _in_state(requests: Sequence[Correspondence], state: RequestState) -> list[Correspondence]:
    return [found for found in requests if found.request.state == state]


def _said(me: Participant, other: Participant, form: WishForm) -> str:
    """What changed on a page of people by what was just said."""
    return render_template(
        "wishes/said.html",
        other=other,
        me=me,
        level=None if form.takes_back else form.level.data,
        back=_page(me.event, other),
        on_their_page=_page(me.event, other) == _own_page(me.event, other),
        form=RequestForm(formdata=None),
        wishes=count_wishes(me),
        mine=find_request(me, other),
        theirs=find_request(other, me),
        pending=count_requests_pending(me),
        most_pending=MOST_PENDING,
    )


def _page(event: Event, other: Participant) -> str:
    """The page of people where the buttons were pressed, else the person's own."""
    people = url_for("people.index", slug=event.slug)
    page = local_path(request.args.get("back"))
    known = page == people or page.startswith(f"{people}?")
    return page if known else _own_page(event, other)


def _own_page(event: Event, other: Participant) -> str:
    return url_for("people.show", slug=event.slug, participant_id=other.id)


def _back(event: Event, other: Participant) -> Response:
    return redirect(f"{_page(event, other)}#person-{other.id}")


def _to_requests(event: Event) -> Response:
    return redirect(url_for("wishes.requests", slug=event.slug))
