"""What the worker does for the pages of people: compares what was entered since the last time."""

import time
from collections.abc import Callable

from flask import Flask

from matchmaker.database import reading_only
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.needs_met import find
from matchmaker.matching.queries_needs_met import events_behind, material_of
from matchmaker.matching.services_needs_met import keep_found

# While people are entering much, an event is compared anew no more than a tenth of the time.
REST = 9.0

Clock = Callable[[], float]


class Comparer:
    """Brings every event up to date that has not been compared for long enough."""

    def __init__(self, app: Flask, clock: Clock = time.monotonic) -> None:
        self._app, self._clock = app, clock
        self._rests_until: dict[int, float] = {}

    def catch_up(self) -> None:
        with self._app.app_context():
            with reading_only():
                behind = events_behind()
                db.session.rollback()
            for event_id in behind:
                if self._rests_until.get(event_id, 0.0) <= self._clock():
                    self._compare(event_id)

    def _compare(self, event_id: int) -> None:
        began = self._clock()
        compare_items(event_id)
        ended = self._clock()
        self._rests_until[event_id] = ended + REST * (ended - began)


def compare_items(event_id: int) -> None:
    """Compare all offers of an event with all its needs; no transaction is open meanwhile."""
    with reading_only():
        event = db.session.get(Event, event_id)
        if event is None:
            return
        material = material_of(event)
        db.session.rollback()
    found = find(material.entered, material.topics)
    keep_found(event_id, material.key, found)
    db.session.commit()
