"""Pages of those who act for several organisations: choosing one, adding one, handing one over."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import registrant
from matchmaker.accounts.limits import LINK_LIMITS
from matchmaker.accounts.models import User
from matchmaker.errors import Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db, limiter
from matchmaker.registration.acting import act_for as choose
from matchmaker.registration.acting import own_participant
from matchmaker.registration.blueprint import blueprint
from matchmaker.registration.forms_acting import AnotherForm, HandOverForm
from matchmaker.registration.models import Participant
from matchmaker.registration.queries import find_participant, own_participants
from matchmaker.registration.several import (
    add_another,
    offer_handover,
    take_over,
    withdraw_handover,
)
from matchmaker.registration.steps import next_url

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/acting")
@registrant
def acting(event: Event, user: User) -> Answer:
    held = own_participants(event, user)
    if not held:
        return redirect(url_for("registration.start", slug=event.slug))
    me = own_participant(event, user)
    return render_template("registration/acting.html", held=held, me=me)


@blueprint.post("/e/<slug>/acting/<int:participant_id>")
@registrant
def act_for(event: Event, user: User, participant_id: int) -> Answer:
    participant = _own(event, user, participant_id)
    choose(participant)
    return redirect(next_url(event, participant))


@blueprint.get("/e/<slug>/acting/add")
@registrant
def another(event: Event, user: User) -> Answer:
    return render_template("registration/another.html", form=AnotherForm())


@blueprint.post("/e/<slug>/acting/add")
@registrant
def save_another(event: Event, user: User) -> Answer:
    form = AnotherForm()
    if not form.validate_on_submit():
        return render_template("registration/another.html", form=form), 422
    participant = add_another(event, user, name=form.others_name)
    db.session.commit()
    choose(participant)
    return redirect(url_for("registration.you", slug=event.slug))


@blueprint.get("/e/<slug>/acting/<int:participant_id>/hand-over")
@registrant
def hand_over(event: Event, user: User, participant_id: int) -> Answer:
    participant = _own(event, user, participant_id)
    return _hand_over_page(HandOverForm(), participant)


@blueprint.post("/e/<slug>/acting/<int:participant_id>/hand-over")
@limiter.limit(LINK_LIMITS)
@registrant
def offer(event: Event, user: User, participant_id: int) -> Answer:
    participant = _own(event, user, participant_id)
    form = HandOverForm()
    if not form.validate_on_submit():
        return _hand_over_page(form, participant), 422
    try:
        offer_handover(participant, form.email.data or "", next_path=_take_over_path(participant))
    except Invalid as refusal:
        form.email.errors = [refusal.sentence]
        return _hand_over_page(form, participant), 422
    db.session.commit()
    flash(_("A link to take over is mailed to %(address)s.", address=form.email.data), "success")
    return redirect(url_for("registration.acting", slug=event.slug))


@blueprint.post("/e/<slug>/acting/<int:participant_id>/hand-over/withdraw")
@registrant
def withdraw_offer(event: Event, user: User, participant_id: int) -> Answer:
    if withdraw_handover(_own(event, user, participant_id)):
        db.session.commit()
        flash(_("The offer is withdrawn; its link no longer works."), "success")
    return redirect(url_for("registration.acting", slug=event.slug))


@blueprint.get("/e/<slug>/take-over/<int:participant_id>")
@registrant
def offered(event: Event, user: User, participant_id: int) -> Answer:
    participant = _offered_to(event, user, participant_id)
    return render_template("registration/take_over.html", person=participant)


@blueprint.post("/e/<slug>/take-over/<int:participant_id>")
@registrant
def take(event: Event, user: User, participant_id: int) -> Answer:
    participant = _offered_to(event, user, participant_id)
    take_over(participant, user)
    db.session.commit()
    choose(participant)
    flash(_("It is yours now. Look through what was entered for you."), "success")
    return redirect(url_for("registration.state", slug=event.slug))


def _own(event: Event, user: User, participant_id: int) -> Participant:
    held = {one.id: one for one in own_participants(event, user)}
    if participant_id not in held:
        abort(404)
    return held[participant_id]


def _offered_to(event: Event, user: User, participant_id: int) -> Participant:
    """The participant, if it is offered to this user; whoever else asks, it is not found."""
    participant = find_participant(event, participant_id)
    offer = None if participant is None else participant.handover
    if participant is None or offer is None or offer.email_key != user.email_key:
        abort(404)
    return participant


def _take_over_path(participant: Participant) -> str:
    slug = participant.event.slug
    return url_for("registration.offered", slug=slug, participant_id=participant.id)


def _hand_over_page(form: HandOverForm, participant: Participant) -> str:
    return render_template("registration/hand_over.html", form=form, person=participant)
