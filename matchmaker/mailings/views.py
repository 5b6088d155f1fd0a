"""The organiser's pages of mailings: the list, one mailing, its words, its recipients."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.errors import Conflict, NotAllowed
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.insights.conditions import Condition
from matchmaker.mailings import labels
from matchmaker.mailings.audience import Audience
from matchmaker.mailings.forms import MailingForm, WhenForm, form_for
from matchmaker.mailings.mailing_page import Page, page_of, reader_of
from matchmaker.mailings.models import Mailing, MailingState
from matchmaker.mailings.occasions import FOR_CONDITION, OCCASIONS, Occasion
from matchmaker.mailings.placeholders import PLACEHOLDERS
from matchmaker.mailings.queries import choices_of, counts_of_all, find_mailing, mailings_of
from matchmaker.mailings.rendering import as_mail, has_words
from matchmaker.mailings.services import (
    change_mailing,
    remove_draft,
    schedule,
    send_again,
    send_test,
    start_mailing,
    stop,
    take_back,
)
from matchmaker.messages.mime import body_of
from matchmaker.messages.outbox_page import without_personal_links
from matchmaker.registration.models import Status
from matchmaker.web import app_config, row_numbers

blueprint = Blueprint("mailings", __name__)
MOST_PEOPLE = 10_000
# A mail styles its elements themselves, which no page of ours may; it runs nothing.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@blueprint.get("/e/<slug>/organise/mailings")
@organiser
def index(event: Event, user: User) -> str:
    mailings = mailings_of(event)
    return render_template(
        "mailings/index.html",
        mailings=mailings,
        counts=counts_of_all([mailing.id for mailing in mailings]),
        occasions=OCCASIONS,
        labels=labels,
        sends_mail=app_config().mail_server is not None,
    )


@blueprint.post("/e/<slug>/organise/mailings")
@organiser
def start(event: Event, user: User) -> Response:
    """A draft for an occasion, a condition, or the people ticked elsewhere (`person`)."""
    mailing = start_mailing(event, user, _occasion(), _audience())
    db.session.commit()
    return redirect(_address(event, mailing, ".show"))


def _occasion() -> Occasion:
    condition = request.form.get("condition", "")
    if condition in set(FOR_CONDITION):
        return FOR_CONDITION[Condition(condition)]
    given = request.form.get("occasion", Occasion.FREE)
    return Occasion(given) if given in set(Occasion) else abort(404)


def _audience() -> Audience | None:
    people = row_numbers(request.form, "person")
    if not people:
        return None
    statuses = [str(status) for status in Status]
    return Audience(statuses=tuple(statuses), people=tuple(sorted(people)[:MOST_PEOPLE]))


@blueprint.get("/e/<slug>/organise/mailings/<int:mailing_id>")
@organiser
def show(event: Event, user: User, mailing_id: int) -> str:
    mailing = _mailing(event, mailing_id)
    return _shown(event, mailing, WhenForm.of(event, mailing))


def _shown(event: Event, mailing: Mailing, when: WhenForm, *, conflict: str = "") -> str:
    page: Page = page_of(event, mailing, request.args)
    return render_template(
        "mailings/show.html",
        mailing=mailing,
        page=page,
        when=when,
        conflict=conflict,
        **_words(mailing),
    )


def _words(mailing: Mailing) -> dict[str, Any]:
    return {
        "labels": labels,
        "usual": OCCASIONS[Occasion(mailing.occasion)],
        "placeholders": PLACEHOLDERS,
    }


@blueprint.get("/e/<slug>/organise/mailings/<int:mailing_id>/mail")
@organiser
def mail(event: Event, user: User, mailing_id: int) -> Response:
    """The HTML of the mail as a reader's program gets it."""
    mailing = _mailing(event, mailing_id)
    reader = reader_of(event, mailing, request.args.get("as", 0, type=int))
    if reader is None:
        abort(404)
    html = without_personal_links(body_of(as_mail(mailing, reader)).html)
    answer = Response(html, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = MAIL_POLICY
    return answer


@blueprint.route("/e/<slug>/organise/mailings/<int:mailing_id>/edit", methods=["GET", "POST"])
@organiser
def edit(event: Event, user: User, mailing_id: int) -> Response | str | tuple[str, int]:
    mailing = _mailing(event, mailing_id)
    if mailing.state != MailingState.DRAFT and request.method == "GET":
        return redirect(_address(event, mailing, ".show"))
    form = form_for(event, mailing, *choices_of(event))
    if not form.is_submitted():
        return _edit_page(mailing, form)
    if not form.validate():
        return _edit_page(mailing, form), 422
    try:
        _save(mailing, user, form)
    except Conflict as refusal:
        saved = form_for(event, mailing, *choices_of(event), fresh=True)
        form.version.data = str(mailing.version)
        page = _edit_page(mailing, form, conflict=refusal.sentence, differing=form.differing(saved))
        return page, 409
    except NotAllowed as refusal:
        return _edit_page(mailing, form, left=refusal.sentence), 403
    db.session.commit()
    flash(_("Saved. Look at it below, then let it go."), "success")
    return redirect(_address(event, mailing, ".show"))


def _save(mailing: Mailing, user: User, form: MailingForm) -> None:
    kept = Audience.of(mailing.audience)
    change_mailing(
        mailing,
        user,
        version=form.seen_version,
        texts=form.texts,
        audience=form.audience(kept.people).kept(),
        days_of_peace=form.days_of_peace.data,
        repeats=form.repeats.data,
        repeat_days=form.repeat_days.data,
    )


def _edit_page(mailing: Mailing, form: MailingForm, **more: Any) -> str:
    return render_template(
        "mailings/edit.html", mailing=mailing, form=form, **_words(mailing), **more
    )


@blueprint.post("/e/<slug>/organise/mailings/<int:mailing_id>/send")
@organiser
def send(event: Event, user: User, mailing_id: int) -> Response | tuple[str, int]:
    mailing = _mailing(event, mailing_id)
    form = WhenForm.of(event, mailing)
    if not form.validate():
        return _shown(event, mailing, form), 422
    if not has_words(mailing):
        flash(_("Write a subject and a text first."), "error")
        return redirect(_address(event, mailing, ".edit"))
    try:
        schedule(mailing, user, form.moment, version=form.seen_version)
    except Conflict as refusal:
        form.version.data = str(mailing.version)
        return _shown(event, mailing, form, conflict=refusal.sentence), 409
    db.session.commit()
    return redirect(_address(event, mailing, ".show"))


@blueprint.post("/e/<slug>/organise/mailings/<int:mailing_id>/test")
@organiser
def test(event: Event, user: User, mailing_id: int) -> Response:
    mailing = _mailing(event, mailing_id)
    reader = reader_of(event, mailing, request.form.get("as", 0, type=int))
    if reader is None:
        flash(_("Nobody fits, so there is nobody to try it with."), "error")
    else:
        send_test(mailing, user, reader)
        db.session.commit()
        flash(_("A test is on its way to %(address)s.", address=user.email), "success")
    return redirect(_address(event, mailing, ".show"))


@blueprint.post("/e/<slug>/organise/mailings/<int:mailing_id>/<deed>")
@organiser
def change(event: Event, user: User, mailing_id: int, deed: str) -> Response:
    """Stop it, make a draft of it again, or try once more what failed."""
    mailing = _mailing(event, mailing_id)
    if deed == "stop":
        stop(mailing, user)
        flash(_("Stopped. What had left has left."), "success")
    elif deed == "back":
        take_back(mailing, user)
        flash(_("It is a draft again and goes to nobody."), "success")
    elif deed == "again":
        number = send_again(mailing, user)
        flash(
            ngettext("%(num)d mail is tried again.", "%(num)d mails are tried again.", number),
            "success",
        )
    else:
        abort(404)
    db.session.commit()
    return redirect(_address(event, mailing, ".show"))


@blueprint.post("/e/<slug>/organise/mailings/<int:mailing_id>/remove")
@organiser
def remove(event: Event, user: User, mailing_id: int) -> Response:
    remove_draft(_mailing(event, mailing_id), user)
    db.session.commit()
    flash(_("The draft is gone."), "success")
    return redirect(url_for(".index", slug=event.slug))


def _mailing(event: Event, mailing_id: int) -> Mailing:
    return find_mailing(event, mailing_id) or abort(404)


def _address(event: Event, mailing: Mailing, endpoint: str) -> str:
    return url_for(endpoint, slug=event.slug, mailing_id=mailing.id)
