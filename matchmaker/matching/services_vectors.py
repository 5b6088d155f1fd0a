"""Keeping vectors of texts, and forgetting those of texts that nobody has entered any more."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.models import TextVector
from matchmaker.matching.similarity_meaning import Vector, digest_of
from matchmaker.matching.similarity_model import MODEL


def keep_vectors(event_id: int, texts: list[str], vectors: Vector) -> None:
    """Two workers that have read the same text keep it one after the other."""
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update())
    for text, vector in zip(texts, vectors, strict=True):
        row = TextVector(event_id=event_id, model=MODEL, digest=digest_of(text))
        row.vector = vector.tobytes()
        db.session.merge(row)
    db.session.flush()


def forget_vectors(event_id: int, but_of: Iterable[str] = ()) -> None:
    """Forget what texts other than these mean, and what another model made of any."""
    wanted = {digest_of(text) for text in but_of}
    of_event = TextVector.event_id == event_id
    kept = db.session.scalars(select(TextVector.digest).where(of_event).distinct())
    gone = [digest for digest in kept if digest not in wanted]
    for start in range(0, len(gone), 500):
        some = gone[start : start + 500]
        db.session.execute(delete(TextVector).where(of_event, TextVector.digest.in_(some)))
    db.session.execute(delete(TextVector).where(of_event, TextVector.model != MODEL))
