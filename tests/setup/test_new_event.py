"""A new event: from a template, or from an earlier one without its people."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.clock import stopped_at
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.events.models_look import EventLogo
from matchmaker.events.phases import Phase
from matchmaker.events.roles import Role
from matchmaker.extensions import db
from matchmaker.programme.queries import sessions_of
from matchmaker.questions.queries import questions_of
from matchmaker.registration.models import Participant
from matchmaker.registration.models_points import VideoRoom
from matchmaker.registration.queries_points import room_links
from matchmaker.setup.services_new import NewEvent, start_event
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_participant,
    make_session,
    make_user,
)
from tests.factories.questions import make_question
from tests.pages.client import PageClient

pytestmark = pytest.mark.usefixtures("context")

SPRING = date(2027, 3, 27)  # the night after, clocks go forward
NAME = "Critical minerals, Kokkola"


def begin(user: User, begun_from: str | Event = "two-day", **changes: object) -> Event:
    said = {
        "name": NAME,
        "place": "Kokkola",
        "first": SPRING,
        "last": None,
        "timezone": "Europe/Helsinki",
        "languages": ["en"],
    }
    return start_event(user, NewEvent(begun_from=begun_from, **(said | changes)))  # type: ignore[arg-type]


def clock(event: Event, moment: datetime) -> str:
    return f"{moment.astimezone(event.zone):%d %H:%M}"


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("template", "days", "times", "tables", "rooms"),
    [("two-day", 2, 17, 30, 0), ("half-day", 1, 9, 20, 0), ("hybrid", 2, 17, 20, 10)],
)
def test_a_template_makes_a_draft_with_all_its_parts(
    template: str, days: int, times: int, tables: int, rooms: int
) -> None:
    user = make_user("Olli")
    event = begin(user, template)

    kinds = [point.kind for point in event.points]
    assert (event.phase, event.slug) == (Phase.DRAFT, "critical-minerals-kokkola")
    assert (event.ends_on - event.starts_on).days + 1 == days
    assert (len(event.slots), kinds.count("table"), kinds.count("video")) == (times, tables, rooms)
    assert (len(event.types), len(event.topics)) == (6, 3)
    assert sessions_of(event) != []
    assert [row.user_id for row in event.organisers] == [user.id]
    assert db.session.scalars(select(AuditEntry.action)).all() == ["event created"]


def test_times_are_those_of_the_clock_at_the_event_also_where_it_changes() -> None:
    event = begin(make_user(), "two-day")

    assert [clock(event, block.starts_at) for block in event.blocks] == ["27 14:30", "28 09:00"]
    assert event.blocks[1].starts_at == datetime(2027, 3, 28, 6, 0, tzinfo=UTC)


def test_a_template_speaks_the_first_language_and_stays_within_the_days() -> None:
    event = begin(make_user(), "two-day", last=SPRING, languages=["en", "fi"])

    assert [clock(event, block.starts_at) for block in event.blocks] == ["27 14:30"]
    assert {clock(event, each.starts_at)[:2] for each in sessions_of(event)} == {"27"}
    assert event.points[0].name == "Table 1"


def earlier_event(user: User) -> Event:
    event = make_event(organiser=user, phase=Phase.CLOSED)
    make_participant(event, "Aino Niskala")
    visit = make_session(event, "Opening", FIRST_SLOT - timedelta(hours=2), FIRST_SLOT)
    visit.travel_minutes = 25
    make_question(event, "Diet?")
    event.description, event.venue = "Of ores.", "Levi Hall"
    event.texts = {"fi": {"name": "Kittilä", "description": "Malmeista."}}
    event.colours = {"brand": "#7a3db8", "accent": "#9a4d00"}
    event.points[1].kind, event.points[1].name = "video", "Room"
    db.session.add(EventLogo(event_id=event.id, large=b"L", small=b"S"))
    db.session.add(VideoRoom(point_id=event.points[1].id, link="https://meet.example/{room}"))
    db.session.commit()
    return event


@pytest.mark.both_databases
@pytest.mark.parametrize("along", [True, False])
def test_a_copy_has_everything_of_the_earlier_one_but_its_people(along: bool) -> None:
    user = make_user("Olli")
    before = earlier_event(user)
    event = begin(user, before, programme=along, questions=along)

    assert (event.starts_on, event.ends_on) == (SPRING, SPRING + timedelta(days=2))
    assert [clock(event, slot.starts_at) for slot in event.slots] == [
        *("28 13:00", "28 13:20", "28 13:40", "28 14:00")
    ]
    assert [kind.name for kind in event.types] == [kind.name for kind in before.types]
    assert (event.description, event.venue) == ("Of ores.", "")
    assert event.texts == {"fi": {"description": "Malmeista."}}
    assert (event.colours, event.name) == (before.colours, NAME)
    assert room_links(event) == {"Room": "https://meet.example/{room}"}
    logo = db.session.get_one(EventLogo, event.id)
    assert (logo.large, logo.small) == (b"L", b"S")
    sessions = [
        (each.title, clock(event, each.starts_at), each.travel_minutes)
        for each in sessions_of(event)
    ]
    assert sessions == ([("Opening", "28 11:00", 25)] if along else [])
    asked = [question.wording.label for question in questions_of(event)]
    assert asked == ([{"en": "Diet?"}] if along else [])
    of_it = select(func.count()).where(Participant.event_id == event.id)
    assert db.session.scalar(of_it) == 0


@pytest.mark.both_databases
def test_pressing_twice_makes_one_event_and_another_name_another() -> None:
    user = make_user()

    first, again, other = begin(user), begin(user), begin(user, first=SPRING + timedelta(days=7))

    assert first.id == again.id
    assert other.slug == "critical-minerals-kokkola-2"


def test_only_events_one_manages_can_be_copied_and_only_creators_make_any(
    client: PageClient,
) -> None:
    olli = make_user("Olli", creates_events=True)
    make_event("own", organiser=olli)
    looked_at = make_event("looked-at", organiser=olli)
    db.session.get_one(EventOrganiser, (looked_at.id, olli.id)).role = Role.VIEWER
    foreign = make_event("foreign", organiser=make_user("Ulla"))
    db.session.commit()

    page = client.sign_in(olli).get("/events/new")
    values = page.find("//input[@name='begun_from']/@value")
    assert values == ["two-day", "half-day", "hybrid", "event-1"]
    sent = {"name": NAME, "place": "Kokkola", "first": "2027-03-27", "languages": "en"}
    sent |= {"timezone": "Europe/Helsinki", "begun_from": f"event-{foreign.id}"}
    client.submit("/events/new", status=422, **sent)

    assert db.session.scalar(select(func.count(Event.id))) == 3
    PageClient(client.app).sign_in(make_user("Aino")).get("/events/new", status=404)


def test_what_was_typed_stays_beside_what_is_wrong(client: PageClient) -> None:
    olli = make_user("Olli", creates_events=True)
    with stopped_at(FIRST_SLOT):
        page = client.sign_in(olli).submit(
            "/events/new",
            status=422,
            name=NAME,
            place="",
            first="2020-01-01",
            last="2019-12-31",
            begun_from="hybrid",
            timezone="Europe/Helsinki",
        )

    assert page.find("//input[@name='name']/@value") == [NAME]
    assert page.find("//input[@name='begun_from'][@checked]/@value") == ["hybrid"]
    assert page.texts("//*[contains(@class, 'field-error')]/span") == [
        "Write the town it is held in, or “Online”.",
        "This day is over, or years away. Write a day to come.",
        "The last day comes after the first, within a month. Correct one of the two.",
        "Choose at least one language.",
    ]


def test_the_overview_lists_what_is_left_until_the_registration_opens(client: PageClient) -> None:
    olli = make_user("Olli", creates_events=True)
    event = begin(olli, "hybrid", first=date(2027, 3, 27))
    db.session.commit()
    path = f"/e/{event.slug}/organise/"

    page = client.sign_in(olli).get(path)
    assert page.texts("//section[@aria-labelledby='opening']/h2") == [
        "3 things left before people register"
    ]
    assert page.texts("//li[not(contains(@class, 'done'))][contains(@class, 'opening-step')]") == [
        "Texts Nobody can read yet what the event is about.",
        "Meeting points 10 video rooms have no link yet",
        "Data Not said yet until when data are kept.",
    ]
    for address in page.find("//li[contains(@class, 'opening-step')]/a/@href"):
        client.get(str(address))
    client.submit(f"{path}phase", on=path, phase="registration open")

    assert client.get(path).find("//section[@aria-labelledby='opening']") == []
