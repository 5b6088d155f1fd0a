"""What meets what, as the worker keeps it: the same as a run has it, and never of yesterday."""

import pytest
from flask.ctx import AppContext

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.matching import queries_needs_met
from matchmaker.matching.jobs_needs_met import Comparer, compare_items
from matchmaker.matching.models import NeedsMet
from matchmaker.matching.queries import snapshot_for, snapshot_of
from matchmaker.matching.queries_needs_met import events_behind, stock_for
from matchmaker.matching.value import values_for
from matchmaker.registration.models import Participant
from tests.factories.events import make_event, make_item, make_participant

pytestmark = pytest.mark.both_databases


@pytest.fixture
def event(context: AppContext) -> Event:
    event = make_event()
    for name, kind, title in (
        ("Aino", "offer", "Dry tailings treatment"),
        ("Sara", "need", "Dry tailings treatment"),
        ("Sara", "offer", "Drone surveys"),
        ("Marek", "need", "Drone surveys of tailings"),
    ):
        known = db.session.query(Participant).filter_by(name=name).one_or_none()
        make_item(known or make_participant(event, name), kind, title)
    return event


@pytest.fixture
def only_the_worker_compares(monkeypatch: pytest.MonkeyPatch) -> None:
    """As at an event where comparing takes too long for a page."""
    monkeypatch.setattr(queries_needs_met, "MOST_COMPARED_AT_ONCE", 0)


def reasons(event: Event, name: str) -> dict[str, tuple[object, ...]]:
    db.session.rollback()
    me = db.session.query(Participant).filter_by(name=name).one()
    snapshot = snapshot_for(event, me)
    ids = {row.ref: row.id for row in db.session.query(Participant)}
    found = values_for(snapshot, me.ref, stock_for(event, me, snapshot, ids))
    return {ref: pair.reasons for ref, pair in found.items()}


def as_a_run_has_it(event: Event, name: str) -> dict[str, tuple[object, ...]]:
    me = db.session.query(Participant).filter_by(name=name).one()
    return {ref: pair.reasons for ref, pair in values_for(snapshot_of(event), me.ref).items()}


def test_a_page_has_the_reasons_of_a_run_whoever_compared(event: Event) -> None:
    at_once = {name: reasons(event, name) for name in ("Aino", "Sara", "Marek")}
    compare_items(event.id)
    kept = {name: reasons(event, name) for name in at_once}

    assert at_once == kept == {name: as_a_run_has_it(event, name) for name in at_once}
    assert any(why.kind == "offer_meets_need" for all_ in kept["Sara"].values() for why in all_)  # type: ignore[attr-defined]


def test_an_edited_item_meets_nothing_until_it_was_compared_anew(
    event: Event, only_the_worker_compares: None
) -> None:
    compare_items(event.id)
    item = db.session.query(Item).filter_by(title="Drone surveys").one()
    item.title = "Catering"
    db.session.commit()

    kinds = {why.offer for all_ in reasons(event, "Sara").values() for why in all_}  # type: ignore[attr-defined]
    assert kinds == {"", "Dry tailings treatment"}
    assert events_behind() == [event.id]

    compare_items(event.id)

    assert reasons(event, "Sara") == as_a_run_has_it(event, "Sara")
    assert events_behind() == []


def test_before_the_worker_came_the_other_reasons_stand_alone(
    event: Event, only_the_worker_compares: None
) -> None:
    kinds = {why.kind for all_ in reasons(event, "Sara").values() for why in all_}  # type: ignore[attr-defined]

    assert kinds == {"same_topic"}


@pytest.mark.parametrize(
    "change",
    [
        lambda event: make_item(event_person(event), "need", "Winter roads"),
        lambda event: db.session.delete(db.session.query(Item).first()),
        lambda event: setattr(event_person(event), "listed_at", None),
        lambda event: setattr(event_person(event), "audiences", {"items": "met"}),
        lambda event: setattr(event.topics[1], "parent", event.topics[0]),
    ],
    ids=["added", "removed", "unlisted", "kept back", "topics"],
)
def test_every_change_that_matters_is_noticed(event: Event, change: object) -> None:
    compare_items(event.id)
    assert events_behind() == []

    change(event)  # type: ignore[operator]
    db.session.commit()

    assert events_behind() == [event.id]


def event_person(event: Event) -> Participant:
    return db.session.query(Participant).filter_by(event_id=event.id, name="Aino").one()


def test_the_worker_rests_between_two_comparisons(event: Event, context: AppContext) -> None:
    moments = iter([0.0, 0.0, 2.0, 3.0, 30.0, 30.0, 30.0])
    comparer = Comparer(context.app, clock=lambda: next(moments))
    keys = []
    for title in ("", "Winter roads", ""):
        if title:
            make_item(event_person(event), "need", title)
        db.session.rollback()  # the worker has a session of its own
        comparer.catch_up()
        keys.append(db.session.query(NeedsMet.key).scalar())

    assert keys[0] == keys[1] != keys[2]
