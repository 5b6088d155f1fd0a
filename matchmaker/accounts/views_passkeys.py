"""Making a passkey and signing in by one; a script of the page talks to the device."""

from typing import Any

from flask import Response as FlaskResponse
from flask import abort, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import anyone, signed_in
from matchmaker.accounts.forms_two_factor import NewPasskeyForm, PasskeyForm
from matchmaker.accounts.limits import LINK_LIMITS, PASSWORD_LIMITS
from matchmaker.accounts.models import User
from matchmaker.accounts.paths import local_path
from matchmaker.accounts.second_step import begun, finish
from matchmaker.accounts.services import adopt_locale
from matchmaker.accounts.services_passkeys import (
    add_passkey,
    ask_to_make,
    ask_to_sign,
    passkeys_work,
    user_by_passkey,
)
from matchmaker.accounts.sessions import signed_in_user
from matchmaker.accounts.views_two_factor import HOME, blueprint, proved, turned_on
from matchmaker.errors import Invalid
from matchmaker.extensions import db, limiter
from matchmaker.locales import locale_of_browser

__all__ = ["blueprint"]

CHALLENGE = "passkey_challenge"


@blueprint.post(f"{HOME}/passkeys/options")
@limiter.limit(LINK_LIMITS)
@signed_in
@proved
def options_to_make(user: User) -> FlaskResponse:
    return _asked(ask_to_make(user))


@blueprint.post(f"{HOME}/passkeys")
@limiter.limit(PASSWORD_LIMITS)
@signed_in
@proved
def make(user: User) -> Any:
    form = NewPasskeyForm()
    if not form.validate_on_submit():
        return _refused(url_for(".show"))
    try:
        codes = add_passkey(user, _challenge(), form.credential.data or "", form.name.data or "")
    except Invalid as refusal:
        return _refused(url_for(".show"), refusal.sentence)
    return turned_on(user, codes, _("The passkey is ready. Sign in by it from now on."))


@blueprint.post("/sign-in/passkey/options")
@limiter.limit(LINK_LIMITS)
@anyone
def options_to_sign() -> FlaskResponse:
    return _asked(ask_to_sign())


@blueprint.post("/sign-in/passkey")
@limiter.limit(PASSWORD_LIMITS)
@anyone
def sign_in() -> Response:
    """Both steps at once: the device holds the key and has asked for a finger, a face or a PIN."""
    form = PasskeyForm()
    back = url_for("accounts.sign_in")
    if not form.validate_on_submit():
        return _refused(back)
    first, here = begun(), signed_in_user()
    try:
        user = user_by_passkey(_challenge(), form.credential.data or "")
    except Invalid as refusal:
        return _refused(back, refusal.sentence)
    adopt_locale(user, locale_of_browser())
    db.session.commit()
    if here is not None and here != user:
        flash(_("This passkey is of another account, so you are signed in by that one."), "warning")
    path = first.path if first is not None and first.user == user else local_path(form.next.data)
    by_link = first is not None and first.user == user and first.by_link
    remember = first.remember if first is not None else "remember_token" in request.cookies
    return finish(user, path, remember=remember, by_link=by_link)


def _asked(question: tuple[str, str]) -> FlaskResponse:
    if not passkeys_work():
        abort(404)
    session[CHALLENGE], options = question
    db.session.commit()
    return FlaskResponse(options, mimetype="application/json")


def _challenge() -> str:
    return str(session.pop(CHALLENGE, ""))


def _refused(back: str, sentence: str = "") -> Response:
    db.session.rollback()
    flash(sentence or _("No passkey was used. Please try again."), "warning")
    return redirect(back)
