"""The organiser's page of mails."""

from flask import Blueprint, render_template, request

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.messages.queries import outbox_page
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
    return render_template("messages/outbox.html", page=page, sends_mail=sends_mail)
