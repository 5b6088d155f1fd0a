"""What the worker does where meaning is compared: reads the texts, a few at a time.

What was read is kept at once, so a worker that is killed in the middle goes on from there.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain

from matchmaker.database import reading_only
from matchmaker.extensions import db
from matchmaker.matching.candidates import in_order
from matchmaker.matching.queries_needs_met import by_meaning
from matchmaker.matching.queries_vectors import vectors_of, without_vector
from matchmaker.matching.reasons import met_of, stock_of
from matchmaker.matching.services_needs_met import complete_run
from matchmaker.matching.services_vectors import keep_vectors
from matchmaker.matching.similarity import Similarity, matches
from matchmaker.matching.similarity_meaning import Meaning, texts_of
from matchmaker.matching.similarity_model import read
from matchmaker.matching.snapshot import Item, Snapshot

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


def with_needs_met(
    event_id: int, run_id: int, snapshot: Snapshot, should_stop: Stop = never
) -> Snapshot:
    """The snapshot of a run with what meets what by meaning, which the run then keeps."""
    if snapshot.met is not None or not by_meaning():
        return snapshot
    people = in_order(snapshot.people)
    items = chain.from_iterable(person.items for person in people)
    similarity = similarity_for(event_id, items, should_stop)
    complete = replace(snapshot, met=met_of(people, stock_of(people, snapshot.topics, similarity)))
    complete_run(run_id, snapshot, complete)
    db.session.commit()
    return complete
