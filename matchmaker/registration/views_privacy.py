"""The page where a participant says who sees what and what they agree to."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import registrant
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.acting import own_participant
from matchmaker.registration.blueprint import blueprint
from matchmaker.registration.consents import (
    OPTIONAL,
    Purpose,
    consents_of,
    renew_consent,
    set_consents,
    wording,
)
from matchmaker.registration.forms_privacy import PrivacyForm
from matchmaker.registration.models import Participant
from matchmaker.registration.services_privacy import save_own_words, set_audiences

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/registration/privacy")
@registrant
def privacy(event: Event, user: User) -> Answer:
    me = own_participant(event, user)
    if me is None:
        return redirect(url_for("registration.start", slug=event.slug))
    return _page(me, PrivacyForm.of(me))


@blueprint.post("/e/<slug>/registration/privacy")
@registrant
def save_privacy(event: Event, user: User) -> Answer:
    me = own_participant(event, user)
    if me is None:
        return redirect(url_for("registration.start", slug=event.slug))
    form = PrivacyForm.of(me)
    if not form.validate_on_submit():
        return _page(me, form), 422
    save_own_words(me, **form.own_words)
    set_audiences(me, form.audiences)
    set_consents(me, form.answers)
    db.session.commit()
    flash(_("Saved. Pages and calendars follow at once."), "success")
    return redirect(url_for("registration.privacy", slug=event.slug))


@blueprint.post("/e/<slug>/registration/privacy/<purpose>/renew")
@registrant
def renew(event: Event, user: User, purpose: str) -> Response:
    """Agree to a wording that has changed since it was agreed to."""
    me = own_participant(event, user)
    if me is None or purpose not in OPTIONAL:
        abort(404)
    renew_consent(me, Purpose(purpose))
    db.session.commit()
    flash(_("Saved. Pages and calendars follow at once."), "success")
    return redirect(url_for("registration.privacy", slug=event.slug, _anchor="agreements"))


def _page(me: Participant, form: PrivacyForm) -> str:
    given = [(each, wording(Purpose(each.purpose), each.version)) for each in consents_of(me)]
    return render_template(
        "registration/privacy.html",
        me=me,
        form=form,
        shown_text=wording(Purpose.SHOWN).text,
        given=given,
    )
