"""Pages for signing in and out and for one's own account."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from matchmaker.access import anyone, secret_link, signed_in
from matchmaker.accounts.forms import (
    AskForLinkForm,
    LanguageForm,
    PasswordSignInForm,
    ProfileForm,
    RemovePasswordForm,
    SetPasswordForm,
    UseLinkForm,
)
from matchmaker.accounts.limits import LINK_LIMITS, PASSWORD_LIMITS
from matchmaker.accounts.models import SignInLink, User
from matchmaker.accounts.paths import local_path, own_path
from matchmaker.accounts.queries import link_by_token
from matchmaker.accounts.queries_two_factor import factor_of
from matchmaker.accounts.second_step import enter
from matchmaker.accounts.services import (
    adopt_locale,
    choose_locale,
    choose_timezone,
    mail_link_if_known,
    rename,
    renew_link,
    use_link,
)
from matchmaker.accounts.services_passkeys import passkeys_work
from matchmaker.accounts.services_passwords import (
    check_password,
    drop_password,
    set_new_password,
)
from matchmaker.accounts.sessions import (
    end_session,
    owns_the_mailbox,
    renew_session,
    signed_in_user,
)
from matchmaker.extensions import db, limiter
from matchmaker.locales import locale_of_browser, remember_locale
from matchmaker.web import app_config

blueprint = Blueprint("accounts", __name__)

Answer = Response | tuple[str, int]


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(LINK_LIMITS, methods=["POST"])
@anyone
def sign_in() -> Answer:
    """The answer is the same for everybody: whether an address is known is not told."""
    if signed_in_user():
        return redirect(_next_path())
    form = AskForLinkForm()
    if not form.validate_on_submit():
        return _form_page(
            "accounts/sign_in.html", form, next_path=_next_path(), passkeys_work=passkeys_work()
        )
    address = form.email.data or ""
    mail_link_if_known(address, _next_path())
    db.session.commit()
    session["mailed_to"] = address
    return redirect(url_for("accounts.check_mail"))


@blueprint.get("/sign-in/check-mail")
@anyone
def check_mail() -> Answer:
    address = session.get("mailed_to", "")
    on_console = app_config().mail_server is None
    return render_template("accounts/check_mail.html", address=address, on_console=on_console), 200


@blueprint.route("/sign-in/<token>", methods=["GET", "POST"])
@limiter.limit(PASSWORD_LIMITS, methods=["POST"])
@secret_link
def sign_in_with_link(token: str) -> Answer:
    """Opening it only shows a button: mail scanners open links, and must not use them up."""
    link = _known_link(token)
    if not link.is_open:
        return _answer_closed(link, token)
    form = UseLinkForm()
    if not form.validate_on_submit():
        return _form_page("accounts/use_link.html", form, user=link.user)
    user, path = use_link(link), link.next_path
    adopt_locale(user, locale_of_browser())
    db.session.commit()
    return enter(user, path, remember=form.remember.data, by_link=True)


@blueprint.post("/sign-in/<token>/new")
@limiter.limit(LINK_LIMITS)
@secret_link
def ask_for_new_link(token: str) -> Answer:
    renew_link(_known_link(token))
    db.session.commit()
    session.pop("mailed_to", None)
    return redirect(url_for("accounts.check_mail"))


@blueprint.route("/sign-in/password", methods=["GET", "POST"])
@limiter.limit(PASSWORD_LIMITS, methods=["POST"])
@anyone
def sign_in_with_password() -> Answer:
    if signed_in_user():
        return redirect(_next_path())
    form, user = PasswordSignInForm(), None
    if form.validate_on_submit():
        user = check_password(form.email.data or "", form.password.data or "")
        if user is not None:
            adopt_locale(user, locale_of_browser())
        db.session.commit()
        form.refuse_unless(user)
    if user is None:
        page = "accounts/sign_in_with_password.html"
        return _form_page(page, form, next_path=_next_path())
    return enter(user, _next_path(), remember=form.remember.data)


@blueprint.post("/sign-out")
@anyone
def sign_out() -> Answer:
    end_session()
    flash(_("You are signed out."), "success")
    return redirect(url_for("accounts.sign_in"))


@blueprint.post("/language")
@anyone
def choose_language() -> Answer:
    """A link could do this, but then a page opened in advance would change the language."""
    form = LanguageForm()
    if not form.validate_on_submit():
        abort(404)
    user, locale = signed_in_user(), form.locale.data or ""
    if user is not None:
        choose_locale(user, locale)
        db.session.commit()
    answer = redirect(own_path(request.form.get("next")))
    remember_locale(answer, locale, secure=app_config().is_https)
    return answer


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
def profile(user: User) -> Answer:
    form = ProfileForm(obj=user)
    if not form.validate_on_submit():
        second = factor_of(user) is not None
        return _form_page("accounts/profile.html", form, user=user, second_step=second)
    rename(user, form.name.data or "")
    choose_timezone(user, form.timezone.data or "")
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for("accounts.profile"))


@blueprint.route("/account/password", methods=["GET", "POST"])
@limiter.limit(PASSWORD_LIMITS, methods=["POST"])
@signed_in
def set_password(user: User) -> Answer:
    form = SetPasswordForm(user, ask_current=_must_type_current(user))
    if not form.validate_on_submit() or not _current_fits(form, user):
        return _form_page("accounts/set_password.html", form, user=user)
    set_new_password(user, form.password.data or "")
    db.session.commit()
    renew_session(user)
    flash(_("Your password is set. Your other devices are signed out."), "success")
    return redirect(url_for("accounts.profile"))


@blueprint.route("/account/password/remove", methods=["GET", "POST"])
@limiter.limit(PASSWORD_LIMITS, methods=["POST"])
@signed_in
def remove_password(user: User) -> Answer:
    form = RemovePasswordForm(user, ask_current=_must_type_current(user))
    if not form.validate_on_submit() or not _current_fits(form, user):
        return _form_page("accounts/remove_password.html", form, user=user)
    drop_password(user)
    db.session.commit()
    renew_session(user)
    flash(_("Your password is removed. Your other devices are signed out."), "success")
    return redirect(url_for("accounts.profile"))


def _form_page(template: str, form: FlaskForm, **values: Any) -> tuple[str, int]:
    """The page with its form, 422 where it was sent back with something to put right."""
    return render_template(template, form=form, **values), 422 if form.errors else 200


def _next_path() -> str:
    return local_path(request.args.get("next"))


def _known_link(token: str) -> SignInLink:
    link = link_by_token(token)
    if link is None:
        abort(404)
    return link


def _answer_closed(link: SignInLink, token: str) -> Answer:
    """Whoever is signed in by it already just goes on; the others may have a new one mailed."""
    if signed_in_user() == link.user:
        return redirect(link.next_path)
    return render_template("accounts/closed_link.html", token=token), 410


def _must_type_current(user: User) -> bool:
    return user.password_hash is not None and not owns_the_mailbox()


def _current_fits(form: SetPasswordForm | RemovePasswordForm, user: User) -> bool:
    """Whether the password so far was right, where it is asked for; a wrong one is counted."""
    if form.current is None:
        return True
    fits = check_password(user.email, form.current.data or "") is not None
    db.session.commit()
    form.refuse_unless(fits)
    return fits
