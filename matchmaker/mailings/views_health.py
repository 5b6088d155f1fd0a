"""The organiser's health board, and everybody of one of its lines."""

from flask import Blueprint, abort, render_template, request
from sqlalchemy import select

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.insights.conditions import Condition, people_with
from matchmaker.mailings.health import board_of
from matchmaker.mailings.labels import CONDITION_LABELS
from matchmaker.mailings.models import DAYS_OF_PEACE
from matchmaker.mailings.occasions import FOR_CONDITION
from matchmaker.mailings.queries import PEOPLE_A_PAGE, people_by_ids
from matchmaker.paging import page_of
from matchmaker.registration.models import Participant

blueprint = Blueprint("health", __name__)


@blueprint.get("/e/<slug>/organise/health")
@organiser
def board(event: Event, user: User) -> str:
    return render_template(
        "mailings/health.html",
        board=board_of(event),
        labels=CONDITION_LABELS,
        days=DAYS_OF_PEACE,
    )


@blueprint.get("/e/<slug>/organise/health/<condition>")
@organiser
def people(event: Event, user: User, condition: str) -> str:
    """Everybody of one line, by name."""
    if condition not in set(Condition):
        abort(404)
    ids = _by_name(event, people_with(event, Condition(condition)))
    shown, number, pages = page_of(ids, request.args.get("page", 1, type=int), PEOPLE_A_PAGE)
    place = {id_: at for at, id_ in enumerate(shown)}
    return render_template(
        "mailings/health_people.html",
        people=sorted(people_by_ids(shown), key=lambda person: place[person.id]),
        condition=condition,
        label=CONDITION_LABELS[Condition(condition)],
        helps=condition in set(FOR_CONDITION),
        total=len(ids),
        number=number,
        pages=pages,
    )


def _by_name(event: Event, ids: set[int]) -> list[int]:
    own = select(Participant.id).where(Participant.event_id == event.id)
    return [
        id_
        for id_ in db.session.scalars(own.order_by(Participant.name, Participant.id))
        if id_ in ids
    ]
