"""The organiser's pages that mend a published agenda: what happened, the ways out, publish one."""

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import Response as FlaskResponse
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import organiser, organiser_may
from matchmaker.accounts.models import User
from matchmaker.agenda.forms import DisruptionForm, PublishForm
from matchmaker.agenda.queries import agenda_of_run, latest_agenda, people_taking_part
from matchmaker.agenda.repair_page import choices_of, hits_told_to, outdated_by, repair_page
from matchmaker.agenda.review_page import review_page
from matchmaker.agenda.services_disruptions import Happening, take_back, tell
from matchmaker.errors import Invalid
from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.formatting import clock_time, day_short
from matchmaker.matching.models import Run, RunState
from matchmaker.matching.run_queries import (
    alternatives_of,
    latest_repair,
    run_at_work,
    run_numbered,
)
from matchmaker.matching.services_repair import request_repair
from matchmaker.queue import queue
from matchmaker.registration.models import Participant

blueprint = Blueprint("repair", __name__)


@blueprint.get("/e/<slug>/organise/repair")
@organiser_may("desk")
def show(event: Event, user: User) -> str:
    return _page(event, user, _form(event, fresh=True))


@blueprint.post("/e/<slug>/organise/repair")
@organiser_may("desk")
def happened(event: Event, user: User) -> Response | tuple[str, int]:
    form = _form(event)
    if not form.validate_on_submit():
        return _page(event, user, form), 422
    try:
        tell(event, user, _happening(event, form))
    except Invalid as refusal:
        db.session.rollback()
        form[refusal.field].errors = [refusal.sentence]
        return _page(event, user, form), 422
    db.session.commit()
    return _to_page(event)


@blueprint.post("/e/<slug>/organise/repair/told/<int:disruption_id>/take-back")
@organiser_may("desk")
def undo(event: Event, user: User, disruption_id: int) -> Response:
    take_back(event, disruption_id, user)
    db.session.commit()
    return _to_page(event)


@blueprint.post("/e/<slug>/organise/repair/runs")
@organiser
def start(event: Event, user: User) -> Response:
    run = run_at_work(event)
    if run is None:
        run = request_repair(event, user)
        db.session.commit()
        queue().enqueue(run.id)
    return redirect(url_for(".result", slug=event.slug, number=run.number))


@blueprint.get("/e/<slug>/organise/repair/<int:number>")
@organiser
def result(event: Event, user: User, number: int) -> FlaskResponse:
    """The ways a repair found; `number` names the one that is looked at."""
    run = run_numbered(event, number) or abort(404)
    if run.state != RunState.DONE:
        return make_response(render_template("matching/run.html", run=run))
    if run.kind != "repair":
        return make_response(redirect(url_for("matching.result", slug=event.slug, number=number)))
    return make_response(_choices_page(event, user, run))


def _choices_page(event: Event, user: User, run: Run) -> str:
    choices = choices_of(list(alternatives_of(run)))
    chosen = next(choice for choice in choices if choice.run.id == run.id)
    in_force = latest_agenda(event)
    return render_template(
        "agenda/repair_choices.html",
        run=run,
        choices=choices,
        page=review_page(event, chosen.changes),
        published=agenda_of_run(run),
        in_force=in_force,
        outdated=outdated_by(event, choices[0].run, in_force, hits_told_to(event, user)),
        form=PublishForm(formdata=None).against(in_force),
    )


def _page(event: Event, user: User, form: DisruptionForm) -> str:
    page, repair = repair_page(event, user), latest_repair(event)
    holds = repair is not None and not outdated_by(event, repair, page.agenda, page.open_hits)
    return render_template(
        "agenda/repair.html",
        page=page,
        form=form,
        at_work=run_at_work(event),
        repair=repair if holds else None,
    )


def _form(event: Event, *, fresh: bool = False) -> DisruptionForm:
    times = [
        (
            slot.id,
            f"{day_short(slot.starts_at, event.zone)} {clock_time(slot.starts_at, event.zone)}",
        )
        for slot in event.slots
    ]
    form = DisruptionForm(formdata=None) if fresh else DisruptionForm()
    if fresh and (person := request.args.get("person", type=int)):
        form.person.data = person
    points = [(point.id, point.name) for point in event.points]
    return form.offer(people_taking_part(event), points, times)


def _happening(event: Event, form: DisruptionForm) -> Happening:
    """The lists offer what is the event's own, so nothing else comes through them."""
    return Happening(
        kind=form.kind.data,
        person=db.session.get(Participant, form.person.data or 0),
        point=db.session.get(MeetingPoint, form.point.data or 0),
        start=db.session.get(Slot, form.start.data or 0),
        end=db.session.get(Slot, form.end.data or 0),
    )


def _to_page(event: Event) -> Response:
    flash(_("Noted. Nobody is told until you publish a repair."))
    return redirect(url_for(".show", slug=event.slug))
