"""A participant's agenda and calendar; the organiser's review and publishing."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.access import organiser, participant, secret_link
from matchmaker.accounts.models import User
from matchmaker.agenda.agenda_page import best_first, headline, left_today, own_zone, today
from matchmaker.agenda.forms import PublishForm
from matchmaker.agenda.personal import feed_agenda, personal_agenda
from matchmaker.agenda.personal_calendar import calendar_of
from matchmaker.agenda.queries import agenda_of_run, latest_agenda, participant_by_feed_token
from matchmaker.agenda.queries_difference import difference
from matchmaker.agenda.review_page import review_page
from matchmaker.agenda.services import publish_run, renew_feed
from matchmaker.agenda.views_publishing import publish_by_form
from matchmaker.agenda.visits import news_in, note_visit, shown_until
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunState
from matchmaker.matching.run_queries import run_numbered
from matchmaker.registration.attending import attending_of
from matchmaker.registration.models import Participant
from matchmaker.web import absolute_url

blueprint = Blueprint("agenda", __name__)

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@blueprint.get("/e/<slug>/agenda")
@participant
def show(event: Event, me: Participant) -> str:
    feed, agenda = absolute_url("agenda.feed", token=me.feed_token), personal_agenda(me)
    return render_template(
        "agenda/show.html",
        agenda=agenda,
        headline=headline(agenda),
        is_today=left_today(agenda) > 0,
        today=today(agenda),
        best_first=best_first,
        news=news_in(agenda),
        shown_until=shown_until(agenda),
        own_zone=own_zone(me.user, event),
        attending=attending_of(me),
        now=now(),
        feed=feed,
        webcal=urlsplit(feed)._replace(scheme="webcal").geturl(),
    )


@blueprint.post("/e/<slug>/agenda/seen")
@participant
def seen(event: Event, me: Participant) -> AnyResponse:
    """Sent by a button, and by a script once the page has been in view for a while."""
    try:
        until = datetime.fromisoformat(request.form.get("until", ""))
        note_visit(me, until.astimezone(UTC))
    except (ValueError, OverflowError):
        abort(400)
    db.session.commit()
    return redirect(url_for(".show", slug=event.slug))


@blueprint.get("/e/<slug>/agenda.ics")
@participant
def download(event: Event, me: Participant) -> Response:
    response = _calendar(calendar_of(feed_agenda(me), with_cancelled=False))
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


@blueprint.post("/e/<slug>/agenda/feed-address")
@participant
def renew_feed_address(event: Event, me: Participant) -> AnyResponse:
    renew_feed(me)
    db.session.commit()
    flash(_("The feed has a new address. Subscribe to it again where you used the old one."))
    return redirect(url_for(".show", slug=event.slug))


@blueprint.get("/feeds/<token>.ics")
@secret_link
def feed(token: str) -> AnyResponse:
    """The calendar of whoever the secret address belongs to; for programs, so without a session."""
    owner = participant_by_feed_token(token) or abort(404)
    with force_locale(owner.user.locale):
        response = _calendar(calendar_of(feed_agenda(owner)))
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


@blueprint.get("/e/<slug>/organise/runs/<int:number>/review")
@organiser
def review(event: Event, user: User, number: int) -> str:
    return _review_page(event, _finished_run(event, number), PublishForm(formdata=None))


@blueprint.post("/e/<slug>/organise/runs/<int:number>/publish")
@organiser
def publish(event: Event, user: User, number: int) -> AnyResponse | tuple[str, int]:
    run = _finished_run(event, number)
    return publish_by_form(
        lambda form: publish_run(event, run, user, note=form.said, in_force=form.in_force.data),
        lambda form: _review_page(event, run, form),
        then=url_for("insights.overview", slug=event.slug),
    )


def _review_page(event: Event, run: Run, form: PublishForm) -> str:
    in_force, published = latest_agenda(event), agenda_of_run(run)
    return render_template(
        "agenda/review.html",
        run=run,
        page=None if published else review_page(event, difference(run)),
        published=published,
        in_force=in_force,
        form=form.against(in_force),
    )


def _finished_run(event: Event, number: int) -> Run:
    run = run_numbered(event, number)
    if run is None or run.state != RunState.DONE:
        abort(404)
    return run


def _calendar(body: bytes) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = CALENDAR_TYPE
    return response
