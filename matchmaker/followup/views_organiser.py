"""What the meetings came to, for the event's team: numbers without names."""

from flask import render_template

from matchmaker.access import organiser_may
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.followup.blueprint import blueprint
from matchmaker.followup.labels import HELD_LABELS, RATING_LABELS, RESULT_LABELS, ROUND_LABELS
from matchmaker.followup.queries_figures import held_figures, ratings, rounds


@blueprint.get("/e/<slug>/organise/after")
@organiser_may("figures")
def figures(event: Event, user: User) -> str:
    return render_template(
        "followup/figures.html",
        figures=held_figures(event),
        held_labels=HELD_LABELS,
        ratings=[(RATING_LABELS[each], number) for each, number in ratings(event).items()],
        rounds=rounds(event),
        results=RESULT_LABELS,
        round_labels=ROUND_LABELS,
    )
