"""The steps of registering: their order, and loading the person who takes one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, url_for
from flask_babel import gettext as _

from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.registration.acting import own_participant
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.services import check_open

STEPS = ("registration.you", "marketplace.edit", "registration.availability")
OUT = frozenset({Status.REJECTED, Status.WITHDRAWN})


def step_labels() -> list[str]:
    return [_("You"), _("Offers and needs"), _("When you can meet")]


def step_urls(event: Event) -> list[str]:
    return [url_for(endpoint, slug=event.slug) for endpoint in STEPS]


def next_url(event: Event, me: Participant | None) -> str:
    """Where registering goes on: the furthest step, or the state once it is sent."""
    if me is None:
        return url_for(STEPS[0], slug=event.slug)
    if me.status == Status.REGISTERING:
        return url_for(STEPS[me.step - 1], slug=event.slug)
    return url_for("registration.state", slug=event.slug)


def begun(view: Callable[..., Any]) -> Callable[..., Any]:
    """For a step after the first, below its guard: passes `me` in place of `user`.

    Who has not taken the first step is led to it; who is out is told where they stand.
    """

    @wraps(view)
    def taken(event: Event, user: User, **values: Any) -> Any:
        me = own_participant(event, user)
        if me is None or me.organisation_id is None:
            return redirect(url_for(STEPS[0], slug=event.slug))
        if me.status in OUT:
            return redirect(url_for("registration.state", slug=event.slug))
        if me.status == Status.REGISTERING:
            check_open(event)
        return view(event=event, me=me, **values)

    return taken
