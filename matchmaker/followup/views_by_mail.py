"""Saying from the mail what came of one's meetings, without signing in.

Opening the link changes nothing: mail scanners open links. It shows this one page and no notes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import abort, g, redirect, render_template, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from matchmaker.access import secret_link
from matchmaker.accounts.limits import LINK_LIMITS
from matchmaker.extensions import db, limiter
from matchmaker.followup.after_page import after_page
from matchmaker.followup.answering import keep_answers
from matchmaker.followup.blueprint import blueprint
from matchmaker.followup.links import read_link
from matchmaker.registration.models import Participant

Answer = str | Response | tuple[str, int]


@blueprint.get("/o/<token>")
@limiter.limit(LINK_LIMITS)
@secret_link
def by_mail(token: str) -> Answer:
    with _opened(token) as people:
        return render_template("followup/by_mail.html", page=after_page(people), token=token)


@blueprint.post("/o/<token>")
@limiter.limit(LINK_LIMITS)
@secret_link
def answer_by_mail(token: str) -> Answer:
    with _opened(token) as people:
        page = keep_answers(people)
        if page is not None:
            return render_template("followup/by_mail.html", page=page, token=token), 422
        db.session.commit()
    return redirect(url_for(".by_mail", token=token))


@contextmanager
def _opened(token: str) -> Iterator[list[Participant]]:
    """Whose link it is, and the page in that person's language."""
    people = read_link(token) or abort(404)
    event = people[0].event
    if not event.shows_agenda:
        abort(404)
    g.event = event
    with force_locale(people[0].user.locale):
        yield people
