"""Versions of the agenda: what was published when and by whom, going back, unpublishing."""

import pytest
from sqlalchemy import func, select

from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.agenda.services import publish_run
from matchmaker.clock import stopped_at
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant
from tests.factories.events import make_participant
from tests.factories.runs import Place, make_run
from tests.pages.client import PageClient, reload

VERSIONS = "/e/kittila/organise/agenda"


@pytest.fixture
def four(event: Event) -> list[Participant]:
    people = [make_participant(event, name) for name in ("Aino", "Björn", "Carla", "Dora")]
    aino, bjorn, carla, dora = people
    publish(event, (aino, bjorn, 0, 0), (carla, dora, 0, 1))
    publish(event, (aino, bjorn, 0, 0), (carla, dora, 2, 1))
    return people


def publish(event: Event, *places: Place) -> None:
    publish_run(event, make_run(event, *places), None)
    db.session.execute(Mail.__table__.delete())
    db.session.commit()


def places() -> set[tuple[int, int, str]]:
    rows = db.session.scalars(select(Meeting))
    return {(row.a_id, row.slot_id, row.state) for row in rows}


def test_going_back_changes_what_differs_and_tells_only_those_concerned(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    aino, _bjorn, carla, dora = four
    shown = client.get(f"{VERSIONS}/1/back")
    client.submit(f"{VERSIONS}/1/back", note="As it was")
    page = client.get(VERSIONS)

    first = event.slots[0].id
    assert shown.heading == "Go back to agenda 1?"
    assert places() == {(aino.id, first, "confirmed"), (carla.id, first, "confirmed")}
    assert sorted(db.session.scalars(select(Mail.address))) == sorted(
        (carla.user.email, dora.user.email)
    )
    assert page.heading == "Agenda 3 is in force"
    assert page.texts("//tbody/tr[1]/td")[1:6] == [
        "Olli",
        "An earlier versionAs it was",
        "0",
        "1",
        "0",
    ]


def test_a_double_click_goes_back_once_and_the_second_is_told(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    client.submit(f"{VERSIONS}/1/back", on=f"{VERSIONS}/2/back", in_force="2")
    again = client.submit(f"{VERSIONS}/1/back", on=f"{VERSIONS}/2/back", status=409, in_force="2")

    assert db.session.scalar(select(func.max(Agenda.number))) == 3
    assert "Agenda 3 was published meanwhile" in again.text


def test_unpublishing_calls_all_off_and_going_back_brings_the_same_entries_again(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    uids = set(db.session.scalars(select(Meeting.uid)))
    client.submit(f"{VERSIONS}/unpublish")
    off, phase = {state for *_rest, state in places()}, reload(event).phase
    page, runs = client.get(VERSIONS), client.get("/e/kittila/organise/scheduling")

    client.submit(f"{VERSIONS}/2/back")

    assert (off, phase) == ({"cancelled"}, Phase.SCHEDULING)
    assert page.heading == "Nothing is published now"
    assert "The agenda is unpublished." in page.text
    assert "was agenda 2" in runs.text
    assert "in force as" not in runs.text
    assert {state for *_rest, state in places()} == {"confirmed"}
    assert set(db.session.scalars(select(Meeting.uid))) == uids
    assert reload(event).phase == Phase.PUBLISHED


def test_unpublishing_says_whether_the_event_goes_back_to_scheduling(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    before = client.get(f"{VERSIONS}/unpublish")
    with stopped_at(event.slots[0].starts_at):
        during = client.get(f"{VERSIONS}/unpublish")

    assert "the event goes back to scheduling" in before.text
    assert "the event goes back to scheduling" not in during.text


def test_an_unknown_version_is_not_found(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    client.get(f"{VERSIONS}/9/back", status=404)
