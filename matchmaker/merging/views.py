"""Pages of those who may be there twice: the list, both side by side, the last question."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.merging.choices import PARTS, choices_of, print_of
from matchmaker.merging.labels import WHY_LABELS
from matchmaker.merging.queries import belongings_of, duplicates, hindrances
from matchmaker.merging.services import keep_apart, merge
from matchmaker.registration.models import Participant
from matchmaker.registration.queries import find_participant

MOST_SHOWN = 200
blueprint = Blueprint("merging", __name__)
Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/organise/people/duplicates")
@organiser
def index(event: Event, user: User) -> str:
    pairs = duplicates(event)
    return render_template(
        "merging/duplicates.html", pairs=pairs[:MOST_SHOWN], number=len(pairs), whys=WHY_LABELS
    )


@blueprint.get("/e/<slug>/organise/people/<int:participant_id>/merge/<int:other_id>")
@organiser
def compare(event: Event, user: User, participant_id: int, other_id: int) -> str:
    a, b = _two(event, participant_id, other_id)
    return _page("compare", event, a, b, {})


@blueprint.get("/e/<slug>/organise/people/<int:participant_id>/merge/<int:other_id>/confirm")
@organiser
def confirm(event: Event, user: User, participant_id: int, other_id: int) -> str:
    """What would be, before it is: there is no undo."""
    a, b = _two(event, participant_id, other_id)
    return _page("confirm", event, a, b, request.args)


@blueprint.post("/e/<slug>/organise/people/<int:participant_id>/merge/<int:other_id>")
@organiser
def join(event: Event, user: User, participant_id: int, other_id: int) -> Answer:
    if participant_id == other_id:
        abort(404)
    given = {name: request.form.get(name, "") for name in PARTS}
    kept = merge(event, user, (participant_id, other_id), given, request.form.get("seen", ""))
    db.session.commit()
    flash(_("The two registrations are one now."), "success")
    return redirect(url_for("roster.person", slug=event.slug, participant_id=kept.id))


@blueprint.post("/e/<slug>/organise/people/<int:participant_id>/merge/<int:other_id>/apart")
@organiser
def say_apart(event: Event, user: User, participant_id: int, other_id: int) -> Response:
    a, b = _two(event, participant_id, other_id)
    keep_apart(event, user, a, b)
    db.session.commit()
    flash(_("They stay two people, and are not asked about again."), "success")
    return redirect(url_for("merging.index", slug=event.slug))


def _two(event: Event, participant_id: int, other_id: int) -> tuple[Participant, Participant]:
    a, b = find_participant(event, participant_id), find_participant(event, other_id)
    if a is None or b is None or a is b:
        abort(404)
    return a, b


def _page(name: str, event: Event, a: Participant, b: Participant, given: Any) -> str:
    return render_template(
        f"merging/{name}.html",
        a=a,
        b=b,
        choices=choices_of(a, b, given),
        has=(belongings_of(a), belongings_of(b)),
        hindrances=hindrances(event, a, b),
        seen=print_of(a, b),
    )
