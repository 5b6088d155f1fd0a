"""One's own data: seeing, taking along, erasing; and what the site says of privacy and access."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.access import anyone, registrant, signed_in
from matchmaker.accounts.limits import PASSWORD_LIMITS
from matchmaker.accounts.models import User
from matchmaker.accounts.services_passwords import check_password
from matchmaker.accounts.sessions import end_session, owns_the_mailbox
from matchmaker.events.models import Event
from matchmaker.extensions import db, limiter
from matchmaker.privacy import views_organiser
from matchmaker.privacy.blueprint import blueprint
from matchmaker.privacy.files import as_json, as_zip
from matchmaker.privacy.forms import EraseForm
from matchmaker.privacy.labels import COLUMN_WORDS
from matchmaker.privacy.notice import own_words
from matchmaker.privacy.queries import held_about, taking_part
from matchmaker.privacy.services import erase_account, erase_participants, events_left_alone
from matchmaker.registration.acting import own_participant
from matchmaker.registration.consents import asked_for
from matchmaker.web import app_config

__all__ = ["blueprint", "views_organiser"]

Answer = str | AnyResponse | tuple[str, int]


@blueprint.get("/privacy")
@anyone
def notice() -> Answer:
    return render_template(
        "privacy/notice.html", site=app_config(), own_words=own_words(), wordings=asked_for()
    )


@blueprint.get("/accessibility")
@anyone
def accessibility() -> Answer:
    return render_template("privacy/accessibility.html", site=app_config())


@blueprint.get("/account/data")
@signed_in
def my_data(user: User) -> Answer:
    return render_template(
        "privacy/my_data.html",
        user=user,
        parts=held_about(user),
        words=COLUMN_WORDS,
        zone=ZoneInfo(user.timezone or "UTC"),
        taking_part=taking_part(user),
    )


@blueprint.get("/account/data.json")
@signed_in
def my_data_as_json(user: User) -> Answer:
    return _download(as_json(held_about(user)), "application/json", "my-data.json")


@blueprint.get("/account/data.zip")
@signed_in
def my_data_as_zip(user: User) -> Answer:
    return _download(as_zip(held_about(user)), "application/zip", "my-data.zip")


@blueprint.route("/account/erase", methods=["GET", "POST"])
@limiter.limit(PASSWORD_LIMITS, methods=["POST"])
@signed_in
def erase_all(user: User) -> Answer:
    form = _form(user)
    if not form.validate_on_submit() or not _password_fits(form, user):
        values = {"alone": events_left_alone(user), "taking_part": taking_part(user)}
        return _page("privacy/erase_all.html", form, user=user, **values)
    erase_account(user)
    db.session.commit()
    end_session()
    flash(_("Your account and everything about you are erased."), "success")
    return redirect(url_for("events.home"))


@blueprint.route("/e/<slug>/registration/erase", methods=["GET", "POST"])
@limiter.limit(PASSWORD_LIMITS, methods=["POST"])
@registrant
def erase_here(event: Event, user: User) -> Answer:
    me = own_participant(event, user)
    if me is None:
        return redirect(url_for("privacy.my_data"))
    form = _form(user)
    if not form.validate_on_submit() or not _password_fits(form, user):
        return _page("privacy/erase_here.html", form, user=user, me=me)
    name = event.name
    erase_participants(event, [me])
    db.session.commit()
    flash(_("Everything about you at %(event)s is erased.", event=name), "success")
    return redirect(url_for("privacy.my_data"))


def _form(user: User) -> EraseForm:
    asks = user.password_hash is not None and not owns_the_mailbox()
    return EraseForm(user, ask_current=asks)


def _password_fits(form: EraseForm, user: User) -> bool:
    """Whether the password was right, where it is asked for; a wrong one is counted."""
    if form.current is None:
        return True
    fits = check_password(user.email, form.current.data or "") is not None
    db.session.commit()
    form.refuse_unless(fits)
    return fits


def _page(template: str, form: EraseForm, **values: Any) -> tuple[str, int]:
    return render_template(template, form=form, **values), 422 if form.errors else 200


def _download(body: bytes, kind: str, name: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
