"""Answering a request from the mail, without signing in.

Opening a link shows the request and its buttons and changes nothing: mail scanners open links.
Whoever acts is the one the link was mailed to; nobody is signed in by it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import abort, g, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import secret_link
from matchmaker.accounts.limits import LINK_LIMITS
from matchmaker.extensions import db, limiter
from matchmaker.registration.models import Participant
from matchmaker.wishes.blueprint import blueprint
from matchmaker.wishes.forms import DeclineForm
from matchmaker.wishes.links import read_link
from matchmaker.wishes.models import OPEN_AGAIN
from matchmaker.wishes.queries import Correspondence
from matchmaker.wishes.request_page import request_page
from matchmaker.wishes.services_answers import (
    accept_request,
    choose_time,
    decline_request,
    propose_times,
    refuse_times,
)

Answer = Response | tuple[str, int]
Act = Callable[[Participant, Correspondence], object]


@blueprint.get("/r/<token>")
@limiter.limit(LINK_LIMITS)
@secret_link
def by_mail(token: str) -> Answer:
    with _opened(token) as (me, found):
        return _page(token, me, found, DeclineForm(formdata=None))


@blueprint.post("/r/<token>/accept")
@limiter.limit(LINK_LIMITS)
@secret_link
def accept_by_mail(token: str) -> Answer:
    at_any_time = "any" in request.form
    return _act(
        token, "received", lambda me, asked: accept_request(me, asked, at_any_time=at_any_time)
    )


@blueprint.post("/r/<token>/decline")
@limiter.limit(LINK_LIMITS)
@secret_link
def decline_by_mail(token: str) -> Answer:
    form = DeclineForm()
    if not form.validate():
        with _opened(token) as (me, found):
            return _page(token, me, found, form, status=422)
    reason = form.reason.data or ""
    return _act(token, "received", lambda me, found: decline_request(me, found, reason))


@blueprint.post("/r/<token>/propose")
@limiter.limit(LINK_LIMITS)
@secret_link
def propose_by_mail(token: str) -> Answer:
    times = set(request.form.getlist("times", type=int))
    return _act(token, "received", lambda me, found: propose_times(me, found, times))


@blueprint.post("/r/<token>/choose")
@limiter.limit(LINK_LIMITS)
@secret_link
def choose_by_mail(token: str) -> Answer:
    chosen = request.form.get("time", 0, int)
    return _act(token, "sent", lambda me, found: choose_time(me, found, chosen))


@blueprint.post("/r/<token>/refuse-times")
@limiter.limit(LINK_LIMITS)
@secret_link
def refuse_by_mail(token: str) -> Answer:
    return _act(token, "sent", refuse_times)


def _act(token: str, side: str, act: Act) -> Answer:
    """Do it and show what came of it; the link of the other side does not know the address."""
    with _opened(token) as (me, found):
        if (found.request.asker_id == me.id) != (side == "sent"):
            abort(404)
        act(me, found)
        db.session.commit()
    return redirect(url_for("wishes.by_mail", token=token))


@contextmanager
def _opened(token: str) -> Iterator[tuple[Participant, Correspondence]]:
    """The request and whose link it is, in that person's language."""
    too_old = _("This link is too old. Sign in to see your requests.")
    opened = read_link(token, too_old=too_old) or abort(404)
    if not opened[0].event.is_public:
        abort(404)
    g.event = opened[0].event
    with force_locale(opened[0].user.locale):
        yield opened


def _page(
    token: str, me: Participant, found: Correspondence, form: DeclineForm, status: int = 200
) -> Answer:
    """What is over is said to be; nothing can be done with it any more."""
    page = request_page(me, found)
    text = render_template("wishes/by_mail.html", page=page, declining=form, token=token)
    return text, 410 if found.request.state in OPEN_AGAIN else status
