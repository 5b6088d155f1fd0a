"""What the worker does where meaning is compared: reads the texts, a few at a time.

What was read is kept at once, so a worker that is killed in the middle goes on from there.
"""

from collections.abc import Callable, Iterable

from matchmaker.database import reading_only
from matchmaker.extensions import db
from matchmaker.matching.queries_needs_met import by_meaning
from matchmaker.matching.queries_vectors import vectors_of, without_vector
from matchmaker.matching.services_vectors import keep_vectors
from matchmaker.matching.similarity import Similarity, matches
from matchmaker.matching.similarity_meaning import Meaning, texts_of
from matchmaker.matching.similarity_model import read
from matchmaker.matching.snapshot import Item

TEXTS_AT_ONCE = 16

Stop = Callable[[], bool]


def never() -> bool:
    return False


def similarity_for(event_id: int, items: Iterable[Item], should_stop: Stop = never) -> Similarity:
    """How the items are to be compared, with all that this needs at hand."""
    if not by_meaning():
        return matches
    learn(event_id, texts_of(items), should_stop)
    with reading_only():
        vectors = vectors_of(event_id)
        db.session.rollback()
    return Meaning(vectors)


def learn(event_id: int, texts: list[str], should_stop: Stop = never) -> None:
    """Read each text that no vector is kept of yet; no transaction is open meanwhile."""
    with reading_only():
        missing = without_vector(event_id, texts)
        db.session.rollback()
    for start in range(0, len(missing), TEXTS_AT_ONCE):
        if should_stop():
            return
        some = missing[start : start + TEXTS_AT_ONCE]
        keep_vectors(event_id, some, read(some))
        db.session.commit()
