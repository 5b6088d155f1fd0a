"""The organiser's overview."""

from flask import Blueprint, render_template

from matchmaker.access import organiser_may
from matchmaker.accounts.models import User
from matchmaker.agenda.queries import latest_agenda
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.followup.queries_figures import held_figures
from matchmaker.insights.next_action import next_action
from matchmaker.insights.opening import count_left, steps_to_open
from matchmaker.insights.queries import overview_of

blueprint = Blueprint("insights", __name__)


@blueprint.get("/e/<slug>/organise/")
@organiser_may("figures")
def overview(event: Event, user: User) -> str:
    figures = overview_of(event)
    steps = steps_to_open(event) if event.phase == Phase.DRAFT else []
    return render_template(
        "insights/overview.html",
        figures=figures,
        action=next_action(event, figures),
        agenda=latest_agenda(event),
        held=held_figures(event) if event.shows_agenda else None,
        steps=steps,
        left=count_left(steps),
    )
