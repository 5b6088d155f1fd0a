"""Events are created whole, changed without overwriting a colleague, and moved through phases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.audit.models import AuditEntry
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event, Slot, TypePermission
from matchmaker.events.parts import NewBlock, NewPermission, NewPoint, NewTopic
from matchmaker.events.phases import Phase
from matchmaker.events.services import change_settings, create_event, move_phase
from matchmaker.events.slots import cut
from matchmaker.events.weights import complete
from matchmaker.extensions import db
from tests.factories.events import make_event, make_participant, make_user

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]

NINE = datetime(2027, 4, 28, 9, 0, tzinfo=UTC)


def new_event(slug: str = "kittila", **parts: Any) -> Event:
    return create_event(
        slug=slug,
        name="A sustainable approach to raw materials",
        timezone="Europe/Helsinki",
        starts_on=date(2027, 4, 27),
        ends_on=date(2027, 4, 29),
        organiser_email="organiser@matchmaker.example",
        **parts,
    )


def test_an_event_is_created_with_all_its_parts() -> None:
    event = new_event(
        topics=[NewTopic("water", "Mine water", "raw"), NewTopic("raw", "Raw materials")],
        types=["cluster", "SME"],
        blocks=[NewBlock(NINE, NINE + timedelta(minutes=70), 20)],
        points=[NewPoint("Table 1"), NewPoint("Room A", "video")],
        organisers=[make_user("Olli Organiser")],
        consent="accepted",
    )

    assert [(topic.key, topic.parent and topic.parent.key) for topic in event.topics] == [
        ("water", "raw"),
        ("raw", None),
    ]
    assert [(slot.starts_at - NINE).seconds // 60 for slot in event.slots] == [0, 20, 40]
    assert [(point.name, point.kind) for point in event.points] == [
        ("Table 1", "table"),
        ("Room A", "video"),
    ]
    assert (event.consent, event.phase, len(event.organisers)) == ("accepted", Phase.DRAFT, 1)


def test_without_permissions_every_type_may_meet_every_type() -> None:
    new_event(types=["cluster", "SME"])

    assert db.session.query(TypePermission).count() == 4


def test_permissions_are_as_given() -> None:
    event = new_event(
        types=["cluster", "SME"], permissions=[NewPermission("cluster", "SME", preferred=True)]
    )

    ids = {kind.name: kind.id for kind in event.types}
    cells = db.session.execute(
        select(TypePermission.type_id, TypePermission.other_id, TypePermission.preferred)
    ).all()
    assert [tuple(cell) for cell in cells] == [(ids["cluster"], ids["SME"], True)]


def test_a_taken_address_is_refused_and_the_session_stays_usable() -> None:
    new_event()

    with pytest.raises(Conflict, match="already is an event at the address kittila"):
        new_event()

    assert new_event("kokkola").id is not None


def test_overlapping_blocks_are_refused() -> None:
    hour = timedelta(hours=1)
    with pytest.raises(Invalid, match="blocks overlap"):
        new_event(
            blocks=[NewBlock(NINE, NINE + 2 * hour, 20), NewBlock(NINE + hour, NINE + 3 * hour, 20)]
        )

    assert db.session.query(Slot).count() == 0


@pytest.mark.parametrize(("length", "starts"), [(24, []), (75, [0, 25, 50]), (99, [0, 25, 50])])
def test_slots_are_equal_and_a_remainder_stays_unused(length: int, starts: list[int]) -> None:
    minute = timedelta(minutes=1)

    slots = list(cut(NINE, NINE + length * minute, 25))

    assert slots == [(NINE + n * minute, NINE + (n + 25) * minute) for n in starts]


def test_weights_the_event_does_not_name_are_the_usual_ones() -> None:
    assert complete({"must": 50}) == {
        "must": 50,
        "want": 12,
        "accepted": 20,
        "offer_meets_need": 10,
        "same_topic": 3,
        "type_preference": 4,
        "different_regions": 2,
    }


def test_only_what_differs_is_saved_and_recorded() -> None:
    organiser = make_user()
    event = make_event(organiser=organiser)

    changed = change_settings(
        event, organiser, version=event.version, name=event.name, max_meetings=7
    )

    entry = db.session.scalars(select(AuditEntry)).one()
    assert changed == ["max_meetings"]
    assert (entry.action, entry.actor_id, entry.details) == (
        "event settings changed",
        organiser.id,
        {"max_meetings": [10, 7]},
    )


def test_a_colleagues_change_is_not_overwritten() -> None:
    organiser = make_user()
    event = make_event(organiser=organiser)
    seen = event.version
    change_settings(event, organiser, version=seen, venue="Levi Summit")

    with pytest.raises(Conflict, match="Somebody else changed these settings"):
        change_settings(event, organiser, version=seen, venue="Town hall")

    assert event.venue == "Levi Summit"


def test_going_back_a_phase_deletes_nothing_and_twice_is_once() -> None:
    organiser = make_user()
    event = make_event(organiser=organiser, phase=Phase.WISHES)
    aino = make_participant(event)

    moved = [move_phase(event, Phase.REGISTRATION, organiser) for _time in range(2)]

    assert moved == [True, False]
    assert (event.phase, aino.status, len(event.slots)) == ("registration open", "approved", 4)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert entry.details == {"phase": ["wishes open", "registration open"]}
