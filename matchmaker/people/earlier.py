"""That two met at an earlier event of the same organisers; `followup`, which comes later, knows."""

from collections.abc import Callable
from typing import NamedTuple

from flask import current_app

from matchmaker.events.models import Event
from matchmaker.registration.models import Participant
from matchmaker.registration.on_behalf import acts_on_behalf


class MetBefore(NamedTuple):
    """Where and when two met the last time."""

    event: Event
    year: int


def met_before(me: Participant, other: Participant) -> MetBefore | None:
    """Only for the two themselves, not for an organiser who acts for one of them."""
    ask: Callable[[Participant, Participant], MetBefore | None]
    ask = current_app.extensions["matchmaker.met_before"]
    return None if acts_on_behalf() else ask(me, other)
