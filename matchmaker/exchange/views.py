"""Pages of `exchange`: an event to take away as a zip, and one to bring in."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import creates_events, organiser
from matchmaker.accounts.models import User
from matchmaker.errors import Conflict, Refusal
from matchmaker.events.models import Event
from matchmaker.exchange.answers_table import answers_csv
from matchmaker.exchange.archives import pack, unpacked
from matchmaker.exchange.downloads import ZIP, download
from matchmaker.exchange.forms import ImportForm
from matchmaker.exchange.outcome_tables import held_csv, outcomes_csv
from matchmaker.exchange.problems import FolderErrors, Problem
from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.services import event_files, import_event
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Snapshot

blueprint = Blueprint("exchange", __name__)

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/organise/export")
@organiser
def export(event: Event, user: User) -> Response:
    return download(pack(event.slug, event_files(event)), f"{event.slug}.zip", ZIP)


@blueprint.get("/e/<slug>/organise/questions/answers.csv")
@organiser
def export_answers(event: Event, user: User) -> Response:
    return download(answers_csv(event, str(get_locale() or "en")), f"{event.slug}-answers.csv")


@blueprint.get("/e/<slug>/organise/after/meetings.csv")
@organiser
def export_held(event: Event, user: User) -> Response:
    return download(held_csv(event), f"{event.slug}-meetings.csv")


@blueprint.get("/e/<slug>/organise/after/outcomes.csv")
@organiser
def export_outcomes(event: Event, user: User) -> Response:
    return download(outcomes_csv(event), f"{event.slug}-outcomes.csv")


@blueprint.route("/events/import", methods=["GET", "POST"])
@creates_events
def import_page(user: User) -> Answer:
    form = ImportForm()
    if not form.validate_on_submit():
        return _page(form, status=422 if form.errors else 200)
    try:
        event = import_event(_read(form), user)
    except FolderErrors as errors:
        return _page(form, problems=errors.problems, status=422)
    except Refusal as refusal:
        db.session.rollback()
        form.refuse("slug" if isinstance(refusal, Conflict) else "file", refusal.sentence)
        return _page(form, status=422)
    db.session.commit()
    flash(_("%(name)s is here, as a draft that only you can see.", name=event.name), "success")
    return redirect(url_for("insights.overview", slug=event.slug))


def _read(form: ImportForm) -> Snapshot:
    """Reading may take a while; no transaction is open meanwhile, so that nobody waits for it."""
    db.session.rollback()
    with unpacked(form.file.data.read()) as folder:
        snapshot = read_folder(folder)
    return replace(snapshot, slug=form.slug.data) if form.slug.data else snapshot


def _page(form: ImportForm, *, problems: Sequence[Problem] = (), status: int) -> Answer:
    return render_template("exchange/import_page.html", form=form, problems=problems), status
