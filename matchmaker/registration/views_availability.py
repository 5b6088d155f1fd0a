"""The step of registering in which one says when one can meet, and which sessions one attends."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import registrant
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.attending import attending_of, beside_meetings, taken_slots
from matchmaker.registration.blueprint import blueprint
from matchmaker.registration.decisions import send_registration
from matchmaker.registration.forms import AvailabilityForm
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_profile import Unsaved
from matchmaker.registration.queries_points import meets_by_video
from matchmaker.registration.services import reach, set_attendance, set_availability
from matchmaker.registration.services_unsaved import forget_unsaved, keep_unsaved
from matchmaker.registration.steps import (
    as_typed,
    begun,
    step_asked_for,
    step_labels,
    step_urls,
)
from matchmaker.registration.views_sessions import change_attendance, session_in

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/register/availability")
@registrant
@begun
def availability(event: Event, me: Participant) -> Answer:
    form, kept = as_typed(me, 3, lambda typed: AvailabilityForm.of(me, event.slots, typed))
    return _availability_page(event, form, me, kept)


@blueprint.post("/e/<slug>/register/availability")
@registrant
@begun
def save_availability(event: Event, me: Participant) -> Answer:
    form = AvailabilityForm.of(me, event.slots)
    if not form.validate_on_submit():
        return _availability_page(event, form, me), 422
    _save_slots(event, me, form)
    if me.status == Status.REGISTERING and current_app.extensions["matchmaker.unanswered"](me):
        db.session.commit()
        return _to_questions(event)
    sent = send_registration(me)
    db.session.commit()
    if not sent:
        flash(_("Saved."), "success")
    return redirect(url_for("registration.state", slug=event.slug))


@blueprint.post("/e/<slug>/register/availability/leave")
@registrant
@begun
def leave_availability(event: Event, me: Participant) -> Answer:
    """Go back to a step: what is right is saved, what is not yet is kept as it was typed."""
    form = AvailabilityForm.of(me, event.slots)
    if form.validate_on_submit():
        _save_slots(event, me, form)
    else:
        keep_unsaved(me, 3, request.form)
    db.session.commit()
    return redirect(step_asked_for(event, 2))


@blueprint.post("/e/<slug>/register/availability/<int:block_id>/on")
@registrant
@begun
def block_on(event: Event, me: Participant, block_id: int) -> Answer:
    return _switch_block(event, me, block_id, on=True)


@blueprint.post("/e/<slug>/register/availability/<int:block_id>/off")
@registrant
@begun
def block_off(event: Event, me: Participant, block_id: int) -> Answer:
    return _switch_block(event, me, block_id, on=False)


@blueprint.post("/e/<slug>/register/availability/sessions/<int:session_id>/on")
@registrant
@begun
def session_on(event: Event, me: Participant, session_id: int) -> Answer:
    return _switch_session(event, me, session_id, on=True)


@blueprint.post("/e/<slug>/register/availability/sessions/<int:session_id>/off")
@registrant
@begun
def session_off(event: Event, me: Participant, session_id: int) -> Answer:
    return _switch_session(event, me, session_id, on=False)


def _availability_page(
    event: Event, form: AvailabilityForm, me: Participant, kept: Unsaved | None = None
) -> str:
    attending = attending_of(me)
    touching, others = beside_meetings(attending.to_come, event.slots)
    return render_template(
        "registration/availability.html",
        form=form,
        me=me,
        kept=kept,
        blocks=form.by_block(event.slots),
        attending=attending,
        taken=taken_slots(attending, event.slots),
        touching=touching,
        others=others,
        by_video=meets_by_video(event),
        steps=step_labels(),
        urls=step_urls(event),
    )


def _to_questions(event: Event) -> Response:
    sentence = _(
        "Your times are saved. The organisers need some answers first:"
        " give those below that are not optional, then send your registration."
    )
    flash(sentence, "warning")
    return redirect(url_for("marketplace.edit", slug=event.slug, _anchor="questions"))


def _save_slots(event: Event, me: Participant, form: AvailabilityForm) -> None:
    chosen, unasked = set(form.free.data or []), _unasked(event, me)
    set_availability(
        me,
        free={slot.starts_at for slot in event.slots if slot.id in chosen},
        max_meetings=form.max_meetings.data,
        unasked={slot.starts_at for slot in event.slots if slot.id in unasked},
    )
    if meets_by_video(event):
        set_attendance(me, online=bool(form.online.data))
    reach(me, 3)
    forget_unsaved(me, 3)


def _unasked(event: Event, me: Participant) -> set[int]:
    """Slots without a box: a session took them when the page was shown, or takes them by now."""
    return {*request.form.getlist("taken", type=int), *taken_slots(attending_of(me), event.slots)}


def _switch_block(event: Event, me: Participant, block_id: int, *, on: bool) -> Answer:
    """Save what is ticked, with the whole block on or off."""
    form = AvailabilityForm.of(me, event.slots)
    if not form.validate_on_submit():
        return _availability_page(event, form, me), 422
    form.switch([slot.id for slot in event.slots if slot.block_id == block_id], on=on)
    _save_slots(event, me, form)
    db.session.commit()
    return redirect(url_for("registration.availability", slug=event.slug, _anchor=f"b{block_id}"))


def _switch_session(event: Event, me: Participant, session_id: int, *, on: bool) -> Answer:
    """Save what is ticked, and attend the session or no more."""
    session, form = session_in(event, session_id), AvailabilityForm.of(me, event.slots)
    if not form.validate_on_submit():
        return _availability_page(event, form, me), 422
    _save_slots(event, me, form)
    change_attendance(me, session, on=on)
    db.session.commit()
    anchor = f"session-{session.id}"
    return redirect(url_for("registration.availability", slug=event.slug, _anchor=anchor))
