"""Pages of `programme`."""

from flask import Blueprint, render_template

from matchmaker.access import visitor
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.programme.queries import programme_by_day

blueprint = Blueprint("programme", __name__)


@blueprint.get("/e/<slug>/programme/")
@visitor
def show(event: Event) -> str:
    return render_template("programme/show.html", days=programme_by_day(event), moment_now=now())
