"""What stands in the header of every page: which links, how many wait, who is signed in."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.access import organises, participation
from matchmaker.events.models import Event
from matchmaker.registration.models import Participant
from matchmaker.wishes.queries import count_requests_waiting


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: str
    current: bool = False
    count: int = 0


def register_navigation(app: Flask) -> None:
    app.context_processor(_header)


def _header() -> dict[str, Any]:
    event = g.get("event")
    if event is None or request.endpoint is None:
        return {"nav": [], "event": None, "organises_event": False}
    organising = organises(current_user, event)
    inside = request.path.startswith(f"/e/{event.slug}/organise/")
    links = _organiser_links(event) if inside and organising else _event_links(event)
    return {"nav": links, "event": event, "organises_event": organising}


def _link(endpoint: str, label: str, event: Event, count: int = 0) -> Link:
    url = url_for(endpoint, slug=event.slug)
    feature = (request.endpoint or "").split(".")[0]
    current = request.path == url or (
        request.path.startswith(url) and feature == endpoint.split(".")[0]
    )
    return Link(url, label, current=current, count=count)


def _event_links(event: Event) -> list[Link]:
    links = [_link("programme.show", _("Programme"), event)]
    me = participation(current_user, event)
    if me is not None and me.is_approved:
        links += _participant_links(event, me)
    return links


def _participant_links(event: Event, me: Participant) -> list[Link]:
    return [
        _link("people.index", _("People"), event),
        _link("wishes.requests", _("Requests"), event, count_requests_waiting(me)),
        _link("agenda.show", _("My agenda"), event),
    ]


def _organiser_links(event: Event) -> list[Link]:
    return [
        _link("insights.overview", _("Overview"), event),
        _link("registration.people", _("People"), event),
        _link("matching.scheduling", _("Scheduling"), event),
        _link("messages.outbox", _("Mail"), event),
        _link("events.settings", _("Settings"), event),
    ]
