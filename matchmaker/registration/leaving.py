"""What somebody's leaving an event means for features further on; `agenda` says it to the app."""

from collections.abc import Callable

from flask import current_app

from matchmaker.registration.models import Participant


def tell_left(participant: Participant) -> None:
    """Call off what others expect of whoever has left."""
    call_off: Callable[[Participant], None] = current_app.extensions["matchmaker.call_off"]
    call_off(participant)
