"""The page of one's picture and the organisation's logo, and both as pictures."""

from collections.abc import Collection
from contextlib import closing

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import may, registrant, signed_in
from matchmaker.accounts.models import User
from matchmaker.errors import Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.organisations.models import Logo
from matchmaker.organisations.services_logos import remove_logo, set_logo
from matchmaker.pictures import LARGEST_FILE, MEGABYTES
from matchmaker.registration.acting import own_participant
from matchmaker.registration.blueprint import blueprint
from matchmaker.registration.models import Participant
from matchmaker.registration.models_profile import Portrait
from matchmaker.registration.queries import find_participant
from matchmaker.registration.services_pictures import (
    may_see_picture,
    may_set_logo,
    pictures_of,
    remove_picture,
    set_picture,
)
from matchmaker.registration.steps import begun

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/register/pictures")
@registrant
@begun
def pictures(event: Event, me: Participant) -> Answer:
    return _page(me)


@blueprint.post("/e/<slug>/register/pictures/mine")
@registrant
@begun
def save_picture(event: Event, me: Participant) -> Answer:
    try:
        set_picture(me, _sent())
    except Invalid as refusal:
        db.session.rollback()
        return _page(me, refused={"picture": refusal.sentence}), 422
    return _saved(event, _("Your picture is saved."))


@blueprint.post("/e/<slug>/register/pictures/mine/remove")
@registrant
@begun
def drop_picture(event: Event, me: Participant) -> Answer:
    remove_picture(me)
    return _saved(event, _("Your picture is removed."))


@blueprint.post("/e/<slug>/register/pictures/logo")
@registrant
@begun
def save_logo(event: Event, me: Participant) -> Answer:
    if me.organisation is None or not may_set_logo(me):
        abort(404)
    try:
        set_logo(me.organisation, me.user, _sent())
    except Invalid as refusal:
        db.session.rollback()
        return _page(me, refused={"logo": refusal.sentence}), 422
    return _saved(event, _("The logo is saved."))


@blueprint.post("/e/<slug>/register/pictures/logo/remove")
@registrant
@begun
def drop_logo(event: Event, me: Participant) -> Answer:
    if me.organisation is None or not may_set_logo(me):
        abort(404)
    remove_logo(me.organisation)
    return _saved(event, _("The logo is removed."))


@blueprint.get("/e/<slug>/people/<int:participant_id>/picture/<any(large, small):size>")
@registrant
def picture(event: Event, user: User, participant_id: int, size: str) -> Response:
    """Of whom one may not see it, of whom there is none and of nobody: all are not found."""
    person = find_participant(event, participant_id)
    me = own_participant(event, user)
    if person is None or not (
        may(user, event, "desk") or (me is not None and may_see_picture(me, person))
    ):
        abort(404)
    portrait = db.session.get(Portrait, person.id) or abort(404)
    return _as_picture(getattr(portrait, size), person.picture)


@blueprint.get("/organisations/<int:organisation_id>/logo/<any(large, small):size>")
@signed_in
def logo(user: User, organisation_id: int, size: str) -> Response:
    found = db.session.get(Logo, organisation_id) or abort(404)
    return _as_picture(getattr(found, size), f"logo-{organisation_id}")


@blueprint.app_template_global()
def picture_addresses(me: Participant, ids: Collection[int]) -> dict[int, str]:
    """Where the small pictures of these people are, as far as `me` may see them, by their ids."""
    return {
        id_: url_for(
            "registration.picture",
            slug=me.event.slug,
            participant_id=id_,
            size="small",
            v=print_,
        )
        for id_, print_ in pictures_of(me, ids).items()
    }


def _sent() -> bytes:
    """The file sent, as far as one byte beyond the limit."""
    file = request.files.get("picture")
    if file is None:
        return b""
    with closing(file.stream) as stream:
        return bytes(stream.read(LARGEST_FILE + 1))


def _saved(event: Event, words: str) -> Response:
    db.session.commit()
    flash(words, "success")
    return redirect(url_for("registration.pictures", slug=event.slug))


def _as_picture(content: bytes, print_: str) -> Response:
    """Kept by the reader's own browser for a day; its address changes with the picture."""
    response = make_response(content)
    response.mimetype = "image/webp"
    response.set_etag(f"{print_}-{len(content)}")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response.make_conditional(request)


def _page(me: Participant, refused: dict[str, str] | None = None) -> str:
    return render_template(
        "registration/pictures.html",
        me=me,
        refused=refused or {},
        may_set_logo=may_set_logo(me),
        most=MEGABYTES,
    )
