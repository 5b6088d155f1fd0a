"""The organiser's pages that edit what an event is made of: each change is shown, then done."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.setup import services
from matchmaker.setup.addresses import WHOLE, form_url
from matchmaker.setup.editing import (
    Answer,
    answer_change,
    answer_confirmed,
    carry_out_shown,
    done,
    editable_part,
    found,
    gone,
    listed_part,
    move,
    part_named,
    removal_page,
    target_of,
    undo_page,
    whole_part,
)
from matchmaker.setup.labels import PART_LABELS
from matchmaker.setup.pages import form_page, list_page, who_when
from matchmaker.setup.plan import Plan
from matchmaker.setup.queries import latest_change

blueprint = Blueprint("setup", __name__)


@blueprint.get("/e/<slug>/organise/setup")
@organiser
def index(event: Event, user: User) -> Answer:
    last = latest_change(event)
    return render_template(
        "setup/index.html", labels=PART_LABELS, last=last, by=who_when(event, last)
    )


@blueprint.get("/e/<slug>/organise/setup/<part>")
@organiser
def part(event: Event, user: User, part: str) -> Answer:
    chosen = part_named(part)
    if part == "points":
        return redirect(url_for("points.index", slug=event.slug))
    if part in WHOLE:
        action = url_for(".change_whole", slug=event.slug, part=part)
        return form_page(event, chosen, None, chosen.form(event, None), action=action)
    return list_page(event, chosen)


@blueprint.post("/e/<slug>/organise/setup/<part>")
@organiser
def change_whole(event: Event, user: User, part: str) -> Answer:
    return answer_change(event, user, whole_part(part), 0)


@blueprint.post("/e/<slug>/organise/setup/<part>/confirm")
@organiser
def confirm_whole(event: Event, user: User, part: str) -> Answer:
    return answer_confirmed(event, user, whole_part(part), 0)


@blueprint.get("/e/<slug>/organise/setup/<part>/new")
@organiser
def new(event: Event, user: User, part: str) -> Answer:
    chosen = editable_part(part)
    return form_page(event, chosen, None, chosen.form(event, None), action=form_url(event, part, 0))


@blueprint.get("/e/<slug>/organise/setup/<part>/<int:row_id>")
@organiser
def edit(event: Event, user: User, part: str, row_id: int) -> Answer:
    chosen = editable_part(part)
    row = chosen.find(event, row_id) or abort(404)
    action = form_url(event, part, row_id)
    return form_page(event, chosen, row, chosen.form(event, row), action=action)


@blueprint.post("/e/<slug>/organise/setup/<part>/new", defaults={"row_id": 0}, endpoint="add")
@blueprint.post("/e/<slug>/organise/setup/<part>/<int:row_id>")
@organiser
def change(event: Event, user: User, part: str, row_id: int) -> Answer:
    return answer_change(event, user, editable_part(part), row_id)


@blueprint.post(
    "/e/<slug>/organise/setup/<part>/new/confirm", defaults={"row_id": 0}, endpoint="confirm_new"
)
@blueprint.post("/e/<slug>/organise/setup/<part>/<int:row_id>/confirm")
@organiser
def confirm(event: Event, user: User, part: str, row_id: int) -> Answer:
    return answer_confirmed(event, user, editable_part(part), row_id)


@blueprint.get("/e/<slug>/organise/setup/<part>/<int:row_id>/remove")
@organiser
def ask_to_remove(event: Event, user: User, part: str, row_id: int) -> Answer:
    chosen = listed_part(part)
    row = chosen.find(event, row_id) or abort(404)
    to = target_of(event, chosen, row)
    return removal_page(event, chosen, row, chosen.removed(event, row, to), to)


@blueprint.post("/e/<slug>/organise/setup/<part>/<int:row_id>/remove")
@organiser
def remove(event: Event, user: User, part: str, row_id: int) -> Answer:
    chosen = listed_part(part)
    row = chosen.find(event, row_id)
    if row is None:
        return gone(event, chosen)
    to = target_of(event, chosen, row)

    def work_out() -> Plan:
        return chosen.removed(event, found(event, chosen, row_id), to)

    try:
        carry_out_shown(event, user, work_out)
    except services.ChangedMeanwhile as changed:
        page = removal_page(event, chosen, row, changed.plan, to, sentence=changed.sentence)
        return page, 409
    return done(event, chosen, to_repair=request.form.get("way") == "repair")


@blueprint.post("/e/<slug>/organise/setup/<part>/<int:row_id>/up")
@organiser
def move_up(event: Event, user: User, part: str, row_id: int) -> Answer:
    return move(event, user, part, row_id, by=-1)


@blueprint.post("/e/<slug>/organise/setup/<part>/<int:row_id>/down")
@organiser
def move_down(event: Event, user: User, part: str, row_id: int) -> Answer:
    return move(event, user, part, row_id, by=1)


@blueprint.get("/e/<slug>/organise/setup/undo")
@organiser
def ask_to_undo(event: Event, user: User) -> Answer:
    return undo_page(event, services.plan_of_undoing(event))


@blueprint.post("/e/<slug>/organise/setup/undo")
@organiser
def undo(event: Event, user: User) -> Answer:
    try:
        carry_out_shown(event, user, lambda: services.plan_of_undoing(event))
    except services.ChangedMeanwhile as changed:
        return undo_page(event, changed.plan, sentence=changed.sentence), 409
    flash(_("The change is undone."), "success")
    return redirect(url_for(".index", slug=event.slug))
