"""Going back to an earlier version of the agenda, and taking it back altogether."""

from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.agenda.queries_difference import Difference, Places, difference_to
from matchmaker.agenda.services import check_in_force, publish_changes
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db


def difference_back_to(event: Event, version: Agenda) -> Difference:
    """What going back to `version` would change.

    Meetings that people settled and organisers locked since stay; who left since stays out.
    """
    return difference_to(event.id, _places_in(event, version))


def difference_to_nothing(event: Event) -> Difference:
    """What taking the agenda back would change: all that has not begun is called off."""
    return difference_to(event.id, {}, keeping="begun")


def roll_back(
    event: Event, version: Agenda, user: User, *, note: str, in_force: int | None
) -> Agenda:
    """Publish an earlier version again, as the next number. Only those concerned are told.

    Raises:
        Conflict: another version was published since the difference was shown.
    """
    hold_agenda(event)
    check_in_force(event, in_force)
    changes = difference_back_to(event, version)
    return publish_changes(event, changes, user, kind="earlier", note=note)


def unpublish(event: Event, user: User, *, note: str, in_force: int | None) -> Agenda:
    """Call every meeting to come off. Versions stay, to go back to.

    Where none has begun, the event goes back to scheduling, which knows of no meeting held.

    Raises:
        Conflict: another version was published since the difference was shown.
    """
    hold_agenda(event)
    check_in_force(event, in_force)
    changes = difference_to_nothing(event)
    agenda = publish_changes(event, changes, user, kind="none", note=note)
    if event.phase == Phase.PUBLISHED and not changes.after:
        event.phase = Phase.SCHEDULING
        db.session.flush()
    return agenda


def _places_in(event: Event, version: Agenda) -> Places:
    """Its meetings, but for those whose time or place is gone from the event."""
    pairs = select(Meeting.a_id, Meeting.b_id).where(Meeting.event_id == event.id)
    known = {(a, b) for a, b in db.session.execute(pairs)}
    slots, points = {slot.id for slot in event.slots}, {point.id for point in event.points}
    return {
        (a, b): (slot, point)
        for a, b, slot, point in version.contents
        if (a, b) in known and slot in slots and point in points
    }
