"""What stands in the header of every page: which links, how many wait, who is signed in."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.access import organises
from matchmaker.events.models import Event
from matchmaker.registration.acting import own_participant
from matchmaker.registration.models import Participant
from matchmaker.wishes.queries import count_requests_waiting


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: str
    icon: str = ""
    current: bool = False
    count: int = 0


def register_navigation(app: Flask) -> None:
    app.context_processor(_account)
    app.context_processor(_event)


def _account() -> dict[str, Any]:
    known = current_user.is_authenticated
    return {
        "signed_in_as": (current_user.name or current_user.email) if known else None,
        "home_url": url_for("events.home"),
        "sign_in_url": url_for("accounts.sign_in"),
        "sign_out_url": url_for("accounts.sign_out"),
        "account_url": url_for("accounts.profile") if known else None,
    }


def _event() -> dict[str, Any]:
    event = g.get("event")
    if event is None:
        return {"event": None, "nav": [], "brand_url": url_for("events.home")}
    organising = organises(current_user, event)
    if organising and request.path.startswith(f"/e/{event.slug}/organise/"):
        overview = url_for("insights.overview", slug=event.slug)
        return {"event": event, "nav": _organiser_links(event), "brand_url": overview}
    links = _event_links(event, organising=organising)
    return {"event": event, "nav": links, "brand_url": url_for("events.show", slug=event.slug)}


def _link(endpoint: str, label: str, event: Event, icon: str = "", count: int = 0) -> Link:
    url = url_for(endpoint, slug=event.slug)
    inside = request.path == url or request.path.startswith(f"{url.rstrip('/')}/")
    current = request.endpoint == endpoint or (inside and endpoint != "insights.overview")
    current = current or (endpoint == "matching.scheduling" and _is_of_a_run())
    return Link(url, label, icon=icon, current=current, count=count)


def _is_of_a_run() -> bool:
    """A run is reached from scheduling, whichever part shows it."""
    return "number" in (request.view_args or {})


def _event_links(event: Event, *, organising: bool) -> list[Link]:
    links = [_link("programme.show", _("Programme"), event, "programme")]
    me = own_participant(event, current_user) if current_user.is_authenticated else None
    if me is not None and me.is_approved:
        links += _participant_links(event, me)
    elif event.takes_registrations:
        endpoint = "registration.start" if me is None else "registration.state"
        links.append(_link(endpoint, _("Register"), event, "register"))
    if organising:
        links.append(_link("insights.overview", _("Organise"), event, "overview"))
    return links


def _participant_links(event: Event, me: Participant) -> list[Link]:
    waiting = count_requests_waiting(me)
    return [
        _link("people.index", _("People"), event, "people"),
        _link("wishes.requests", _("Requests"), event, "requests", waiting),
        _link("agenda.show", _("My agenda"), event, "agenda"),
    ]


def _organiser_links(event: Event) -> list[Link]:
    return [
        _link("insights.overview", _("Overview"), event),
        _link("registration.people", _("People"), event),
        _link("matching.scheduling", _("Scheduling"), event),
        _link("messages.outbox", _("Mail"), event),
        _link("events.settings", _("Settings"), event),
    ]
