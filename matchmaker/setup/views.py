"""The organiser's pages that edit what an event is made of: each change is shown, then done."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.errors import Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.setup import services
from matchmaker.setup.pages import form_page, list_page, preview_page, who_when
from matchmaker.setup.part_matrix import Matrix
from matchmaker.setup.part_points import Points
from matchmaker.setup.part_sessions import Sessions
from matchmaker.setup.part_times import Times
from matchmaker.setup.part_topics import Topics
from matchmaker.setup.part_types import Types
from matchmaker.setup.part_zone import Zone
from matchmaker.setup.parts import Part
from matchmaker.setup.plan import Plan
from matchmaker.setup.queries import latest_change, version_of
from matchmaker.setup.words import PART_LABELS

blueprint = Blueprint("setup", __name__)

Answer = str | Response | tuple[str, int]

PARTS: dict[str, Part] = {
    part.name: part for part in (Times(), Types(), Matrix(), Topics(), Sessions(), Points(), Zone())
}
WHOLE = ("matrix", "zone")


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
    chosen = _part(part)
    if part == "points":
        return redirect(url_for("points.index", slug=event.slug))
    if part in WHOLE:
        action = url_for(".change_whole", slug=event.slug, part=part)
        return form_page(event, chosen, None, chosen.form(event, None), action=action)
    return list_page(event, chosen)


@blueprint.post("/e/<slug>/organise/setup/<part>")
@organiser
def change_whole(event: Event, user: User, part: str) -> Answer:
    return _change(event, user, _whole(part), 0)


@blueprint.post("/e/<slug>/organise/setup/<part>/confirm")
@organiser
def confirm_whole(event: Event, user: User, part: str) -> Answer:
    return _confirm(event, user, _whole(part), 0)


@blueprint.get("/e/<slug>/organise/setup/<part>/new")
@organiser
def new(event: Event, user: User, part: str) -> Answer:
    chosen = _editable(part)
    return form_page(event, chosen, None, chosen.form(event, None), action=_action(event, part, 0))


@blueprint.post("/e/<slug>/organise/setup/<part>/new")
@organiser
def add(event: Event, user: User, part: str) -> Answer:
    return _change(event, user, _editable(part), 0)


@blueprint.post("/e/<slug>/organise/setup/<part>/new/confirm")
@organiser
def confirm_new(event: Event, user: User, part: str) -> Answer:
    return _confirm(event, user, _editable(part), 0)


@blueprint.get("/e/<slug>/organise/setup/<part>/<int:row_id>")
@organiser
def edit(event: Event, user: User, part: str, row_id: int) -> Answer:
    chosen = _editable(part)
    row = chosen.find(event, row_id) or abort(404)
    action = _action(event, part, row_id)
    return form_page(event, chosen, row, chosen.form(event, row), action=action)


@blueprint.post("/e/<slug>/organise/setup/<part>/<int:row_id>")
@organiser
def change(event: Event, user: User, part: str, row_id: int) -> Answer:
    return _change(event, user, _editable(part), row_id)


@blueprint.post("/e/<slug>/organise/setup/<part>/<int:row_id>/confirm")
@organiser
def confirm(event: Event, user: User, part: str, row_id: int) -> Answer:
    return _confirm(event, user, _editable(part), row_id)


@blueprint.get("/e/<slug>/organise/setup/<part>/<int:row_id>/remove")
@organiser
def ask_to_remove(event: Event, user: User, part: str, row_id: int) -> Answer:
    chosen = _listed(part)
    row = chosen.find(event, row_id) or abort(404)
    to = _target(event, chosen, row)
    return _removal_page(event, chosen, row, chosen.removed(event, row, to), to)


@blueprint.post("/e/<slug>/organise/setup/<part>/<int:row_id>/remove")
@organiser
def remove(event: Event, user: User, part: str, row_id: int) -> Answer:
    chosen = _listed(part)
    row = chosen.find(event, row_id)
    if row is None:
        return _gone(event, chosen)
    to = _target(event, chosen, row)

    def work_out() -> Plan:
        return chosen.removed(event, chosen.find(event, row_id), to)

    try:
        _carry_out(event, user, work_out)
    except services.ChangedMeanwhile as changed:
        page = _removal_page(event, chosen, row, changed.plan, to, sentence=changed.sentence)
        return page, 409
    return _done(event, chosen, to_repair=request.form.get("way") == "repair")


@blueprint.post("/e/<slug>/organise/setup/<part>/<int:row_id>/up")
@organiser
def move_up(event: Event, user: User, part: str, row_id: int) -> Answer:
    return _move(event, user, part, row_id, by=-1)


@blueprint.post("/e/<slug>/organise/setup/<part>/<int:row_id>/down")
@organiser
def move_down(event: Event, user: User, part: str, row_id: int) -> Answer:
    return _move(event, user, part, row_id, by=1)


@blueprint.get("/e/<slug>/organise/setup/undo")
@organiser
def ask_to_undo(event: Event, user: User) -> Answer:
    return _undo_page(event, services.plan_of_undoing(event))


@blueprint.post("/e/<slug>/organise/setup/undo")
@organiser
def undo(event: Event, user: User) -> Answer:
    try:
        _carry_out(event, user, lambda: services.plan_of_undoing(event))
    except services.ChangedMeanwhile as changed:
        return _undo_page(event, changed.plan, sentence=changed.sentence), 409
    flash(_("The change is undone."), "success")
    return redirect(url_for(".index", slug=event.slug))


def _change(event: Event, user: User, part: Part, row_id: int) -> Answer:
    """What was sent, checked and shown; done at once only where it touches nobody."""
    row, action = part.find(event, row_id), _action(event, part.name, row_id)
    form = part.form(event, row)
    if not form.validate_on_submit():
        return form_page(event, part, row, form, action=action), 422
    if (row is None) != (row_id == 0) or form.seen_version != version_of(event, part.name):
        return _conflict(event, part, row, form), 409
    try:
        plan = part.edited(event, row, form)
    except Invalid as refusal:
        return _refused(event, part, row, form, refusal)
    if plan.touched or plan.times:
        return preview_page(event, plan, action=f"{action}/confirm", back=_back(event, part))
    services.carry_out(
        event, user, lambda: part.edited(event, row, form), fingerprint=plan.fingerprint
    )
    db.session.commit()
    return _done(event, part, changed=bool(plan.rows))


def _confirm(event: Event, user: User, part: Part, row_id: int) -> Answer:
    row, action = part.find(event, row_id), _action(event, part.name, row_id)
    form = part.form(event, row)
    if not form.validate_on_submit():
        return form_page(event, part, row, form, action=action), 422
    if (row is None) != (row_id == 0):
        return _conflict(event, part, row, form), 409
    try:
        _carry_out(event, user, lambda: part.edited(event, part.find(event, row_id), form))
    except services.ChangedMeanwhile as changed:
        page = preview_page(
            event,
            changed.plan,
            action=f"{action}/confirm",
            back=_back(event, part),
            sentence=changed.sentence,
        )
        return page, 409
    except Invalid as refusal:
        return _refused(event, part, row, form, refusal)
    return _done(event, part, to_repair=request.form.get("way") == "repair")


def _carry_out(event: Event, user: User, work_out: Any) -> None:
    sent = request.form
    fingerprint, way = sent.get("fingerprint", ""), sent.get("way", "")
    services.carry_out(event, user, work_out, fingerprint=fingerprint, way=way)
    db.session.commit()


def _move(event: Event, user: User, part: str, row_id: int, *, by: int) -> Answer:
    chosen = _listed(part)
    if not chosen.ordered:
        abort(404)
    row = chosen.find(event, row_id) or abort(404)
    plan = chosen.moved(event, row, by)
    services.carry_out(
        event, user, lambda: chosen.moved(event, row, by), fingerprint=plan.fingerprint
    )
    db.session.commit()
    return redirect(f"{_back(event, chosen)}#row-{row_id}")


def _conflict(event: Event, part: Part, row: Any, form: Any) -> str:
    """Somebody else was quicker: what was typed stays, beside what is saved now."""
    db.session.rollback()
    theirs = who_when(event, latest_change(event, part.name))
    sentence = _(
        "Somebody else changed this while you had it open: %(theirs)s. What you typed is kept below"
        " and not saved. Compare the two, then save yours again or take theirs.",
        theirs=theirs,
    )
    if row is None and part.name not in WHOLE:
        sentence = _(
            "Somebody else took this out while you had it open: %(theirs)s. What you typed is kept"
            " below; saving it adds it anew.",
            theirs=theirs,
        )
    row_id = row.id if row is not None else 0
    return form_page(
        event, part, row, form, conflict=sentence, action=_action(event, part.name, row_id)
    )


def _refused(event: Event, part: Part, row: Any, form: Any, refusal: Invalid) -> Answer:
    db.session.rollback()
    if refusal.field not in form:
        raise refusal
    form[refusal.field].errors = [refusal.sentence]
    action = _action(event, part.name, row.id if row is not None else 0)
    return form_page(event, part, row, form, action=action), 422


def _removal_page(
    event: Event, part: Part, row: Any, plan: Plan, to: int, *, sentence: str = ""
) -> str:
    action = url_for(".remove", slug=event.slug, part=part.name, row_id=row.id)
    targets = part.targets(event, row)
    return preview_page(
        event,
        plan,
        action=action,
        back=_back(event, part),
        removing=True,
        targets=targets,
        to=to,
        sentence=sentence,
    )


def _undo_page(event: Event, plan: Plan, *, sentence: str = "") -> str:
    last = latest_change(event)
    return preview_page(
        event,
        plan,
        action=url_for(".undo", slug=event.slug),
        back=url_for(".index", slug=event.slug),
        undoing=who_when(event, last),
        sentence=sentence,
    )


def _target(event: Event, part: Part, row: Any) -> int:
    """Where what hangs on it goes: as chosen, else the first that is offered."""
    offered = [value for value, _label in part.targets(event, row)]
    chosen = request.values.get("to", type=int)
    return chosen if chosen in offered else next(iter(offered), row.id)


def _done(event: Event, part: Part, *, changed: bool = True, to_repair: bool = False) -> Response:
    if to_repair:
        flash(_("Done. Nobody is told until you publish a repair."), "success")
        return redirect(url_for("repair.show", slug=event.slug))
    flash(_("Done.") if changed else _("Nothing was changed."), "success")
    return redirect(_back(event, part))


def _gone(event: Event, part: Part) -> Response:
    flash(_("It is out already; somebody else was quicker."))
    return redirect(_back(event, part))


def _back(event: Event, part: Part) -> str:
    if part.name == "points":
        return url_for("points.index", slug=event.slug)
    return url_for(".part", slug=event.slug, part=part.name)


def _action(event: Event, part: str, row_id: int) -> str:
    if part in WHOLE:
        return url_for(".change_whole", slug=event.slug, part=part)
    if row_id:
        return url_for(".change", slug=event.slug, part=part, row_id=row_id)
    return url_for(".add", slug=event.slug, part=part)


def _part(name: str) -> Part:
    return PARTS.get(name) or abort(404)


def _whole(name: str) -> Part:
    return _part(name) if name in WHOLE else abort(404)


def _listed(name: str) -> Part:
    return _part(name) if name not in WHOLE else abort(404)


def _editable(name: str) -> Part:
    return _listed(name) if name != "points" else abort(404)
