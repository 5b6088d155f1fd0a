"""The organiser's grid: pick a meeting, see where it may go, put it there, undo, publish."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from matchmaker.access import organiser, organiser_may
from matchmaker.accounts.models import User
from matchmaker.agenda.board import Board
from matchmaker.agenda.drawn import Pair
from matchmaker.agenda.forms import PublishForm
from matchmaker.agenda.grid_page import grid_page, key_of
from matchmaker.agenda.models import Agenda
from matchmaker.agenda.queries import latest_agenda, meeting_of
from matchmaker.agenda.review_page import review_page
from matchmaker.agenda.services_draft import (
    cancel,
    draft_difference,
    lock,
    publish_draft,
    put,
    undo,
)
from matchmaker.agenda.views_publishing import publish_by_form
from matchmaker.errors import Conflict, NotAllowed
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.result_page import points_shown

blueprint = Blueprint("grid", __name__)


@blueprint.get("/e/<slug>/organise/grid")
@organiser_may("desk")
def show(event: Event, user: User) -> str:
    board = Board(event, user)
    pick = _pick(board, request.args.get("pick", "")) or _two(board)
    return render_template(
        "agenda/grid.html",
        page=grid_page(board, pick, _page()),
        in_force=latest_agenda(event),
    )


@blueprint.get("/e/<slug>/organise/grid/targets")
@organiser_may("desk")
def targets(event: Event, user: User) -> FlaskResponse:
    """For the script, while a card is dragged: of each cell how it is and why."""
    board = Board(event, user)
    pick = _pick(board, request.args.get("pick", "")) or abort(404)
    cells = board.targets(pick, points_shown(event, _page()).rows)
    found = {key_of(cell): [each.level, each.why] for cell, each in cells.items()}
    return jsonify(found)


@blueprint.post("/e/<slug>/organise/grid/put")
@organiser_may("desk")
def move(event: Event, user: User) -> Response:
    pair, cell = _numbers("pick"), _numbers("to")
    return _changed(event, lambda revision: put(event, user, pair, cell, revision=revision))


@blueprint.post("/e/<slug>/organise/grid/cancel")
@organiser_may("desk")
def call_off(event: Event, user: User) -> Response:
    pair = _numbers("pick")
    return _changed(event, lambda revision: cancel(event, user, pair, revision=revision))


@blueprint.post("/e/<slug>/organise/grid/undo")
@organiser_may("desk")
def step_back(event: Event, user: User) -> Response:
    everything = request.form.get("all") == "1"
    return _changed(
        event, lambda revision: undo(event, user, revision=revision, all_of_it=everything)
    )


@blueprint.post("/e/<slug>/organise/grid/lock")
@organiser
def keep(event: Event, user: User) -> Response:
    pair = _numbers("pick")
    meeting = meeting_of(event, pair) or abort(404)
    lock(event, user, meeting, locked=request.form.get("locked") == "1")
    db.session.commit()
    return redirect(url_for(".show", slug=event.slug, pick=key_of(pair), page=_page()))


@blueprint.get("/e/<slug>/organise/grid/review")
@organiser
def review(event: Event, user: User) -> str:
    return _review_page(event, user, PublishForm(formdata=None))


def _review_page(event: Event, user: User, form: PublishForm) -> str:
    in_force, board = latest_agenda(event), Board(event, user)
    return render_template(
        "agenda/grid_review.html",
        page=review_page(event, draft_difference(board)),
        in_force=in_force,
        form=form.against(in_force, board.revision),
    )


@blueprint.post("/e/<slug>/organise/grid/publish")
@organiser
def publish(event: Event, user: User) -> Response | tuple[str, int]:
    def act(form: PublishForm) -> Agenda:
        shown = {"in_force": form.in_force.data, "revision": form.revision.data}
        return publish_draft(event, user, note=form.said, **shown)

    return publish_by_form(
        act,
        lambda form: _review_page(event, user, form),
        then=url_for("versions.index", slug=event.slug),
    )


def _changed(event: Event, act: Callable[[int], None]) -> Response:
    """Do it, or say why not; the page shows the draft as it is now in either case."""
    revision = request.form.get("revision", type=int)
    try:
        act(abort(400) if revision is None else revision)
        db.session.commit()
    except (Conflict, NotAllowed) as refusal:
        db.session.rollback()
        flash(refusal.sentence, "warning")
    return redirect(url_for(".show", slug=event.slug, page=_page()))


def _page() -> int:
    """The page of meeting points one is at."""
    return request.values.get("page", 1, type=int)


def _numbers(name: str) -> Pair:
    one, _dash, other = request.form.get(name, "").partition("-")
    if not (one.isdecimal() and other.isdecimal()) or len(one + other) > 18:
        abort(400)
    return int(one), int(other)


def _pick(board: Board, key: str) -> Pair | None:
    """The pair named, if both are of this event."""
    one, _dash, other = key.partition("-")
    if not (one.isdecimal() and other.isdecimal()):
        return None
    pair = (int(one), int(other))
    known = pair[0] < pair[1] and set(pair) <= board.names.keys()
    return pair if known else None


def _two(board: Board) -> Pair | None:
    """Two people chosen to meet newly."""
    one, other = (request.args.get(name, 0, type=int) for name in ("one", "other"))
    return _pick(board, key_of((min(one, other), max(one, other))))
