"""For which of their organisations somebody acts: chosen for a browser, event by event."""

from flask import has_request_context, session

from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.on_behalf import CSRF_SEED, acted_for
from matchmaker.registration.queries import own_participants

CHOSEN = "acting_for"


def own_participant(event: Event, user: User) -> Participant | None:
    """Whom the user acts as: the one chosen, else the first that has not withdrawn.

    An organiser on behalf of somebody acts as them.
    """
    return acted_for(event) or chosen_of(event, own_participants(event, user))


def chosen_of(event: Event, held: list[Participant]) -> Participant | None:
    """The one chosen of those held at the event."""
    chosen = _chosen(event)
    here = [one for one in held if one.status != Status.WITHDRAWN] or held
    return next((one for one in held if one.id == chosen), here[0] if here else None)


def act_for(participant: Participant) -> None:
    """Choose for this browser. Pages opened before are closed: their forms are refused.

    Otherwise a wish made in another tab would be made for the wrong organisation.
    """
    if participant.id != _chosen(participant.event):
        session[CHOSEN] = {**session.get(CHOSEN, {}), str(participant.event_id): participant.id}
        session.pop(CSRF_SEED, None)


def _chosen(event: Event) -> int | None:
    if not has_request_context():
        return None
    chosen: int | None = session.get(CHOSEN, {}).get(str(event.id))
    return chosen
