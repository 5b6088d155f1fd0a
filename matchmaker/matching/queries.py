"""An event as plain values, read from the database in a few fixed queries."""

from dataclasses import replace

from sqlalchemy import ColumnElement

from matchmaker.events.models import Event
from matchmaker.matching.queries_people import absences_of, items_of, people_of, titles_of
from matchmaker.matching.queries_programme import programme_of
from matchmaker.matching.queries_setup import (
    blocks_of,
    closed_of,
    event_without_people,
    points_of,
)
from matchmaker.matching.queries_wishes import accepted_of, settled_of, wishes_of
from matchmaker.matching.snapshot import Snapshot
from matchmaker.registration.models import Participant


def snapshot_of(event: Event, *, with_unlisted: bool = False) -> Snapshot:
    """The event with its approved and listed participants; `with_unlisted` for all approved ones.

    Wishes and requests are in it only where both sides are.
    """
    listed = None if with_unlisted else Participant.listed_at.is_not(None)
    sessions, attended = programme_of(event)
    people = people_of(event, listed, items_of(event), absences_of(event), attended)
    refs = {person.id for person in people}
    return replace(
        event_without_people(event),
        blocks=blocks_of(event),
        points=points_of(event),
        closed=closed_of(event),
        sessions=sessions,
        people=people,
        wishes=wishes_of(event, refs),
        accepted=accepted_of(event, refs),
        settled=settled_of(event, refs),
    )


def snapshot_for(event: Event, me: Participant) -> Snapshot:
    """As much of the event as tells what speaks for a meeting of `me` with each listed person.

    Offers and needs have their titles only, and nobody is away. Where others said "no" to `me` is
    left out, so that nothing made of it can tell.
    """
    shown: ColumnElement[bool] = Participant.listed_at.is_not(None) | (Participant.id == me.id)
    people = people_of(event, shown, titles_of(event))
    refs = {person.id for person in people}
    return replace(
        event_without_people(event),
        people=people,
        wishes=wishes_of(event, refs, me),
        accepted=accepted_of(event, refs, me),
    )
