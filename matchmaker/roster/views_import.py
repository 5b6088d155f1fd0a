"""Bringing in a table of people: the file, what its columns hold, each row's fate, and the act."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.fields import one_line
from matchmaker.paging import page_of
from matchmaker.registration.models import Status
from matchmaker.registration.waiting import Places, has_limits
from matchmaker.roster.blueprint import blueprint
from matchmaker.roster.columns import FIELDS, letter
from matchmaker.roster.fates import STATES, Fate, dry_run, grouped
from matchmaker.roster.forms import SheetForm
from matchmaker.roster.labels import FATE_LABELS, FATE_TONES
from matchmaker.roster.models import Sheet
from matchmaker.roster.queries_import import find_sheet
from matchmaker.roster.services_import import enter, type_of
from matchmaker.roster.services_sheet import read_headings, take_up, understand
from matchmaker.roster.sheets import read_sheet

FATES_A_PAGE = 100
Answer = str | Response | tuple[str, int]


@blueprint.route("/e/<slug>/organise/people/import", methods=["GET", "POST"])
@organiser
def bring_in(event: Event, user: User) -> Answer:
    form = SheetForm()
    if not form.validate_on_submit():
        return _file_page(form, 422 if form.errors else 200)
    event_id, file = event.id, form.file.data
    try:
        # Reading may take a while; nobody waits for this transaction meanwhile.
        db.session.rollback()
        table = read_sheet(file.read())
    except Invalid as refusal:
        form.refuse(refusal.sentence)
        return _file_page(form, 422)
    event = db.session.get_one(Event, event_id)
    sheet = take_up(event, table, one_line(file.filename) or "?")
    db.session.commit()
    return redirect(url_for("roster.sheet", slug=event.slug, sheet_id=sheet.id))


@blueprint.get("/e/<slug>/organise/people/import/<int:sheet_id>")
@organiser
def sheet(event: Event, user: User, sheet_id: int) -> Answer:
    found = _open_sheet(event, sheet_id)
    if found.entered_at is not None:
        return redirect(url_for("registration.people", slug=event.slug))
    return _sheet_page(event, found)


@blueprint.post("/e/<slug>/organise/people/import/<int:sheet_id>")
@organiser
def check(event: Event, user: User, sheet_id: int) -> Answer:
    found = _open_sheet(event, sheet_id)
    if found.entered_at is not None:
        return redirect(url_for("registration.people", slug=event.slug))
    before = str(found.heading)
    anew = request.form.get("heading", before).strip() != before
    try:
        understand(
            found,
            columns=found.columns if anew else request.form.getlist("column"),
            status=request.form.get("status", ""),
            type_name=request.form.get("type", ""),
            listed="listed" in request.form,
            without_hidden="without_hidden" in request.form,
        )
        if anew:
            read_headings(event, found, request.form.get("heading", 0, type=int))
    except Invalid as refusal:
        if refusal.field == "heading":
            return _sheet_page(event, found, wrong_heading=refusal.sentence), 422
        flash(refusal.sentence, "error")
        return _sheet_page(event, found), 422
    db.session.commit()
    return redirect(_address_of(event, found))


@blueprint.post("/e/<slug>/organise/people/import/<int:sheet_id>/enter")
@organiser
def enter_all(event: Event, user: User, sheet_id: int) -> Answer:
    try:
        new, changed = enter(event, user, sheet_id, request.form.get("mark", ""))
        db.session.commit()
    except IntegrityError:
        raise Conflict(
            _("Somebody entered the same people at this moment. Go back and look at the rows.")
        ) from None
    told = ngettext("%(num)d person is new", "%(num)d people are new", new)
    more = ngettext("%(num)d changed", "%(num)d changed", changed)
    flash(f"{told} · {more}", "success")
    return redirect(url_for("registration.people", slug=event.slug))


def _open_sheet(event: Event, sheet_id: int) -> Sheet:
    found = find_sheet(event, sheet_id)
    if found is None:
        abort(404)
    return found


def _file_page(form: SheetForm, status: int) -> Answer:
    return render_template("roster/bring_in.html", form=form, fields=FIELDS.values()), status


def _sheet_page(event: Event, found: Sheet, *, wrong_heading: str = "") -> str:
    run = dry_run(event, found)
    by_state, counts = grouped(run.fates), run.counts
    first = next((state for state in STATES if counts[state]), "new")
    shown = request.args.get("show", first)
    fates = by_state.get(shown, [])
    rows, number, pages = page_of(fates, request.args.get("page", 1, type=int), FATES_A_PAGE)

    return render_template(
        "roster/sheet.html",
        sheet=found,
        columns=_columns(found),
        wrong_heading=wrong_heading,
        fields=FIELDS,
        counts=counts,
        too_many=_too_many(event, found, by_state.get("new", ())),
        labels=FATE_LABELS,
        tones=FATE_TONES,
        shown=shown,
        fates=rows,
        number=number,
        pages=pages,
        mark=run.mark,
        address=partial(_address_of, event, found),
        paged=lambda page: _address_of(event, found, show=shown, page=page),
    )


def _address_of(event: Event, found: Sheet, **changes: Any) -> str:
    slug = event.slug
    return url_for("roster.sheet", slug=slug, sheet_id=found.id, _anchor="rows", **changes)


def _too_many(event: Event, found: Sheet, new: Iterable[Fate]) -> int:
    """How many would be in without a place, of all or of their type: nobody brought in waits."""
    if found.choices["status"] != Status.APPROVED or not has_limits(event):
        return 0
    places, without = Places(event), 0
    for fate in new:
        kind = type_of(event, fate.values.get("type") or found.choices["type"])
        if places.free_for(kind.id):
            places.take(kind.id)
        else:
            without += 1
    return without


def _columns(found: Sheet) -> list[dict[str, Any]]:
    """Each column with its letter, heading, field and the first cells that hold something."""
    below = found.rows[found.heading : found.heading + 60]
    return [
        {
            "letter": letter(at),
            "heading": heading,
            "field": field,
            "examples": [row[at] for row in below if row[at]][:2],
        }
        for at, (heading, field) in enumerate(zip(found.headings, found.columns, strict=True))
    ]
