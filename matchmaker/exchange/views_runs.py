"""Runs to take away as tables."""

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.exchange.downloads import download
from matchmaker.exchange.run_figures import figures_csv
from matchmaker.exchange.run_tables import grid_csv, meetings_csv, people_csv, unplaced_csv
from matchmaker.matching.models import RunState
from matchmaker.matching.run_queries import run_numbered

blueprint = Blueprint("run_tables", __name__)

TABLES = {
    "meetings": meetings_csv,
    "people": people_csv,
    "grid": grid_csv,
    "figures": figures_csv,
    "unplaced": unplaced_csv,
}


@blueprint.get(f"/e/<slug>/organise/runs/<int:number>/<any({','.join(TABLES)}):name>.csv")
@organiser
def table(event: Event, user: User, number: int, name: str) -> Response:
    run = run_numbered(event, number)
    if run is None or run.state != RunState.DONE:
        abort(404)
    return download(TABLES[name](event, run), f"{event.slug}-run-{number}-{name}.csv")
