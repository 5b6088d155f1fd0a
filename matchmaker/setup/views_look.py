"""The organiser's pages of an event's texts, logo and colours, and what readers get of the look."""

import hashlib
from contextlib import closing

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import organiser, visitor
from matchmaker.accounts.models import User
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.colours import stylesheet
from matchmaker.events.models import Event
from matchmaker.events.models_look import EventLogo
from matchmaker.events.said import LONGEST
from matchmaker.events.services import change_settings
from matchmaker.extensions import db
from matchmaker.fields import differing
from matchmaker.pictures import LARGEST_FILE, MEGABYTES
from matchmaker.setup.forms_look import ColoursForm
from matchmaker.setup.forms_texts import TextsForm
from matchmaker.setup.services_look import remove_logo, set_logo

blueprint = Blueprint("look", __name__)

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/organise/texts")
@organiser
def texts(event: Event, user: User) -> Answer:
    return _texts_page(TextsForm.of(event))


@blueprint.post("/e/<slug>/organise/texts")
@organiser
def save_texts(event: Event, user: User) -> Answer:
    form = TextsForm.of(event)
    if not form.validate_on_submit():
        return _texts_page(form), 422
    try:
        changed = change_settings(event, user, version=form.seen_version, **form.columns())
    except Conflict as conflict:
        form.version.data = str(event.version)
        page = _texts_page(form, conflict=conflict.sentence, differing=form.differing())
        return page, 409
    return _saved(event, "look.texts", changed=bool(changed))


@blueprint.get("/e/<slug>/organise/look")
@organiser
def show(event: Event, user: User) -> Answer:
    return _look_page(ColoursForm.of(event))


@blueprint.post("/e/<slug>/organise/look")
@organiser
def save_colours(event: Event, user: User) -> Answer:
    """With `nearest` the colours that can be read are taken in place of those sent."""
    form = ColoursForm.of(event)
    colours = form.nearest() if "nearest" in request.form else {}
    if not colours:
        if not form.validate_on_submit():
            return _look_page(form, nearest=form.nearest()), 422
        colours = form.colours
    try:
        changed = change_settings(event, user, version=_seen(form), colours=colours)
    except Conflict as conflict:
        form.version.data = str(event.version)
        both = differing(form, ColoursForm.of(event, fresh=True))
        return _look_page(form, conflict=conflict.sentence, differing=both), 409
    return _saved(event, "look.show", changed=bool(changed))


@blueprint.post("/e/<slug>/organise/look/usual")
@organiser
def take_usual(event: Event, user: User) -> Answer:
    changed = change_settings(event, user, version=event.version, colours={})
    return _saved(event, "look.show", changed=bool(changed))


@blueprint.post("/e/<slug>/organise/look/logo")
@organiser
def save_logo(event: Event, user: User) -> Answer:
    try:
        set_logo(event, user, _sent())
    except Invalid as refusal:
        db.session.rollback()
        return _look_page(ColoursForm.of(event), refused=refusal.sentence), 422
    return _saved(event, "look.show")


@blueprint.post("/e/<slug>/organise/look/logo/remove")
@organiser
def drop_logo(event: Event, user: User) -> Answer:
    return _saved(event, "look.show", changed=remove_logo(event, user))


@blueprint.get("/e/<slug>/look.css")
@visitor
def style(event: Event) -> Response:
    """The event's colours; its address changes with them."""
    response = make_response(_style_of(event))
    response.mimetype = "text/css"
    return _keep(response)


@blueprint.get("/e/<slug>/logo/<any(large, small):size>")
@visitor
def logo(event: Event, size: str) -> Response:
    found = db.session.get(EventLogo, event.id) or abort(404)
    response = make_response(getattr(found, size))
    response.mimetype = "image/webp"
    return _keep(response)


@blueprint.app_template_global()
def look_url(event: Event) -> str:
    """Where the event's own colours are; empty where it has none."""
    if not event.colours:
        return ""
    print_ = hashlib.sha256(_style_of(event).encode()).hexdigest()[:8]
    return url_for("look.style", slug=event.slug, v=print_)


def _style_of(event: Event) -> str:
    return stylesheet(event.colours.get("brand", ""), event.colours.get("accent", ""))


def _keep(response: Response) -> Response:
    """By the reader's own browser: a draft is its organisers' alone."""
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _seen(form: ColoursForm) -> int:
    text = form.version.data or ""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _sent() -> bytes:
    """The file sent, as far as one byte beyond the limit."""
    file = request.files.get("picture")
    if file is None:
        return b""
    with closing(file.stream) as stream:
        return bytes(stream.read(LARGEST_FILE + 1))


def _saved(event: Event, endpoint: str, *, changed: bool = True) -> Response:
    slug = event.slug
    db.session.commit()
    flash(_("Saved.") if changed else _("Nothing was changed."), "success")
    return redirect(url_for(endpoint, slug=slug))


def _texts_page(form: TextsForm, **more: object) -> str:
    return render_template("setup/texts.html", form=form, longest=LONGEST, **more)


def _look_page(form: ColoursForm, **more: object) -> str:
    return render_template("setup/look.html", form=form, most=MEGABYTES, **more)
