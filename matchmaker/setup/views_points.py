"""The organiser's pages of meeting points."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.agenda.forms import LONGEST_NOTE
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.labels import POINT_LABELS
from matchmaker.events.models import Event, MeetingPoint
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.fields import one_line, paragraphs
from matchmaker.registration.queries_points import booth_names, rooms_of
from matchmaker.setup.forms_points import AddPointsForm, LinkForm, PointForm, named
from matchmaker.setup.pages import preview_page
from matchmaker.setup.queries_points import met_there
from matchmaker.setup.services import ChangedMeanwhile
from matchmaker.setup.services_points import add_points, change_point, link_rooms, people_named

blueprint = Blueprint("points", __name__)

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/organise/points")
@organiser
def index(event: Event, user: User) -> Answer:
    return _page(event, AddPointsForm.of(event), LinkForm())


@blueprint.post("/e/<slug>/organise/points")
@organiser
def add(event: Event, user: User) -> Answer:
    _hold(event)
    form = AddPointsForm.of(event)
    if not form.validate_on_submit():
        return _page(event, form, LinkForm()), 422
    if form.is_outdated(event):
        return _page(event, form, LinkForm(), outdated=True), 409
    try:
        names = add_points(event, user, form.kind.data, form.number.data or 0, form.link.data or "")
    except Invalid as refusal:
        _refuse(form, refusal)
        return _page(event, form, LinkForm()), 422
    words = ngettext(
        "%(first)s is added.",
        "%(first)s to %(last)s are added.",
        len(names),
        first=names[0],
        last=names[-1],
    )
    return _saved(event, words)


@blueprint.post("/e/<slug>/organise/points/link")
@organiser
def link(event: Event, user: User) -> Answer:
    _hold(event)
    form, (shown, note) = LinkForm(), _confirmed()
    if form.validate_on_submit():
        typed = form.room_link.data or ""
        try:
            number = link_rooms(event, user, typed, fingerprint=shown, note=note)
        except ChangedMeanwhile as meanwhile:
            back = url_for("points.index", slug=event.slug)
            return _preview(event, meanwhile, back=back, again=bool(shown))
        except Invalid as refusal:
            db.session.rollback()
            form.room_link.errors = [refusal.sentence]
        else:
            words = ngettext("%(num)d room has the link.", "%(num)d rooms have the link.", number)
            return _saved(event, words)
    return _page(event, AddPointsForm.of(event), form), 422


@blueprint.get("/e/<slug>/organise/points/people")
@organiser
def people(event: Event, user: User) -> str:
    """Options for whom a booth is kept for; what is typed comes as `q`."""
    typed = one_line(request.args.get("q"))[:120]
    found = people_named(event, typed) if typed else []
    return render_template("setup/point_people.html", people=[(named(p), p) for p in found])


@blueprint.get("/e/<slug>/organise/points/<int:point_id>")
@organiser
def edit(event: Event, user: User, point_id: int) -> Answer:
    point = _find(event, point_id)
    return _form_page(event, point, PointForm.of(point))


@blueprint.post("/e/<slug>/organise/points/<int:point_id>")
@organiser
def change(event: Event, user: User, point_id: int) -> Answer:
    _hold(event)
    point = _find(event, point_id)
    form = PointForm.of(point)
    if not form.validate_on_submit():
        return _form_page(event, point, form), 422
    if form.is_outdated:
        return _form_page(event, point, form, differing=form.beside_saved()), 409
    shown, note = _confirmed()
    try:
        changed = change_point(event, user, point, form.said(), fingerprint=shown, note=note)
    except ChangedMeanwhile as meanwhile:
        return _preview(event, meanwhile, back=request.path, again=bool(shown))
    except Invalid as refusal:
        _refuse(form, refusal)
        return _form_page(event, point, form), 422
    except Conflict as conflict:
        return _form_page(event, point, form, conflict=conflict.sentence), 409
    return _saved(event, _("Saved.") if changed else _("Nothing was changed."))


def _hold(event: Event) -> None:
    """See the meeting points as they are now, and let nobody change them at the same time."""
    hold_agenda(event)
    db.session.expire(event, ["points"])


def _find(event: Event, point_id: int) -> MeetingPoint:
    found = next((point for point in event.points if point.id == point_id), None)
    return found or abort(404)


def _refuse(form: FlaskForm, refusal: Invalid) -> None:
    """Say it at its field, once what was half done is undone."""
    db.session.rollback()
    form[refusal.field].errors = [refusal.sentence]


def _saved(event: Event, words: str) -> Response:
    slug = event.slug
    db.session.commit()
    flash(words, "success")
    return redirect(url_for("points.index", slug=slug))


def _confirmed() -> tuple[str, str]:
    """The fingerprint of what was shown, if anything was, and the note for those who are told."""
    note = paragraphs(request.form.get("note"))
    return request.form.get("fingerprint", ""), note[:LONGEST_NOTE]


def _preview(event: Event, meanwhile: ChangedMeanwhile, *, back: str, again: bool) -> Answer:
    """Whom the change touches, before it is done; once more where it is others than were shown."""
    sentence = meanwhile.sentence if again else ""
    page = preview_page(event, meanwhile.plan, action=request.path, back=back, sentence=sentence)
    return (page, 409) if again else page


def _form_page(event: Event, point: MeetingPoint, form: PointForm, **more: Any) -> str:
    return render_template("setup/point.html", form=form, point=point, **more)


def _page(event: Event, form: AddPointsForm, link_form: LinkForm, **more: Any) -> str:
    return render_template(
        "setup/points.html",
        form=form,
        link_form=link_form,
        groups=[
            (label, [point for point in event.points if point.kind == kind])
            for kind, label in POINT_LABELS.items()
        ],
        rooms=rooms_of(event),
        whose=booth_names(event),
        met=len(met_there(event, (point for point in event.points if point.kind == "video"))),
        **more,
    )
