"""The vectors that are kept of an event's texts, by digest."""

import numpy as np
from sqlalchemy import select

from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.matching.models import TextVector
from matchmaker.matching.similarity_meaning import Vector, digest_of
from matchmaker.matching.similarity_model import MODEL


def vectors_of(event_id: int) -> dict[str, Vector]:
    query = select(TextVector.digest, TextVector.vector).where(
        TextVector.event_id == event_id, TextVector.model == MODEL
    )
    return {
        digest: np.frombuffer(vector, dtype=np.float32)
        for digest, vector in db.session.execute(query)
    }


def without_vector(event_id: int, texts: list[str]) -> list[str]:
    query = select(TextVector.digest).where(
        TextVector.event_id == event_id, TextVector.model == MODEL
    )
    kept = set(db.session.scalars(query))
    return [text for text in texts if digest_of(text) not in kept]


def closed_with_vectors() -> list[int]:
    """The events that are over and compared no more, of which vectors are kept still."""
    closed = select(Event.id).where(Event.phase == Phase.CLOSED)
    query = select(TextVector.event_id).where(TextVector.event_id.in_(closed))
    return list(db.session.scalars(query.distinct()))
