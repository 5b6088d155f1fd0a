"""The organiser's page of mails; which mails a person gets."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import organiser, secret_link, signed_in
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import csrf, db
from matchmaker.messages.forms import KindsForm
from matchmaker.messages.models import STOPPABLE
from matchmaker.messages.outbox_page import without_personal_links
from matchmaker.messages.queries import outbox_page
from matchmaker.messages.stopping import (
    StopLink,
    choose_kinds,
    read_stop_token,
    resume_kind,
    stop_kind,
    stopped_kinds,
)
from matchmaker.web import app_config

blueprint = Blueprint("messages", __name__)


@blueprint.get("/e/<slug>/organise/mail")
@organiser
def outbox(event: Event, user: User) -> str:
    """Sign-in mails are shown only where nobody sends them, to those who run the place."""
    sends_mail = app_config().mail_server is not None
    hands_on = user.may_create_events and not sends_mail
    page = outbox_page(
        event.id,
        request.args.get("page", 1, type=int),
        secrets_for=user if hands_on else None,
    )
    return render_template(
        "messages/outbox.html",
        page=page,
        sends_mail=sends_mail,
        readable=without_personal_links,
    )


@blueprint.route("/account/mail", methods=["GET", "POST"])
@signed_in
def choose(user: User) -> Response | str:
    stopped = stopped_kinds(user)
    form = KindsForm(data={KindsForm.field_of(kind): kind not in stopped for kind in STOPPABLE})
    if not form.validate_on_submit():
        return render_template("messages/choose.html", form=form, user=user)
    choose_kinds(user, form.wanted())
    db.session.commit()
    flash(_("Saved. Mails that are on their way may still arrive."), "success")
    return redirect(url_for(".choose"))


@blueprint.get("/mail/stop/<token>")
@secret_link
def stop(token: str) -> str:
    """Opening it only shows a button: mail scanners open links."""
    link = _known(token)
    stopped = link.kind in stopped_kinds(link.user)
    return render_template("messages/stop.html", token=token, kind=link.kind, stopped=stopped)


@blueprint.post("/mail/stop/<token>")
@secret_link
def stop_at_once(token: str) -> Response:
    """For the page's button and for that of a mail program, which knows no CSRF token.

    The secret in the address is the permission, and it reaches no further than these mails.
    """
    link = _known(token)
    stop_kind(link.user, link.kind)
    db.session.commit()
    return redirect(url_for(".stop", token=token), code=303)


csrf.exempt(stop_at_once)


@blueprint.post("/mail/stop/<token>/resume")
@secret_link
def resume(token: str) -> Response:
    link = _known(token)
    resume_kind(link.user, link.kind)
    db.session.commit()
    return redirect(url_for(".stop", token=token), code=303)


def _known(token: str) -> StopLink:
    return read_stop_token(token) or abort(404)
