"""Bookmarking people, for oneself alone."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.access import participant
from matchmaker.accounts.paths import local_path
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.people.blueprint import blueprint
from matchmaker.people.forms import BookmarkForm
from matchmaker.people.services import clear_mark, set_mark
from matchmaker.registration.models import Participant
from matchmaker.wishes.queries import find_person


@blueprint.post("/e/<slug>/people/<int:participant_id>/bookmark")
@participant
def bookmark(event: Event, me: Participant, participant_id: int) -> str | Response:
    """Keep somebody in mind or forget them; with htmx only the star is answered."""
    other, form = find_person(me, participant_id) or abort(404), BookmarkForm()
    if not form.validate():
        abort(400)
    change = set_mark if form.keep.data else clear_mark
    change(me, other, "bookmark")
    db.session.commit()
    if "HX-Request" in request.headers:
        kept = bool(form.keep.data)
        return render_template("people/bookmarked.html", event=event, other=other, kept=kept)
    return redirect(_back(event, other))


def _back(event: Event, other: Participant) -> str:
    """The page of people where the star was pressed, else the person's own."""
    own = url_for("people.show", slug=event.slug, participant_id=other.id)
    page = local_path(request.args.get("back"), own)
    inside = page.startswith((f"/e/{event.slug}/people", f"/e/{event.slug}/organisations/"))
    return f"{page}#person-{other.id}" if inside else own
