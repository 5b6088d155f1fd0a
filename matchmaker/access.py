"""Route guards: each loads what the address names and checks access, in one step.

Every view carries exactly one guard; a test walks all routes and asserts it. Where knowing that a
thing exists would leak, the answer is "not found". What each role of an event's team may do stands
in one table, `ROLE_MAY`; a page that says nothing else is for those who manage the event.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

from flask import abort, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from matchmaker.accounts.models import User
from matchmaker.accounts.models_two_factor import SecondFactor
from matchmaker.errors import NotAllowed
from matchmaker.events.labels import ROLE_LABELS
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.events.roles import Role
from matchmaker.extensions import db
from matchmaker.registration.acting import own_participant
from matchmaker.registration.models import Status
from matchmaker.registration.on_behalf import OPEN, acted_for

View = Callable[..., Any]

# figures: numbers without names. desk: people and the agenda, to help them on the day.
# manage: everything that changes the event or takes data out of it. lead: the team itself.
Capability = Literal["figures", "desk", "manage", "lead"]

ROLE_MAY: dict[Role, frozenset[Capability]] = {
    Role.OWNER: frozenset({"figures", "desk", "manage", "lead"}),
    Role.ORGANISER: frozenset({"figures", "desk", "manage"}),
    Role.HELPER: frozenset({"figures", "desk"}),
    Role.VIEWER: frozenset({"figures"}),
}


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
    """A page for who manages an event; `slug` becomes `event`, `user` is passed."""
    return organiser_may("manage")(view)


def organiser_may(capability: Capability) -> Callable[[View], View]:
    """A page for those of an event's team whose role may do this; passes the same."""

    def decorate(view: View) -> View:
        guarded = _guarded("organiser", lambda values: _load_organiser(values, capability))(view)
        guarded.capability = capability  # type: ignore[attr-defined]
        return guarded

    return decorate


def secret_link(view: View) -> View:
    """A page opened by a secret in its address; the view looks the secret up and answers 404."""
    return _guarded("secret_link", lambda values: None)(view)


def role_of(user: Any, event: Event) -> Role | None:
    """The user's role in the event's team; None for whoever is not of it."""
    if not user.is_authenticated:
        return None
    # Held for the request, or the session forgets it and pages that ask often look it up each time.
    g.seat = member = db.session.get(EventOrganiser, (event.id, user.id))
    return None if member is None else Role(member.role)


def may(user: Any, event: Event, capability: Capability) -> bool:
    """Whether the user's role lets them do this, and they have the second factor it may take."""
    role = role_of(user, event)
    return role is not None and capability in ROLE_MAY[role] and not _lacks_factor(user, event)


def organises(user: Any, event: Event) -> bool:
    """Whether the user manages the event; others of its team may less, so ask `may` for them."""
    return may(user, event, "manage")


def _lacks_factor(user: Any, event: Event) -> bool:
    if not event.two_factor_required:
        return False
    g.factor = db.session.get(SecondFactor, user.id)
    return g.factor is None


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
    if not event.is_public and role_of(current_user, event) is None:
        abort(404)
    return None


def _load_registrant(values: dict[str, Any]) -> Response | None:
    event = _event(values)
    if not event.is_public:
        abort(404)
    _check_on_behalf(event)
    return _load_user(values)


def _load_participant(values: dict[str, Any]) -> Response | None:
    event = _event(values)
    if not event.is_public:
        abort(404)
    if not current_user.is_authenticated:
        return _to_sign_in()
    _check_on_behalf(event)
    me = own_participant(event, current_user)
    if me is None:
        abort(404)
    if me.status != Status.APPROVED:
        return redirect(url_for("registration.state", slug=event.slug))
    g.me = values["me"] = me
    return None


def _load_organiser(values: dict[str, Any], capability: Capability) -> Response | None:
    if not current_user.is_authenticated:
        return _to_sign_in()
    event = _event(values)
    role = role_of(current_user, event)
    if role is None:
        abort(404)
    if _lacks_factor(current_user, event):
        return redirect(url_for("two_factor.show", next=_page_in_hand()))
    if capability not in ROLE_MAY[role]:
        raise NotAllowed(_not_for(role))
    values["user"] = _user()
    return None


def _check_on_behalf(event: Event) -> None:
    """Say that this request is done for a participant, unless the page is theirs alone."""
    person = acted_for(event)
    if person is None:
        return
    if request.endpoint not in OPEN:
        raise NotAllowed(
            _(
                "This page is for %(name)s alone, and you act for them as organiser. Go back, or"
                " end acting for them first.",
                name=person.name,
            )
        )
    g.on_behalf = person


def _not_for(role: Role) -> str:
    sentence: str = _(
        "Your role at this event is: %(role)s. This page is for others of its team."
        " Go back, or ask an owner of the event for another role.",
        role=ROLE_LABELS[role],
    )
    return sentence


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
    return redirect(url_for("accounts.sign_in", next=_page_in_hand()))


def _page_in_hand() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else "/"
