"""The languages the pages come in, and which of them the reader in hand gets."""

from flask import has_request_context, request
from flask_login import current_user
from werkzeug.wrappers import Response

LOCALES = ("en", "fi", "sv")
# Each by its own name, so that whoever needs it can read it.
OWN_NAMES = {"en": "English", "fi": "Suomi", "sv": "Svenska"}
COOKIE = "language"
COOKIE_SECONDS = 365 * 24 * 60 * 60


def select_locale() -> str:
    """The reader's own language; else the one chosen in this browser, else what it asks for."""
    if not has_request_context():
        return LOCALES[0]
    own = getattr(current_user, "locale_chosen", "")
    return own if own in LOCALES else locale_of_browser()


def locale_of_browser() -> str:
    """What this browser's reader chose here, else the best of what it asks for, else English."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LOCALES:
        return chosen
    # Werkzeug's own choice would take `fi;q=0.5` before `sv-FI`, since only the first is exact.
    asked = (tag.lower().split("-")[0] for tag, quality in request.accept_languages if quality > 0)
    return next((code for code in asked if code in LOCALES), LOCALES[0])


def first_offered(languages: list[str]) -> str:
    """The first of an event's languages that pages come in; empty where that is English anyway."""
    offered = next((code for code in languages if code in LOCALES), LOCALES[0])
    return "" if offered == LOCALES[0] else offered


def remember_locale(response: Response, locale: str, *, secure: bool) -> None:
    """Keep the choice in the browser, for those who are not signed in."""
    response.set_cookie(
        COOKIE, locale, max_age=COOKIE_SECONDS, secure=secure, httponly=True, samesite="Lax"
    )
