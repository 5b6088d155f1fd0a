"""When a request that nobody answers ends, by the event's rule; never without a reminder."""

from datetime import datetime, timedelta

from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.wishes.models import Request, RequestState

LAST_CALL = timedelta(days=1)


def expires_at(request: Request, event: Event) -> datetime | None:
    """The moment after which the request may end; `None` while the event lets requests wait.

    A day at least lies between the reminder and the end, also where the organiser shortens the
    time to answer, or the phase kept everybody from answering.
    """
    if not event.request_days or request.state != RequestState.PENDING:
        return None
    since = request.proposed_at or request.created_at
    at_least = (request.reminded_at or now()) + LAST_CALL
    return max(since + timedelta(days=event.request_days), at_least)


def remind_from(request: Request, event: Event) -> datetime | None:
    """The moment from which whoever is to answer is reminded, once."""
    if not event.request_days or request.reminded_at is not None:
        return None
    since = request.proposed_at or request.created_at
    return since + timedelta(days=event.request_days) - LAST_CALL
