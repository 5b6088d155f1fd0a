"""Pages of `marketplace`: a participant's own offers and needs."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from matchmaker.access import registrant
from matchmaker.errors import Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace import views_organiser
from matchmaker.marketplace.forms import ItemsForm
from matchmaker.marketplace.models import ITEM_KINDS
from matchmaker.marketplace.queries import items_of
from matchmaker.marketplace.services import save_items
from matchmaker.registration.models import Participant
from matchmaker.registration.services import reach
from matchmaker.registration.steps import begun, step_labels, step_urls

__all__ = ["blueprint", "views_organiser"]

blueprint = Blueprint("marketplace", __name__)

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/register/offers-and-needs")
@registrant
@begun
def edit(event: Event, me: Participant) -> Answer:
    return _page(event, ItemsForm(event, items_of(me)))


@blueprint.post("/e/<slug>/register/offers-and-needs")
@registrant
@begun
def save(event: Event, me: Participant) -> Answer:
    """Save every row and go on to the next step."""
    onward = url_for("registration.availability", slug=event.slug)
    return _save(event, me, onward)


@blueprint.post("/e/<slug>/register/offers-and-needs/more-<kind>")
@registrant
@begun
def add(event: Event, me: Participant, kind: str) -> Answer:
    """Save every row and show one more to fill in."""
    if kind not in ITEM_KINDS:
        abort(404)
    back = url_for("marketplace.edit", slug=event.slug, more=kind, _anchor=f"more-{kind}")
    return _save(event, me, back)


@blueprint.post("/e/<slug>/register/offers-and-needs/<int:item_id>/remove")
@registrant
@begun
def remove(event: Event, me: Participant, item_id: int) -> Answer:
    """Save every other row and remove this one; sent twice, it is removed once."""
    back = url_for("marketplace.edit", slug=event.slug)
    return _save(event, me, back, removed=item_id)


def _save(event: Event, me: Participant, onward: str, removed: int | None = None) -> Answer:
    form = ItemsForm(event, [])
    if removed is not None:
        form.drop(removed)
    if not form.validate():
        return _page(event, form), 422
    try:
        save_items(me, form.given(), removed=removed)
    except Invalid as refusal:
        db.session.rollback()
        return _page(event, form, refusal=refusal.sentence), 422
    reach(me, 3)
    db.session.commit()
    return redirect(onward)


def _page(event: Event, form: ItemsForm, refusal: str = "") -> str:
    return render_template(
        "marketplace/edit.html",
        form=form,
        token=FlaskForm(),
        refusal=refusal,
        steps=step_labels(),
        urls=step_urls(event),
    )
