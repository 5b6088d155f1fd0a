"""How refusals and HTTP errors become pages: one place, one template."""

from flask import Flask, Response, flash, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from matchmaker.errors import Conflict, Gone, NotAllowed, Refusal
from matchmaker.extensions import db
from matchmaker.pictures import MEGABYTES
from matchmaker.web import LARGEST_UPLOAD

REFUSAL_STATUS: dict[type[Refusal], int] = {Gone: 410, NotAllowed: 403, Conflict: 409}


def register_error_pages(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(StaleDataError, _changed_meanwhile)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http_error)


def _page(status: int, title: str, sentence: str) -> Response:
    db.session.rollback()
    return make_response(render_template("error.html", title=title, sentence=sentence), status)


def _refusal_page(status: int, title: str, sentence: str) -> Response:
    """A page of its own; where htmx asked, the page in hand is loaded anew and says it on top."""
    if "HX-Request" not in request.headers:
        return _page(status, title, sentence)
    db.session.rollback()
    flash(sentence, "error")
    return make_response("", status, {"HX-Refresh": "true"})


def _refused(refusal: Refusal) -> Response:
    status = REFUSAL_STATUS.get(type(refusal), 422)
    return _refusal_page(status, _("That did not work"), refusal.sentence)


def _changed_meanwhile(_error: StaleDataError) -> Response:
    sentence = _(
        "Somebody else changed the same thing while you had it open, so your change was not "
        "saved. Go back, reload the page to see theirs, and enter yours again if it still applies."
    )
    return _refusal_page(409, _("Changed by somebody else"), sentence)


def _form_expired(_error: CSRFError) -> Response:
    sentence = _(
        "This form was open too long or your browser blocks cookies, so it could not be checked. "
        "Go back, reload the page and send it again."
    )
    return _refusal_page(400, _("The form has expired"), sentence)


def _http_error(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:
        return make_response(error.get_response())
    title, sentence = _words(code)
    response = _page(code, title, sentence)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _words(code: int) -> tuple[str, str]:
    known = {
        403: (_("Not for you"), _("You may not do this. Sign in as somebody who may, or go back.")),
        404: (
            _("Not found"),
            _("There is no such page, or it is not yours to see. Check the address."),
        ),
        405: (_("Not like this"), _("This address does not do that. Go back and use the buttons.")),
        413: (
            _("Too large"),
            _(
                "What you sent is larger than %(most)d MB, so nothing of it was taken. Go back and"
                " choose a smaller file; a picture may have %(picture)d MB.",
                most=LARGEST_UPLOAD // 2**20,
                picture=MEGABYTES,
            ),
        ),
        429: (
            _("Too many tries"),
            _("There were too many tries from here in a short time. Wait a minute and try again."),
        ),
        500: (
            _("Our mistake"),
            _("Something went wrong on our side. Nothing was saved. Please try again."),
        ),
    }
    default = (_("That did not work"), _("The request could not be answered. Go back, try again."))
    return known.get(code, default)
