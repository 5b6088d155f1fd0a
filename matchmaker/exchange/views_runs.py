"""Runs to take away as tables."""

from collections.abc import Callable

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.exchange.downloads import download
from matchmaker.exchange.run_figures import figures_csv
from matchmaker.exchange.run_tables import grid_csv, meetings_csv, people_csv, unplaced_csv
from matchmaker.matching.models import Run, RunState
from matchmaker.matching.run_queries import run_numbered

blueprint = Blueprint("run_tables", __name__)


@blueprint.get("/e/<slug>/organise/runs/<int:number>/meetings.csv")
@organiser
def meetings(event: Event, user: User, number: int) -> Response:
    return _table(event, number, "meetings", meetings_csv)


@blueprint.get("/e/<slug>/organise/runs/<int:number>/people.csv")
@organiser
def people(event: Event, user: User, number: int) -> Response:
    return _table(event, number, "people", people_csv)


@blueprint.get("/e/<slug>/organise/runs/<int:number>/unplaced.csv")
@organiser
def unplaced(event: Event, user: User, number: int) -> Response:
    return _table(event, number, "unplaced", unplaced_csv)


@blueprint.get("/e/<slug>/organise/runs/<int:number>/grid.csv")
@organiser
def grid(event: Event, user: User, number: int) -> Response:
    return _table(event, number, "grid", grid_csv)


@blueprint.get("/e/<slug>/organise/runs/<int:number>/figures.csv")
@organiser
def figures(event: Event, user: User, number: int) -> Response:
    return _table(event, number, "figures", figures_csv)


def _table(
    event: Event, number: int, name: str, written: Callable[[Event, Run], bytes]
) -> Response:
    run = run_numbered(event, number)
    if run is None or run.state != RunState.DONE:
        abort(404)
    return download(written(event, run), f"{event.slug}-run-{number}-{name}.csv")
