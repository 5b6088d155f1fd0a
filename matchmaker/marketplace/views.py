"""Pages of `marketplace`: a participant's own offers and needs."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from matchmaker.access import registrant
from matchmaker.errors import Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace import views_state
from matchmaker.marketplace.carried import carried_items
from matchmaker.marketplace.forms import ItemsForm
from matchmaker.marketplace.models import ITEM_KINDS
from matchmaker.marketplace.profile import facts_of, title_here
from matchmaker.marketplace.queries import count_answering, items_of
from matchmaker.marketplace.services import LONGEST_TITLE, save_items
from matchmaker.questions.forms_asked import AskedForm
from matchmaker.questions.services import answer
from matchmaker.registration.models import Participant
from matchmaker.registration.models_profile import Unsaved
from matchmaker.registration.services import reach
from matchmaker.registration.services_unsaved import (
    find_unsaved,
    forget_unsaved,
    keep_unsaved,
    typed_in,
)
from matchmaker.registration.steps import begun, step_asked_for, step_labels, step_urls

__all__ = ["blueprint", "views_state"]

blueprint = Blueprint("marketplace", __name__)
blueprint.add_app_template_filter(facts_of, "profile_facts")
blueprint.add_app_template_filter(title_here, "title_here")

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/register/offers-and-needs")
@registrant
@begun
def edit(event: Event, me: Participant) -> Answer:
    own, asked = items_of(me), AskedForm(me)
    form, kept = ItemsForm(event, own), find_unsaved(me, 2)
    before = carried_items(event, me) if kept is None and not own else None
    if before is not None:
        return _page(event, ItemsForm(event, [], before), asked, carried=True)
    if kept is None:
        return _page(event, form, asked)
    typed = ItemsForm(event, [], typed_in(kept)), AskedForm(me, typed_in(kept))
    if (typed[0].given(), typed[1].form.data) == (form.given(), asked.form.data):
        return _page(event, form, asked)
    return _page(event, *typed, kept=kept)


@blueprint.post("/e/<slug>/register/offers-and-needs")
@registrant
@begun
def save(event: Event, me: Participant) -> Answer:
    """Save every row and answer, and go on to the next step."""
    onward = url_for("registration.availability", slug=event.slug)
    return _save(event, me, onward, whole=True)


@blueprint.post("/e/<slug>/register/offers-and-needs/leave")
@registrant
@begun
def leave(event: Event, me: Participant) -> Answer:
    """Go back to a step: what is right is saved, what is not yet is kept as it was typed."""
    back = step_asked_for(event, 1)
    answered = _save(event, me, back)
    if isinstance(answered, Response):
        return answered
    keep_unsaved(me, 2, request.form)
    db.session.commit()
    return redirect(back)


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


@blueprint.get("/e/<slug>/register/offers-and-needs/answering-<kind>")
@registrant
@begun
def answering(event: Event, me: Participant, kind: str) -> Answer:
    """How many people answer what is being typed; the page shows it below the field."""
    if kind not in ITEM_KINDS:
        abort(404)
    typed = next((text for name, text in request.args.items() if name.endswith("title")), "")
    found = count_answering(me, kind, typed[:LONGEST_TITLE])
    return render_template("marketplace/_answering.html", kind=kind, found=found)


def _save(
    event: Event, me: Participant, onward: str, *, removed: int | None = None, whole: bool = False
) -> Answer:
    """Save what is typed; answers that are required but missing count at the end alone."""
    form, asked = ItemsForm(event, []), AskedForm(me)
    if removed is not None:
        form.drop(removed)
    if not all([form.validate(), asked.validate(whole=whole)]):
        return _page(event, form, asked), 422
    try:
        save_items(me, form.given(), removed=removed)
        answer(me, asked.given())
    except Invalid as refusal:
        db.session.rollback()
        return _page(event, form, asked, refusal=refusal.sentence), 422
    reach(me, 3)
    forget_unsaved(me, 2)
    db.session.commit()
    return redirect(onward)


def _page(
    event: Event,
    form: ItemsForm,
    asked: AskedForm,
    *,
    refusal: str = "",
    kept: Unsaved | None = None,
    carried: bool = False,
) -> str:
    return render_template(
        "marketplace/edit.html",
        kept=kept,
        carried=carried,
        form=form,
        asked=asked,
        token=FlaskForm(),
        refusal=refusal,
        steps=step_labels(),
        urls=step_urls(event),
    )
