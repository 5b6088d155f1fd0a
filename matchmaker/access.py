"""Route guards: each loads what the address names and checks access, in one step.

Every view carries exactly one guard; a test walks all routes and asserts it. Where knowing that a
thing exists would leak, the answer is "not found".
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import abort, g, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from matchmaker.accounts.models import User
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.extensions import db
from matchmaker.registration.acting import own_participant
from matchmaker.registration.models import Status

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[..., Any]


def _guarded(
    name: str, check: Callable[[dict[str, Any]], Response | None]
) -> Callable[[View], View]:
    """Make a decorator that runs `check` on the route's values, which it may replace."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            return check(values) or view(**values)

        guarded.guard = name  # type: ignore[attr-defined]
        return guarded

    return decorate


def anyone(view: View) -> View:
    """A page for everybody, signed in or not."""
    return _guarded("anyone", lambda values: None)(view)


def signed_in(view: View) -> View:
    """A page for whoever is signed in; passes `user`."""
    return _guarded("signed_in", _load_user)(view)


def creates_events(view: View) -> View:
    """A page for those who may create events; passes `user`."""
    return _guarded("creates_events", _load_creator)(view)


def visitor(view: View) -> View:
    """A public page of an event that is not a draft; `slug` becomes `event`."""
    return _guarded("visitor", _load_public_event)(view)


def registrant(view: View) -> View:
    """A step of registering; `slug` becomes `event` and `user` is passed."""
    return _guarded("registrant", _load_registrant)(view)


def participant(view: View) -> View:
    """A page for approved participants of an event; `slug` becomes `event`, `me` is passed."""
    return _guarded("participant", _load_participant)(view)


def organiser(view: View) -> View:
    """A page for an event's organisers; `slug` becomes `event`, `user` is passed."""
    return _guarded("organiser", _load_organiser)(view)


def secret_link(view: View) -> View:
    """A page opened by a secret in its address; the view looks the secret up and answers 404."""
    return _guarded("secret_link", lambda values: None)(view)


def organises(user: Any, event: Event) -> bool:
    return user.is_authenticated and db.session.get(EventOrganiser, (event.id, user.id)) is not None


def _load_user(values: dict[str, Any]) -> Response | None:
    if not current_user.is_authenticated:
        return _to_sign_in()
    values["user"] = _user()
    return None


def _load_creator(values: dict[str, Any]) -> Response | None:
    refusal = _load_user(values)
    if refusal is None and not values["user"].may_create_events:
        abort(404)
    return refusal


def _load_public_event(values: dict[str, Any]) -> Response | None:
    event = _event(values)
    if not event.is_public and not organises(current_user, event):
        abort(404)
    return None


def _load_registrant(values: dict[str, Any]) -> Response | None:
    event = _event(values)
    if not event.is_public:
        abort(404)
    return _load_user(values)


def _load_participant(values: dict[str, Any]) -> Response | None:
    event = _event(values)
    if not event.is_public:
        abort(404)
    if not current_user.is_authenticated:
        return _to_sign_in()
    me = own_participant(event, current_user)
    if me is None:
        abort(404)
    if me.status != Status.APPROVED:
        return redirect(url_for("registration.state", slug=event.slug))
    g.me = values["me"] = me
    return None


def _load_organiser(values: dict[str, Any]) -> Response | None:
    if not current_user.is_authenticated:
        return _to_sign_in()
    event = _event(values)
    if not organises(current_user, event):
        abort(404)
    values["user"] = _user()
    return None


def _event(values: dict[str, Any]) -> Event:
    """Load the event named by `slug`; whoever asks, an unknown one is not found."""
    slug = values.pop("slug")
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    if event is None:
        abort(404)
    g.event = values["event"] = event
    return event


def _user() -> User:
    user: User = current_user._get_current_object()
    return user


def _to_sign_in() -> Response:
    target = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(url_for("accounts.sign_in", next=target))
