"""Pages of the second step: setting it up, passing it, proving it again before it is changed."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import anyone, signed_in
from matchmaker.accounts.app_codes import picture_of
from matchmaker.accounts.forms_two_factor import AppForm, NewPasskeyForm, StepForm
from matchmaker.accounts.limits import PASSWORD_LIMITS
from matchmaker.accounts.models import User
from matchmaker.accounts.paths import local_path
from matchmaker.accounts.queries_two_factor import count_codes_left, factor_of, passkeys_of
from matchmaker.accounts.second_step import begun, finish, note_proof, proved_lately
from matchmaker.accounts.services_passkeys import passkeys_work
from matchmaker.accounts.services_two_factor import (
    check_code,
    drop_app,
    drop_passkey,
    offer_app,
    offered_secret,
    renew_codes,
    turn_on_app,
)
from matchmaker.accounts.sessions import renew_session
from matchmaker.errors import Invalid
from matchmaker.extensions import db, limiter

blueprint = Blueprint("two_factor", __name__)

Answer = str | Response | tuple[str, int]
HOME = "/account/two-factor"


def proved(view: Callable[..., Any]) -> Callable[..., Any]:
    """Who has a second factor proves it again before changing it; goes below the guard."""

    @wraps(view)
    def asking(user: User, **values: Any) -> Any:
        if factor_of(user) is not None and not proved_lately():
            here = request.full_path.rstrip("?") if request.method == "GET" else HOME
            return redirect(url_for(".confirm", next=here))
        return view(user=user, **values)

    return asking


@blueprint.get(HOME)
@signed_in
def show(user: User) -> Answer:
    return render_template(
        "accounts/two_factor.html",
        factor=factor_of(user),
        passkeys=passkeys_of(user),
        codes_left=count_codes_left(user),
        passkeys_work=passkeys_work(),
        form=NewPasskeyForm(),
        zone=ZoneInfo(user.timezone or "UTC"),
        next_path=_next_path(),
    )


@blueprint.get(f"{HOME}/app")
@signed_in
@proved
def app(user: User) -> Answer:
    return _app_page(user, AppForm(data={"offer": offer_app(user)}))


@blueprint.post(f"{HOME}/app")
@limiter.limit(PASSWORD_LIMITS)
@signed_in
@proved
def add_app(user: User) -> Answer:
    form = AppForm()
    secret = offered_secret(user, form.offer.data or "")
    if secret is None:
        flash(_("This page was open for too long. Here is a new picture for your app."), "warning")
        return redirect(url_for(".app", next=_next_path()))
    if not form.validate_on_submit():
        return _answer_wrong(user, form)
    try:
        codes = turn_on_app(user, secret, form.code.data or "")
    except Invalid as refusal:
        db.session.rollback()
        form.code.errors = [refusal.sentence]
        return _answer_wrong(user, form)
    return turned_on(user, codes, _("Signing in asks for the app's code from now on."))


@blueprint.post(f"{HOME}/app/remove")
@signed_in
@proved
def remove_app(user: User) -> Answer:
    drop_app(user)
    db.session.commit()
    flash(_("The app's codes are no longer asked for."), "success")
    return redirect(url_for(".show"))


@blueprint.post(f"{HOME}/passkeys/<int:passkey_id>/remove")
@signed_in
@proved
def remove_passkey(user: User, passkey_id: int) -> Answer:
    drop_passkey(user, passkey_id)
    db.session.commit()
    flash(_("The passkey is forgotten here. You can delete it on your device too."), "success")
    return redirect(url_for(".show"))


@blueprint.post(f"{HOME}/recovery-codes")
@signed_in
@proved
def recovery_codes(user: User) -> Answer:
    if factor_of(user) is None:
        return redirect(url_for(".show"))
    codes = renew_codes(user)
    db.session.commit()
    return _codes_page(codes)


@blueprint.route(f"{HOME}/confirm", methods=["GET", "POST"])
@limiter.limit(PASSWORD_LIMITS, methods=["POST"])
@signed_in
def confirm(user: User) -> Answer:
    """The second step once more, before it is changed; the session is begun anew."""
    if factor_of(user) is None or proved_lately():
        return redirect(_next_path(HOME))
    form = StepForm()
    if not form.validate_on_submit() or not _fits(form, user):
        return _step_page(form, title=_("Show that it is you"), next_path=_next_path(HOME))
    renew_session(user)
    note_proof()
    return redirect(_next_path(HOME))


@blueprint.route("/sign-in/second-step", methods=["GET", "POST"])
@limiter.limit(PASSWORD_LIMITS, methods=["POST"])
@anyone
def second_step() -> Answer:
    first = begun()
    if first is None:
        return redirect(url_for("accounts.sign_in"))
    form = StepForm()
    if not form.validate_on_submit() or not _fits(form, first.user):
        return _step_page(form, title=_("One more step"), next_path=first.path)
    return finish(first.user, first.path, remember=first.remember, by_link=first.by_link)


def turned_on(user: User, codes: list[str], sentence: str) -> Answer:
    """Commit, keep this browser signed in, and show recovery codes where there are new ones."""
    db.session.commit()
    renew_session(user)
    note_proof()
    flash(sentence, "success")
    return _codes_page(codes) if codes else redirect(_next_path(HOME))


def _fits(form: StepForm, user: User) -> bool:
    fits = check_code(user, form.code.data or "")
    db.session.commit()
    form.refuse_unless(fits)
    return fits


def _step_page(form: StepForm, **values: str) -> Answer:
    page = render_template(
        "accounts/second_step.html", form=form, passkeys_work=passkeys_work(), **values
    )
    return page, 422 if form.errors else 200


def _app_page(user: User, form: AppForm) -> Response:
    secret = offered_secret(user, form.offer.data or "") or ""
    page = render_template(
        "accounts/app.html",
        form=form,
        picture=picture_of(secret, user.email),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        next_path=_next_path(),
    )
    return _kept_nowhere(page)


def _codes_page(codes: list[str]) -> Response:
    next_path = _next_path(HOME)
    return _kept_nowhere(
        render_template("accounts/recovery_codes.html", codes=codes, next_path=next_path)
    )


def _answer_wrong(user: User, form: AppForm) -> Response:
    response = _app_page(user, form)
    response.status_code = 422
    return response


def _kept_nowhere(page: str) -> Response:
    """A page with secrets, which a browser shall not store."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _next_path(default: str = "") -> str:
    return local_path(request.args.get("next"), default)
