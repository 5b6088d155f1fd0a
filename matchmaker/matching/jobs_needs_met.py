"""What the worker compares: for the pages what was entered lately, for a run all there is."""

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import chain

from flask import Flask

from matchmaker.database import reading_only
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.candidates import candidates, in_order
from matchmaker.matching.jobs_meaning import Stop, learn, never, similarity_for
from matchmaker.matching.models import NeedsMet
from matchmaker.matching.needs_met import find
from matchmaker.matching.queries_needs_met import (
    Material,
    by_meaning,
    events_behind,
    material_of,
)
from matchmaker.matching.queries_vectors import closed_with_vectors
from matchmaker.matching.reasons import between, met_of, stock_of
from matchmaker.matching.services_needs_met import complete_run, keep_found
from matchmaker.matching.services_vectors import forget_vectors
from matchmaker.matching.similarity_meaning import texts_of
from matchmaker.matching.snapshot import Snapshot

# While people are entering much, an event is compared anew no more than a tenth of the time.
REST = 9.0

# Before the key of what was found by words where meaning will be compared: no basis has it.
BY_WORDS = "words"

Clock = Callable[[], float]


class Comparer:
    """Brings every event up to date that has not been compared for long enough."""

    def __init__(self, app: Flask, clock: Clock = time.monotonic) -> None:
        self._app, self._clock = app, clock
        self._rests_until: dict[int, float] = {}

    def catch_up(self) -> None:
        with self._app.app_context():
            with reading_only():
                behind, over = events_behind(), closed_with_vectors()
                db.session.rollback()
            for event_id in over:
                forget_vectors(event_id)
                db.session.commit()
            for event_id in behind:
                if self._rests_until.get(event_id, 0.0) <= self._clock():
                    self._compare(event_id)

    def _compare(self, event_id: int) -> None:
        prepare_items(event_id)
        began = self._clock()
        compare_items(event_id)
        ended = self._clock()
        self._rests_until[event_id] = ended + REST * (ended - began)


def prepare_items(event_id: int) -> None:
    """Read what a comparison by meaning needs. Each text is read once, so nobody rests after it.

    That may take minutes; until then an event never compared before goes by the words.
    """
    if not by_meaning() or (material := _material(event_id)) is None:
        return
    if db.session.get(NeedsMet, event_id) is None:
        key = f"{BY_WORDS}.{material.key}"
        keep_found(event_id, key, find(material.entered, material.topics))
    db.session.commit()
    learn(event_id, texts_of(one.item for one in material.entered))


def compare_items(event_id: int) -> None:
    """Compare all offers of an event with all its needs; no transaction is open meanwhile."""
    if (material := _material(event_id)) is None:
        return
    items = [one.item for one in material.entered]
    found = find(material.entered, material.topics, similarity_for(event_id, items))
    keep_found(event_id, material.key, found)
    if by_meaning():
        forget_vectors(event_id, but_of=texts_of(items))
    db.session.commit()


def with_needs_met(
    event_id: int, run_id: int, snapshot: Snapshot, should_stop: Stop = never
) -> Snapshot:
    """The snapshot of a run with what meets what, which the run keeps: asked why, it is quicker.

    What was found by words is kept of those who may meet, since all of it may be very much.
    """
    if snapshot.met is not None:
        return snapshot
    people = in_order(snapshot.people)
    items = chain.from_iterable(person.items for person in people)
    stock = stock_of(people, snapshot.topics, similarity_for(event_id, items, should_stop))
    kept = stock if by_meaning() else between(stock, people, candidates(snapshot))
    complete = replace(snapshot, met=met_of(people, kept))
    complete_run(run_id, snapshot, complete)
    db.session.commit()
    return complete


def _material(event_id: int) -> Material | None:
    with reading_only():
        event = db.session.get(Event, event_id)
        material = None if event is None else material_of(event)
        db.session.rollback()
    return material
