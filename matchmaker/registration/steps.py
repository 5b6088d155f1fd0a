"""The steps of registering: their order, and loading the person who takes one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.registration.acting import own_participant
from matchmaker.registration.models import OUT, Participant, Status
from matchmaker.registration.models_profile import Unsaved
from matchmaker.registration.services import check_open
from matchmaker.registration.services_unsaved import find_unsaved, typed_in, unsaved_steps

STEPS = ("registration.you", "marketplace.edit", "registration.availability")
Typed = MultiDict[str, str]
Form = TypeVar("Form", bound=FlaskForm)


def step_labels() -> list[str]:
    return [_("You"), _("Offers and needs"), _("When you can meet")]


def step_urls(event: Event) -> list[str]:
    return [url_for(endpoint, slug=event.slug) for endpoint in STEPS]


def next_url(event: Event, me: Participant | None) -> str:
    """Where registering goes on: where one was typing, else the furthest step, else the state."""
    if me is None:
        return url_for(STEPS[0], slug=event.slug)
    if me.status == Status.REGISTERING:
        step = next(iter(unsaved_steps(me)), me.step)
        return url_for(STEPS[step - 1], slug=event.slug)
    return url_for("registration.state", slug=event.slug)


def step_asked_for(event: Event, otherwise: int) -> str:
    """The address of the step that the button pressed names."""
    asked = request.form.get("to", otherwise, type=int)
    return url_for(STEPS[(asked if asked in (1, 2, 3) else otherwise) - 1], slug=event.slug)


def as_typed(
    me: Participant | None, step: int, form_of: Callable[[Typed | None], Form]
) -> tuple[Form, Unsaved | None]:
    """The step's form as it was typed last, and what was kept.

    Where the same is saved meanwhile, the form as it was saved.
    """
    kept = find_unsaved(me, step)
    typed, saved = form_of(typed_in(kept)), form_of(None)
    return (saved, None) if kept is None or _data(typed) == _data(saved) else (typed, kept)


def _data(form: FlaskForm) -> dict[str, Any]:
    return {name: value for name, value in form.data.items() if name != "csrf_token"}


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
