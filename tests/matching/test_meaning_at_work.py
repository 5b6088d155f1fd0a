"""The worker reads each text once and goes on where it was stopped; pages and runs agree.

A small model stands in for the large one: a vector a word, the same in three languages.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from flask.ctx import AppContext
from numpy.typing import NDArray

from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.matching import jobs_meaning
from matchmaker.matching.codec import from_json
from matchmaker.matching.jobs import execute_run
from matchmaker.matching.jobs_needs_met import Comparer, compare_items
from matchmaker.matching.models import NeedsMet, Run, TextVector
from matchmaker.matching.queries_needs_met import events_behind
from matchmaker.matching.services import request_run
from matchmaker.matching.similarity import ORDINARY
from matchmaker.matching.value import values_for
from matchmaker.registration.models import Participant
from tests.factories.events import make_event, make_item, make_participant
from tests.matching.test_needs_met import reasons

pytestmark = pytest.mark.both_databases

WORDS = {
    "drone surveys": 0,
    "droonikartoitus": 0,
    "drönarkartering": 0,
    "ice roads": 1,
    "jäätiet": 1,
}


class Model:
    """Counts what it is given; dies before the text it is told to die of."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.dies_of = ""

    def read(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.dies_of in texts:
            raise MemoryError
        self.seen += texts
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, WORDS.get(text.lower(), 8 + sum(text.encode()) % 50)] = 1
        return vectors


@pytest.fixture
def model(context: AppContext, monkeypatch: pytest.MonkeyPatch) -> Model:
    model, extensions = Model(), context.app.extensions
    monkeypatch.setattr(jobs_meaning, "read", model.read)
    config = replace(extensions["matchmaker.config"], similarity="meaning")
    monkeypatch.setitem(extensions, "matchmaker.config", config)
    return model


@pytest.fixture
def event(model: Model) -> Event:
    event = make_event()
    for name, kind, title in (
        ("Aino", "offer", "Droonikartoitus"),
        ("Sara", "need", "Drone surveys"),
        ("Sara", "offer", "Ice roads"),
        ("Marek", "need", "Jäätiet"),
    ):
        known = db.session.query(Participant).filter_by(name=name).one_or_none()
        make_item(known or make_participant(event, name), kind, title)
    return event


def quoted(event: Event, name: str) -> set[tuple[str, str]]:
    found = reasons(event, name).values()
    return {(why.offer, why.need) for all_ in found for why in all_ if why.offer}  # type: ignore[attr-defined]


def asked_run(event: Event) -> int:
    """The number of a run, with nothing left open that the worker would wait for."""
    run_id = request_run(event, None).id
    db.session.commit()
    return run_id


def test_a_page_reads_no_text_and_shows_what_the_worker_found(event: Event, model: Model) -> None:
    assert quoted(event, "Sara") == set()
    assert model.seen == []

    compare_items(event.id)

    read = len(model.seen)
    assert quoted(event, "Sara") == {("Droonikartoitus", "Drone surveys"), ("Ice roads", "Jäätiet")}
    assert len(model.seen) == read == len(ORDINARY) + 4


def test_a_text_is_read_once_and_forgotten_with_its_item(event: Event, model: Model) -> None:
    compare_items(event.id)
    item = db.session.query(Item).filter_by(title="Drone surveys").one()
    item.title = "Drönarkartering"
    db.session.commit()
    model.seen.clear()

    compare_items(event.id)

    assert model.seen == ["Drönarkartering"]
    assert ("Droonikartoitus", "Drönarkartering") in quoted(event, "Sara")
    assert db.session.query(TextVector).count() == len(ORDINARY) + 4


def test_a_worker_that_dies_in_the_middle_goes_on_from_there(event: Event, model: Model) -> None:
    model.dies_of = "Jäätiet"
    with pytest.raises(MemoryError):
        compare_items(event.id)
    db.session.rollback()
    read, model.dies_of = set(model.seen), ""
    model.seen.clear()
    assert read

    compare_items(event.id)

    assert read.isdisjoint(model.seen)
    assert "Jäätiet" in model.seen
    assert events_behind() == []


def test_until_all_is_read_an_event_goes_by_the_words(event: Event, model: Model) -> None:
    make_item(db.session.query(Participant).filter_by(name="Marek").one(), "offer", "Drone surveys")
    model.dies_of = "Jäätiet"
    with pytest.raises(MemoryError):
        Comparer(_app()).catch_up()
    db.session.rollback()

    assert db.session.query(NeedsMet.key).scalar().startswith("words.")
    assert quoted(event, "Sara") == {("Drone surveys", "Drone surveys")}
    assert events_behind() == [event.id]


def test_a_run_goes_by_the_meaning_that_the_pages_show_and_keeps_it(
    event: Event, model: Model
) -> None:
    compare_items(event.id)
    pages = {name: reasons(event, name) for name in ("Aino", "Sara", "Marek")}
    model.seen.clear()
    run_id = asked_run(event)

    assert execute_run(_app(), run_id)

    kept = from_json(db.session.get_one(Run, run_id).snapshot)
    refs = {person.name: person.ref for person in db.session.query(Participant)}
    assert model.seen == []
    assert kept.met is not None
    assert {
        name: {ref: pair.reasons for ref, pair in values_for(kept, refs[name]).items()}
        for name in pages
    } == pages


def test_a_run_that_comes_first_reads_the_texts_itself(event: Event, model: Model) -> None:
    run_id = asked_run(event)

    assert execute_run(_app(), run_id)

    assert len(model.seen) == len(ORDINARY) + 4
    assert len(from_json(db.session.get_one(Run, run_id).snapshot).met or ()) == 2


def test_the_vectors_of_an_event_that_is_closed_are_forgotten(event: Event, model: Model) -> None:
    compare_items(event.id)
    event.phase = Phase.CLOSED
    db.session.commit()

    Comparer(_app()).catch_up()

    db.session.rollback()
    assert db.session.query(TextVector).count() == 0


def test_another_setting_has_every_event_compared_anew(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare_items(event.id)
    assert events_behind() == []

    extensions = _app().extensions
    config = replace(extensions["matchmaker.config"], similarity="words")
    monkeypatch.setitem(extensions, "matchmaker.config", config)

    assert events_behind() == [event.id]


def _app():  # type: ignore[no-untyped-def]
    from flask import current_app

    return current_app._get_current_object()  # type: ignore[attr-defined]
