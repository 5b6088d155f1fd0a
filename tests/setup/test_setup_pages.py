"""The organiser's pages of the set-up: shown first, confirmed, told apart when two edit at once."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.agenda.services import publish_run
from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.events.services import add_organiser
from matchmaker.exchange.services import event_files
from matchmaker.extensions import db
from matchmaker.programme.models import Session
from matchmaker.setup.editing import PARTS
from tests.factories.events import (
    make_event,
    make_item,
    make_participant,
    make_user,
)
from tests.factories.runs import make_run
from tests.pages.client import Page, PageClient, reload
from tests.query_counter import counted_queries

pytestmark = pytest.mark.usefixtures("context")

SETUP = "/e/kittila/organise/setup"


@pytest.fixture
def olli(client: PageClient) -> User:
    olli = make_user("Olli Organiser")
    client.sign_in(olli)
    return olli


@pytest.fixture
def event(olli: User) -> Event:
    return make_event(organiser=olli, phase=Phase.SCHEDULING)


def confirm(client: PageClient, shown: Page, *, status: int = 302, **more: str) -> Page:
    """Send the form of a preview, as the page gave it."""
    form = shown.find("//main//form[@method='post']")[0]
    values: dict[str, list[str]] = {}
    for field in form.xpath(".//input[@type='hidden' or @checked]"):
        values.setdefault(field.get("name"), []).append(field.get("value"))
    sent = {name: given for name, given in values.items() if name != "csrf_token"}
    return client.submit(form.get("action"), on=f"{SETUP}/zone", status=status, **sent | more)


def block(**more: str) -> dict[str, Any]:
    typed = {"day": "2027-04-28", "start": "13:00", "end": "14:20", "minutes": "20", "pause": "0"}
    return typed | {"seen": "0"} | more


def test_a_block_is_added_once_its_times_were_seen(client: PageClient, event: Event) -> None:
    typed = block(day="2027-04-29", start="09:00", end="10:30", minutes="25", pause="5")

    shown = client.submit(f"{SETUP}/times/new", status=200, **typed)

    assert shown.texts("//ol[@class='setup-times']/li") == [
        "09:00–09:25",
        "09:30–09:55",
        "10:00–10:25",
    ]
    assert len(reload(event).slots) == 4
    confirm(client, shown)
    assert len(reload(event).slots) == 7
    assert "Thursday 29 April" in client.get(f"{SETUP}/times").text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("end", "12:00", "It ends before it begins."),
        ("minutes", "90", "Not even one meeting fits."),
        ("start", "12:30", "There is a block at this time"),
        ("lunch_from", "13:30", "Give both times of the lunch, or neither."),
        ("day", "0001-01-01", "The year cannot be right."),
        ("day", "9999-12-31", "The year cannot be right."),
    ],
)
def test_a_wrong_time_says_what_would_be_right(
    client: PageClient, event: Event, field: str, value: str, sentence: str
) -> None:
    page = client.submit(f"{SETUP}/times/new", status=422, **block(**{field: value}))

    assert sentence in page.text
    assert page.find(f"//input[@name='{field}']/@value") == [value]


def test_taking_a_table_out_names_the_meeting_and_leads_to_the_repair(
    client: PageClient, event: Event, olli: User
) -> None:
    aino, marek = make_participant(event), make_participant(event, "Marek Zieliński")
    publish_run(event, make_run(event, (aino, marek, 0, 0)), olli)
    db.session.commit()
    table = event.points[0].id

    shown = client.get(f"{SETUP}/points/{table}/remove")

    assert "Aino Niskala – Marek Zieliński · Wed 28 Apr 13:00 · Table 1" in shown.text
    answer = confirm(client, shown)
    assert answer.response.headers["Location"] == "/e/kittila/organise/repair"
    assert "Table 1 is no longer there" in client.get("/e/kittila/organise/repair").text
    undoing = client.get(f"{SETUP}/undo")
    assert "Made by Olli Organiser" in undoing.text
    confirm(client, undoing)
    assert [point.name for point in reload(event).points] == ["Table 1", "Table 2"]
    confirm(client, shown, status=302)
    assert [point.name for point in reload(event).points] == ["Table 2"]


def test_a_topic_goes_with_its_offers_to_the_one_that_is_chosen(
    client: PageClient, event: Event
) -> None:
    raw, digital = event.topics
    item = make_item(make_participant(event), "offer", "Ore sorting", topic="raw")

    shown = client.get(f"{SETUP}/topics/{raw.id}/remove?to={digital.id}")
    confirm(client, shown)

    assert "Aino Niskala: Ore sorting" in shown.text
    assert reload(item).topic_id == digital.id


def test_the_second_of_two_organisers_is_told_by_whom_and_sees_both_versions(
    client: PageClient, event: Event, olli: User
) -> None:
    lea = make_user("Lea Kollega")
    add_organiser(event, lea)
    topic = event.topics[0].id
    db.session.commit()
    typed: dict[str, Any] = {"name": "Critical minerals", "parent": "0", "seen": "0"}
    client.submit(f"{SETUP}/topics/{topic}", **typed)
    client.sign_in(lea)

    told = client.submit(
        f"{SETUP}/topics/{topic}", status=409, **typed | {"name": "Raw materials of the Arctic"}
    )

    assert "Somebody else changed this while you had it open: Olli Organiser" in told.text
    assert told.texts("//table/tbody/tr/*") == [
        "Name",
        "Raw materials of the Arctic",
        "Critical minerals",
    ]
    assert told.find("//input[@name='name']/@value") == ["Raw materials of the Arctic"]
    assert reload(event).topics[0].name == "Critical minerals"
    seen = str(told.find("//input[@name='seen']/@value")[0])
    client.submit(
        f"{SETUP}/topics/{topic}", **typed | {"name": "Raw materials of the Arctic", "seen": seen}
    )
    assert reload(event).topics[0].name == "Raw materials of the Arctic"


@pytest.mark.parametrize(
    ("part", "typed", "field", "theirs", "mine", "told"),
    [
        ("times", block(), "end", "15:00", "15:20", ["Ends", "15:20", "15:00"]),
        (
            "zone",
            {"keep": "clock"},
            *("timezone", "Europe/Lisbon", "Europe/Warsaw"),
            ["Time zone", "Europe / Warsaw", "Europe / Lisbon"],
        ),
        ("matrix", {"sees": "1-2"}, "asks", "1-2", "2-1", ["Who may ask whom"]),
    ],
)
def test_of_every_part_the_second_to_save_sees_both_versions(
    client: PageClient,
    event: Event,
    part: str,
    typed: dict[str, str],
    field: str,
    theirs: str,
    mine: str,
    told: list[str],
) -> None:
    rows = PARTS[part].entries(event)
    path = f"{SETUP}/{part}/{rows[0].id}" if rows else f"{SETUP}/{part}"
    status = 200 if part in ("times", "zone") else 302
    first = client.submit(path, status=status, **typed | {field: theirs, "seen": "0"})
    if status == 200:
        confirm(client, first)
    before = event_files(reload(event))

    second = client.submit(path, status=409, **typed | {field: mine, "seen": "0"})

    assert second.texts("//table/tbody/tr/*")[: len(told)] == told
    assert event_files(reload(event)) == before


def test_what_one_took_out_while_another_typed_can_be_added_anew(
    client: PageClient, event: Event
) -> None:
    topic = event.topics[1].id
    confirm(client, client.get(f"{SETUP}/topics/{topic}/remove"))

    told = client.submit(
        f"{SETUP}/topics/{topic}", on=f"{SETUP}/zone", status=409, name="Digital twins", parent="0"
    )

    assert "took this out while you had it open" in told.text
    assert told.find("//input[@name='name']/@value") == ["Digital twins"]
    assert told.find("//form[input[@name='seen']]/@action") == [f"{SETUP}/topics/new"]


def test_sessions_are_entered_and_each_step_is_in_the_log(client: PageClient, event: Event) -> None:
    typed: dict[str, Any] = {
        "title": "Keynote",
        "day": "2027-04-28",
        "start": "09:00",
        "end": "10:00",
        "seen": "0",
    }
    shown = client.submit(f"{SETUP}/sessions/new", **typed)

    session = db.session.scalars(select(Session)).one()
    late = typed | {"start": "22:00", "end": "00:30", "seen": "1"}
    client.submit(f"{SETUP}/sessions/{session.id}", **late)
    assert f"{reload(session).ends_at - session.starts_at}" == "2:30:00"
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).first()
    assert entry is not None
    assert shown.response.headers["Location"] == f"{SETUP}/sessions"
    assert (entry.action, entry.subject, entry.details["after"]["title"]) == (
        "set-up changed",
        "Keynote",
        "Keynote",
    )


def test_the_order_of_types_changes_by_one_place(client: PageClient, event: Event) -> None:
    first = event.types[0].id
    for _time in range(2):
        client.submit(f"{SETUP}/types/{first}/down", on=f"{SETUP}/types")
    client.submit(f"{SETUP}/types/{first}/down", on=f"{SETUP}/types")

    assert [kind.name for kind in reload(event).types] == ["policymaker", "SME", "cluster"]


def test_nothing_of_another_event_is_found_through_this_one(
    client: PageClient, event: Event
) -> None:
    other = make_event("kokkola")

    for part, row in (
        ("times", other.blocks[0]),
        ("types", other.types[0]),
        ("topics", other.topics[0]),
        ("points", other.points[0]),
    ):
        client.get(f"{SETUP}/{part}/{row.id}/remove", status=404)
    client.get(f"{SETUP}/surprises", status=404)


def test_everybody_whom_it_hits_is_named(client: PageClient, event: Event) -> None:
    one = event.types[0]
    for number in range(9):
        make_participant(event, f"Person {number}", type_name=one.name)

    page = client.get(f"{SETUP}/types/{one.id}/remove")

    assert page.texts("//main//li") == [f"Person {number}" for number in range(9)]
    assert page.texts("//details/summary") == ["and 1 more"]


def test_what_is_shown_costs_the_same_for_one_meeting_and_for_many(
    client: PageClient, event: Event, olli: User
) -> None:
    people = [make_participant(event, f"Person {n}") for n in range(8)]
    publish_run(event, make_run(event, (people[0], people[1], 0, 0)), olli)
    db.session.commit()
    path = f"{SETUP}/times/{event.blocks[0].id}/remove"
    with counted_queries() as few:
        client.get(path)
    places = [(people[2 * n], people[2 * n + 1], n, 0) for n in range(4)]
    publish_run(event, make_run(event, *places), olli)
    db.session.commit()
    with counted_queries() as many:
        shown = client.get(path)

    assert "4 published meetings lose their time or place" in shown.text
    assert len(many) == len(few)
