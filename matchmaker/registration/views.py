"""Pages of `registration` for those who register: start, the first step, withdrawing."""

from flask import abort, redirect, render_template, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from matchmaker.access import registrant, visitor
from matchmaker.accounts.limits import LINK_LIMITS
from matchmaker.accounts.models import User
from matchmaker.accounts.services import send_sign_in_link, user_to_write_to
from matchmaker.errors import Invalid
from matchmaker.events.models import Event
from matchmaker.events.said import said
from matchmaker.extensions import db, limiter
from matchmaker.locales import select_locale
from matchmaker.organisations.labels import KIND_LABELS
from matchmaker.registration import (
    views_acting,
    views_availability,
    views_organiser,
    views_pictures,
    views_privacy,
    views_public,
    views_sessions,
    views_unsaved,
)
from matchmaker.registration.acting import own_participant
from matchmaker.registration.blueprint import blueprint
from matchmaker.registration.consents import set_consents
from matchmaker.registration.decisions import withdraw
from matchmaker.registration.forms import StartForm
from matchmaker.registration.forms_you import YouForm
from matchmaker.registration.models import Status
from matchmaker.registration.models_profile import Unsaved
from matchmaker.registration.on_behalf import acts_on_behalf
from matchmaker.registration.services import (
    describe,
    join,
    settle_organisation,
)
from matchmaker.registration.services_privacy import save_own_words, set_audiences
from matchmaker.registration.services_unsaved import forget_unsaved
from matchmaker.registration.steps import (
    as_typed,
    next_url,
    step_labels,
    step_urls,
)

__all__ = [
    "blueprint",
    "views_acting",
    "views_availability",
    "views_organiser",
    "views_pictures",
    "views_privacy",
    "views_public",
    "views_sessions",
    "views_unsaved",
]

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/register")
@visitor
def start(event: Event) -> Answer:
    known = current_user.is_authenticated
    me = own_participant(event, current_user) if known else None
    if me is not None or (known and event.takes_registrations):
        return redirect(next_url(event, me))
    return render_template("registration/start.html", form=StartForm())


@blueprint.post("/e/<slug>/register")
@limiter.limit(LINK_LIMITS)
@visitor
def ask_for_link(event: Event) -> Answer:
    """Mail a link to go on with; whether the address is known shows nowhere."""
    form = StartForm()
    if not event.takes_registrations:
        return redirect(url_for("registration.start", slug=event.slug))
    if not form.validate_on_submit():
        return render_template("registration/start.html", form=form), 422
    user = user_to_write_to(form.email.data or "", form.name.data or "", locale=select_locale())
    next_path = url_for("registration.start", slug=event.slug)
    send_sign_in_link(user, next_path, event_name=said(event, "name"))
    db.session.commit()
    session["mailed_to"] = form.email.data
    return redirect(url_for("registration.check_mail", slug=event.slug))


@blueprint.get("/e/<slug>/register/check-mail")
@visitor
def check_mail(event: Event) -> Answer:
    return render_template("registration/check_mail.html", address=session.get("mailed_to"))


@blueprint.get("/e/<slug>/register/you")
@registrant
def you(event: Event, user: User) -> Answer:
    me = own_participant(event, user)
    if me is None and not event.takes_registrations:
        return redirect(url_for("registration.start", slug=event.slug))
    if me is not None and me.status == Status.REJECTED:
        return redirect(url_for("registration.state", slug=event.slug))
    return _you_page(event, *as_typed(me, 1, lambda typed: YouForm.of(event, user, me, typed)))


@blueprint.post("/e/<slug>/register/you")
@registrant
def save_you(event: Event, user: User) -> Answer:
    form = YouForm.of(event, user, own_participant(event, user))
    if not form.validate_on_submit():
        return _you_page(event, form), 422
    try:
        _save_you(event, user, form)
    except Invalid as refusal:
        db.session.rollback()
        form = YouForm.of(event, user, own_participant(event, user))
        form.blame(refusal)
        return _you_page(event, form), 422
    db.session.commit()
    return redirect(url_for("marketplace.edit", slug=event.slug))


@blueprint.get("/e/<slug>/registration/withdraw")
@registrant
def ask_to_withdraw(event: Event, user: User) -> Answer:
    me = own_participant(event, user)
    if me is None:
        abort(404)
    return render_template("registration/ask_to_withdraw.html", me=me)


@blueprint.post("/e/<slug>/registration/withdraw")
@registrant
def confirm_withdrawal(event: Event, user: User) -> Answer:
    me = own_participant(event, user)
    if me is None:
        abort(404)
    withdraw(me)
    db.session.commit()
    return redirect(url_for("registration.state", slug=event.slug))


def _save_you(event: Event, user: User, form: YouForm) -> None:
    me = join(event, user, name=form.name.data or "")
    organisation = form.meant or settle_organisation(
        me, form.organisation.data or "", form.details()
    )
    describe(
        me,
        name=form.name.data or "",
        organisation=organisation,
        type_name=form.type.data or "",
        languages=form.spoken,
        listed=me.listed_at is not None if acts_on_behalf() else form.listed.data,
    )
    save_own_words(me, **form.own_words)
    if not acts_on_behalf():
        set_audiences(me, form.audiences)
        set_consents(me, form.answers)
    forget_unsaved(me, 1)


def _you_page(event: Event, form: YouForm, kept: Unsaved | None = None) -> str:
    return render_template(
        "registration/you.html",
        form=form,
        me=form.me,
        kept=kept,
        kinds=KIND_LABELS,
        steps=step_labels(),
        urls=step_urls(event),
    )
