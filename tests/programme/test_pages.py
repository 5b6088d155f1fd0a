"""The programme, by the event's own days and clock."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from matchmaker.clock import stopped_at
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.programme.models import Session
from tests.factories.events import FIRST_SLOT, make_event, make_session
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

pytestmark = pytest.mark.usefixtures("context")

PROGRAMME = "/e/kittila/programme/"
HOUR = timedelta(hours=1)


def test_sessions_and_meetings_stand_under_the_events_own_days(client: PageClient) -> None:
    event = make_event()
    late = datetime.fromisoformat("2027-04-27T22:30+00:00")  # Wednesday 01:30 in Helsinki
    make_session(event, "Night walk 🌌", late, late + HOUR)
    morning = FIRST_SLOT - 4 * HOUR
    make_session(event, "Keynote", morning, morning + HOUR, room="Hall A")

    page = client.get(PROGRAMME)

    assert page.texts("//section/h2") == ["Wednesday 28 April"]
    assert page.texts("//ol/li/time") == ["01:30", "09:00", "13:00"]
    assert page.texts("//ol/li//h3") == [
        "Night walk 🌌",
        "Keynote",
        "Meeting: One-to-one meetings",
    ]


def test_what_is_on_is_marked(client: PageClient) -> None:
    event = make_event()
    make_session(event, "Opening", FIRST_SLOT - HOUR, FIRST_SLOT)

    with stopped_at(FIRST_SLOT - HOUR / 2):
        page = client.get(PROGRAMME)

    assert page.texts("//li[@aria-current='time']//h3") == ["Opening"]


def test_without_a_programme_the_page_says_when_the_event_is(client: PageClient) -> None:
    event = make_event()
    event.blocks.clear()
    db.session.commit()

    page = client.get(PROGRAMME)

    assert page.texts("//main//h2") == ["The programme is not out yet"]
    assert "27–29 April 2027" in page.text


def test_the_programme_costs_the_same_for_one_session_and_for_twenty(client: PageClient) -> None:
    event = make_event()
    make_session(event, "One", FIRST_SLOT, FIRST_SLOT + HOUR)
    with counted_queries() as few:
        client.get(PROGRAMME)
    for _session in range(19):
        make_session(event, "More", FIRST_SLOT, FIRST_SLOT + HOUR)
    with counted_queries() as many:
        client.get(PROGRAMME)

    assert len(many) == len(few)


def test_a_drafts_programme_is_not_shown(client: PageClient) -> None:
    make_event(phase=Phase.DRAFT)

    client.get(PROGRAMME, status=404)


def test_a_session_that_ends_before_it_begins_is_refused() -> None:
    event = make_event()

    with pytest.raises(IntegrityError, match="times_in_order"):
        make_session(event, "Odd", FIRST_SLOT, FIRST_SLOT)

    db.session.rollback()
    assert db.session.query(Session).count() == 0
