"""How many wishes there are, and how many pairs a run would try to bring together for them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import case, select

from matchmaker.events.models import Event, ParticipantType
from matchmaker.extensions import db
from matchmaker.insights.pair_keys import (
    Numbers,
    distinct,
    in_order,
    keys_of,
    places,
    repeated,
    said_keys,
    without,
)
from matchmaker.matching.queries_setup import event_without_people
from matchmaker.organisations.models import Organisation
from matchmaker.registration.models import Participant, Status
from matchmaker.wishes.models import Request, RequestState


@dataclass(frozen=True, slots=True)
class Wished:
    """`mutual` are pairs that wish each other, `pairs` those that may meet as the event asks."""

    wishes: int
    mutual: int
    pairs: int


def wished(event: Event) -> Wished:
    """In a fixed number of queries."""
    want = in_order(said_keys(event, "must", "want"))
    mutual = repeated(want)
    return Wished(wishes=len(want), mutual=len(mutual), pairs=_possible(event, want, mutual))


def _possible(event: Event, want: Numbers, mutual: Numbers) -> int:
    """The same pairs as `matching.candidates` names where wishes alone count."""
    settings = event_without_people(event).settings
    accepted = keys_of(
        Request.asker_id,
        Request.answerer_id,
        Request.event_id == event.id,
        Request.state == RequestState.ACCEPTED,
    )
    consenting = mutual if settings.consent == "accepted" else want
    pairs = distinct(np.concatenate([consenting, in_order(accepted)]))
    pairs = without(pairs, in_order(said_keys(event, "no")))
    ids, marks, types = _people(event)
    a, b = places(pairs, ids, ids)
    apart = (marks[a, 0] != marks[b, 0]) & (marks[a, 1] != marks[b, 1])
    if settings.may_meet is not None:
        apart &= _may_meet(types, settings.may_meet)[marks[a, 2], marks[b, 2]]
    return int(apart.sum())


def _may_meet(types: list[str], allowed: frozenset[tuple[str, str]]) -> NDArray[np.bool_]:
    rows = [[(x, y) in allowed or (y, x) in allowed for y in types] for x in types]
    return np.array(rows, dtype=np.bool_).reshape(len(types), len(types))


def _people(event: Event) -> tuple[Numbers, Numbers, list[str]]:
    """Who takes part, by id; of each a number for organisation, human being and type; the types."""
    body = case((Participant.in_person, Participant.user_id), else_=-Participant.id)
    rows = (
        db.session.connection()
        .execute(
            select(Participant.id, Organisation.name_key, body, ParticipantType.name)
            .join(Organisation, Organisation.id == Participant.organisation_id)
            .join(ParticipantType, ParticipantType.id == Participant.type_id)
            .where(
                Participant.event_id == event.id,
                Participant.status == Status.APPROVED,
                Participant.listed_at.is_not(None),
            )
            .order_by(Participant.id)
        )
        .all()
    )
    homes: dict[str, int] = {}
    types: dict[str, int] = {}
    marks = [
        (
            homes.setdefault(home or f"\0{person}", len(homes)),
            body,
            types.setdefault(kind, len(types)),
        )
        for person, home, body, kind in rows
    ]
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    return ids, np.array(marks, dtype=np.int64).reshape(len(rows), 3), list(types)
