"""The recommended, one by one: the best first, said must, want, skip or no of, and undone."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import participant
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace.shelf import shelf_of
from matchmaker.people.blueprint import blueprint
from matchmaker.people.entries import people_for
from matchmaker.people.forms import SKIP, VerdictForm
from matchmaker.people.items import count_fitting
from matchmaker.people.services import clear_mark, set_mark
from matchmaker.people.stack import stack_page
from matchmaker.registration.models import Participant
from matchmaker.wishes.queries import count_wishes, find_person, find_wish
from matchmaker.wishes.rules import why_closed
from matchmaker.wishes.services import clear_wish, set_wish


@blueprint.get("/e/<slug>/people/recommended")
@participant
def recommended(event: Event, me: Participant) -> str:
    people = people_for(event, me)
    first, last = (request.args.get(name, 0, int) for name in ("first", "last"))
    return render_template(
        "people/recommended.html",
        me=me,
        people=people,
        has_items=bool(shelf_of(event).by_person.get(me.id)),
        fitting=count_fitting(people),
        page=stack_page(me, people, first=first, last=last, gettext=_),
        wishes=count_wishes(me),
        why_closed=why_closed(event),
    )


@blueprint.post("/e/<slug>/people/<int:participant_id>/verdict")
@participant
def judge(event: Event, me: Participant, participant_id: int) -> Response:
    """Say must, want or no of the one on top, or skip them; then show the next."""
    other, form = find_person(me, participant_id) or abort(404), VerdictForm()
    if not form.validate():
        abort(400)
    if form.verdict.data == SKIP:
        set_mark(me, other, SKIP)
    else:
        set_wish(me, other, form.verdict.data or "")
        clear_mark(me, other, SKIP)
    db.session.commit()
    return redirect(url_for("people.recommended", slug=event.slug, last=other.id))


@blueprint.post("/e/<slug>/people/<int:participant_id>/undo")
@participant
def undo(event: Event, me: Participant, participant_id: int) -> Response:
    """Take back what was said of somebody, or that they were skipped; they come first again."""
    other = find_person(me, participant_id) or abort(404)
    clear_mark(me, other, SKIP)
    if find_wish(me, other) is not None:
        clear_wish(me, other)
    db.session.commit()
    return redirect(url_for("people.recommended", slug=event.slug, first=other.id))
