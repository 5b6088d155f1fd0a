"""Saying what became of one's meetings: on the agenda, at a meeting, and after the event."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import participant
from matchmaker.agenda.meeting_page import meeting_page
from matchmaker.agenda.queries_changes import Change
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.followup import views_by_mail, views_organiser
from matchmaker.followup.after_page import after_page
from matchmaker.followup.answering import keep_answers
from matchmaker.followup.blueprint import blueprint
from matchmaker.followup.forms import NoteForm, RatingForm, SayForm
from matchmaker.followup.labels import RATING_LABELS, RESULT_LABELS, SAID_LABELS
from matchmaker.followup.models import MeetingWord
from matchmaker.followup.queries import (
    MeetingSide,
    find_met,
    roles_of,
    said_of,
    words_of,
)
from matchmaker.followup.services import keep_note, rate, say, takes_words
from matchmaker.registration.models import Participant
from matchmaker.registration.on_behalf import hidden_account

__all__ = ["blueprint", "views_by_mail", "views_organiser"]

Answer = str | Response | tuple[str, int]


@blueprint.get("/e/<slug>/after")
@participant
def after(event: Event, me: Participant) -> str:
    return render_template("followup/after.html", page=after_page(roles_of(me)))


@blueprint.post("/e/<slug>/after")
@participant
def answer(event: Event, me: Participant) -> Answer:
    page = keep_answers(roles_of(me))
    if page is not None:
        return render_template("followup/after.html", page=page), 422
    db.session.commit()
    return redirect(url_for(".after", slug=event.slug))


@blueprint.post("/e/<slug>/agenda/meetings/<int:meeting_id>/happened", endpoint="say")
@participant
def happened(event: Event, me: Participant, meeting_id: int) -> Answer:
    met, form = _met(me, meeting_id), SayForm()
    if not form.validate():
        abort(400)
    return _said(met, say(met, form.said.data or ""))


@blueprint.post("/e/<slug>/agenda/meetings/<int:meeting_id>/rating", endpoint="rate")
@participant
def rating(event: Event, me: Participant, meeting_id: int) -> Answer:
    met, form = _met(me, meeting_id), RatingForm()
    if not form.validate():
        abort(400)
    return _said(met, rate(met, form.chosen))


@blueprint.post("/e/<slug>/agenda/meetings/<int:meeting_id>/note")
@participant
def note(event: Event, me: Participant, meeting_id: int) -> Answer:
    met, form = _met(me, meeting_id), NoteForm()
    if not form.validate():
        page = meeting_page(met.me, Change(met.meeting, met.other))
        return render_template("agenda/meeting.html", page=page, note=form), 422
    keep_note(met, form.note.data or "")
    db.session.commit()
    flash(_("Your note is kept."), "success")
    return redirect(_page_of(met, "meeting"))


@blueprint.app_template_global()
def words_on_meetings(people: list[Participant]) -> dict[tuple[int, int], MeetingWord]:
    """What the reader says of their meetings, by the pair; one query."""
    return words_of(people)


@blueprint.app_template_global()
def note_of(word: MeetingWord | None) -> NoteForm:
    return NoteForm(formdata=None, data={"note": word.note if word else ""})


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {
        "said_of": said_of,
        "takes_words": takes_words,
        "hidden_account": hidden_account,
        "said_labels": SAID_LABELS,
        "rating_labels": RATING_LABELS,
        "result_labels": RESULT_LABELS,
    }


def _met(me: Participant, meeting_id: int) -> MeetingSide:
    return find_met(me, meeting_id, request.form.get("as", 0, int)) or abort(404)


def _said(met: MeetingSide, word: MeetingWord) -> Answer:
    """With htmx only the buttons again, else the page where they were pressed."""
    db.session.commit()
    back = request.form.get("back", "meeting")
    if "HX-Request" in request.headers:
        return render_template("followup/happened.html", met=met, word=word, back=back)
    return redirect(_page_of(met, back))


def _page_of(met: MeetingSide, back: str) -> str:
    slug, anchor = met.me.event.slug, f"happened-{met.meeting.id}-{met.me.id}"
    if back == "agenda":
        return url_for("agenda.show", slug=slug, _anchor=anchor)
    if back == "after":
        return url_for(".after", slug=slug)
    return url_for("meetings.show", slug=slug, meeting_id=met.meeting.id)
