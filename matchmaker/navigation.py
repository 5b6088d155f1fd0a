"""What stands in the header of every page: which links, how many wait, who is signed in."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.access import Capability, may, role_of
from matchmaker.events.models import Event
from matchmaker.locales import LOCALES, OWN_NAMES
from matchmaker.registration.acting import chosen_of
from matchmaker.registration.models import Participant
from matchmaker.registration.on_behalf import acted_for
from matchmaker.registration.queries import own_participants
from matchmaker.wishes.queries import count_requests_waiting

# What is reached from the settings.
OF_SETTINGS = ("setup", "points", "look", "team", "questions", "audit")


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: str
    icon: str = ""
    current: bool = False
    count: int = 0


def register_navigation(app: Flask) -> None:
    app.jinja_env.globals["may"] = _may
    app.context_processor(_languages)
    app.context_processor(_account)
    app.context_processor(_event)


def _languages() -> dict[str, Any]:
    switch = {
        "code": str(get_locale() or LOCALES[0]),
        "names": OWN_NAMES,
        "url": url_for("accounts.choose_language"),
        "back": _page_in_hand(),
    }
    return {"page_language": switch}


def _page_in_hand() -> str:
    """Its path, where it can be opened again; else that of the page whose form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    adapter = current_app.create_url_adapter(request)
    if adapter is not None and adapter.test(request.path, "GET"):
        return request.path
    sender = urlsplit(request.referrer or "")
    return sender.path if sender.netloc == request.host else "/"


def _account() -> dict[str, Any]:
    known = current_user.is_authenticated
    return {
        "signed_in_as": (current_user.name or current_user.email) if known else None,
        "home_url": url_for("events.home"),
        "sign_in_url": url_for("accounts.sign_in"),
        "sign_out_url": url_for("accounts.sign_out"),
        "account_url": url_for("accounts.profile") if known else None,
        "privacy_url": url_for("privacy.notice"),
        "accessibility_url": url_for("privacy.accessibility"),
    }


def _event() -> dict[str, Any]:
    event = g.get("event")
    if event is None:
        return {"event": None, "nav": [], "brand_url": url_for("events.home")}
    organising = role_of(current_user, event) is not None
    if organising and request.path.startswith(f"/e/{event.slug}/organise/"):
        overview = url_for("insights.overview", slug=event.slug)
        return {"event": event, "nav": _organiser_links(event), "brand_url": overview}
    held = own_participants(event, current_user) if current_user.is_authenticated else []
    acted = acted_for(event)
    me = acted or chosen_of(event, held)
    return {
        "event": event,
        "nav": _event_links(event, me, organising=organising),
        "brand_url": url_for("events.show", slug=event.slug),
        "acting_for": _acting_for(event, me) if me and len(held) > 1 and not acted else None,
    }


def _acting_for(event: Event, me: Participant) -> dict[str, str]:
    name = me.organisation.name if me.organisation else _("an organisation not yet entered")
    return {"name": name, "url": url_for("registration.acting", slug=event.slug)}


def _link(endpoint: str, label: str, event: Event, icon: str = "", count: int = 0) -> Link:
    url = url_for(endpoint, slug=event.slug)
    inside = request.path == url or request.path.startswith(f"{url.rstrip('/')}/")
    current = request.endpoint == endpoint or (inside and endpoint != "insights.overview")
    current = current or (endpoint == "matching.scheduling" and _is_of_a_run())
    current = current or (endpoint == "events.settings" and request.blueprint in OF_SETTINGS)
    return Link(url, label, icon=icon, current=current, count=count)


def _is_of_a_run() -> bool:
    """A run is reached from scheduling, whichever part shows it; so is what was published."""
    ours = ("grid", "repair", "versions")
    return "number" in (request.view_args or {}) or request.blueprint in ours


def _event_links(event: Event, me: Participant | None, *, organising: bool) -> list[Link]:
    links = [_link("programme.show", _("Programme"), event, "programme")]
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
    """What the reader's role lets them open; who lacks a second factor is led from each to it."""
    links = [_link("insights.overview", _("Overview"), event)]
    if _may("desk"):
        links.append(_link("registration.people", _("People"), event))
    if _may("manage"):
        return [
            *links,
            _link("matching.scheduling", _("Scheduling"), event),
            _link("health.board", _("Health"), event),
            _link("mailings.index", _("Mailings"), event),
            _link("events.settings", _("Settings"), event),
        ]
    if _may("desk"):
        links.append(_link("grid.show", _("Grid"), event))
        links.append(_link("repair.show", _("Repair"), event))
    return links


def _may(capability: Capability) -> bool:
    """For templates: whether the reader's role at the event in hand lets them do this."""
    event = g.get("event")
    return event is not None and may(current_user, event, capability)
