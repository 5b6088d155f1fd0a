"""A free time of one's own: who else is free then, and asking one of them."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import participant
from matchmaker.agenda.offers import free_time
from matchmaker.agenda.queries_free import slot_of
from matchmaker.agenda.services_offers import meet_or_ask
from matchmaker.errors import Conflict
from matchmaker.events.models import Event, Slot
from matchmaker.extensions import db
from matchmaker.formatting import at
from matchmaker.registration.models import Participant
from matchmaker.wishes.queries import find_person

blueprint = Blueprint("offers", __name__)


@blueprint.get("/e/<slug>/agenda/free/<int:slot_id>")
@participant
def show(event: Event, me: Participant, slot_id: int) -> str:
    slot = slot_of(me, slot_id) or abort(404)
    return render_template("agenda/free.html", page=free_time(me, slot, _))


@blueprint.post("/e/<slug>/agenda/free/<int:slot_id>/people/<int:participant_id>")
@participant
def ask(event: Event, me: Participant, slot_id: int, participant_id: int) -> Response:
    slot = slot_of(me, slot_id) or abort(404)
    other = find_person(me, participant_id) or abort(404)
    try:
        met = meet_or_ask(me, other, slot)
    except Conflict as refusal:
        db.session.rollback()
        flash(refusal.sentence, "warning")
        return _back(event, slot_id)
    db.session.commit()
    if not met:
        flash(_asked(other, slot), "success")
        return _back(event, slot_id)
    flash(
        _("You meet %(name)s on %(time)s.", name=other.name, time=at(slot.starts_at, event.zone)),
        "success",
    )
    return redirect(url_for("agenda.show", slug=event.slug))


def _asked(other: Participant, slot: Slot) -> str:
    sentence: str = _(
        "%(name)s gets a mail that asks for %(time)s. The time stays free until they accept.",
        name=other.name,
        time=at(slot.starts_at, other.event.zone),
    )
    return sentence


def _back(event: Event, slot_id: int) -> Response:
    return redirect(url_for(".show", slug=event.slug, slot_id=slot_id))
