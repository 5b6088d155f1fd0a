"""The organiser's log: newest first, found by person, action and text, narrowed, taken away."""

from contextvars import Context
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.audit.services import record
from matchmaker.events.models import Event
from matchmaker.extensions import db
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import Page, PageClient
from tests.query_counter import counted_queries

both_databases = pytest.mark.both_databases
LOG = "/e/kittila/organise/log"
NOON = datetime(2027, 4, 28, 12, tzinfo=UTC)


@pytest.fixture
def olli(context: object, client: PageClient) -> User:
    olli = make_user("Olli Organiser")
    client.sign_in(olli)
    return olli


@pytest.fixture
def event(olli: User) -> Event:
    return make_event(organiser=olli)


def enter(event: Event, number: int) -> None:
    rows = [
        {"event_id": event.id, "at": NOON + timedelta(minutes=n), "action": "run noted"}
        | {"subject": f"run {n}", "details": {"before": {"note": ""}, "after": {"note": f"N{n}"}}}
        for n in range(number)
    ]
    db.session.execute(insert(AuditEntry), rows)
    db.session.commit()


def done(page: Page) -> list[str]:
    return page.texts("//ol[@class='log']//strong")


def test_an_entry_says_in_words_who_did_what_to_whom_and_from_what_to_what(
    client: PageClient, event: Event, olli: User
) -> None:
    aino = make_participant(event, "Äinö Niskala")
    record(
        "participant approved",
        event_id=event.id,
        actor_id=olli.id,
        subject=aino.ref,
        status=["pending", "approved"],
    )
    record("draft changed", event_id=event.id, actor_id=olli.id, before=None, after=[1, 1])
    db.session.commit()

    page = client.get(LOG)

    lines = [text.split(" ", 1)[1] for text in page.texts("//ol[@class='log']/li")]
    slot = event.slots[0]
    assert slot.id == 1
    assert lines == [
        "Meeting changed on the grid · Olli Organiser"
        " Place: – → Wednesday 28 April, 13:00 · Table 1",
        "Registration approved · Äinö Niskala · Olli Organiser State: Waiting → In",
    ]
    person = f"/e/kittila/organise/people/{aino.id}"
    assert page.find("//ol[@class='log']//a/@href") == [person]
    assert "Registration approved" in client.get(person).text


@both_databases
def test_it_is_found_by_person_action_text_actor_and_day(
    client: PageClient, event: Event, olli: User
) -> None:
    aino = make_participant(event, "Äinö Niskala")
    about: dict[str, Any] = {"event_id": event.id, "actor_id": olli.id}
    record("participant approved", subject=aino.ref, **about)
    record("phase moved", subject="kittila", phase=["draft", "live"], **about)
    record("event settings changed", name=["Kuu", "Tähti"], **about).at = NOON
    record("run stopped", event_id=event.id, actor_id=None)
    foreign = make_event("kokkola")
    record("run deleted", event_id=foreign.id, actor_id=olli.id)
    db.session.commit()

    found = {
        "q=äinö": ["Registration approved"],
        "q=approv": ["Registration approved"],
        "q=TÄHTI": ["Settings changed"],
        "q=tähti": ["Settings changed"],
        "day=2027-04-28": ["Settings changed"],
        "actor=system": ["Run stopped"],
        "action=phase+moved&q=olli": ["Phase moved"],
        f"about={aino.ref}": ["Registration approved"],
        "q=100%25": [],
        "actor=x&day=y&before=99999": 4,
        "day=0001-01-01": 4,
        "day=9999-12-31": 4,
    }
    for query, expected in found.items():
        lines = done(client.get(f"{LOG}?{query}"))
        assert (len(lines) if isinstance(expected, int) else lines) == expected, query


@both_databases
def test_pages_take_the_same_queries_and_miss_and_repeat_nothing(
    client: PageClient, event: Event
) -> None:
    enter(event, 3)
    with counted_queries() as few:
        client.get(LOG)
    enter(event, 120)
    with counted_queries() as many:
        first = client.get(LOG)
    second = client.get(first.find("//a[@rel='next']/@href")[0])
    third = client.get(second.find("//a[@rel='next']/@href")[0])

    assert len(many) == len(few)
    told = [each for page in (first, second, third) for each in page.texts("//li/div/p[2]")]
    assert sorted(told) == sorted(f"Note: – → N{n}" for n in (*range(3), *range(120)))
    assert told[0] == "Note: – → N119"
    assert not third.find("//a[@rel='next']")


def test_the_table_holds_all_that_fits_and_computes_nothing(
    client: PageClient, event: Event, olli: User
) -> None:
    enter(event, 60)
    record("view saved", event_id=event.id, actor_id=olli.id, subject="=1+1", filter=["", "q=a"])
    db.session.commit()

    def whole() -> tuple[bool, str]:
        sent = FlaskClient.open(client.http, f"{LOG}.csv")
        assert sent.headers["Content-Disposition"] == "attachment; filename=kittila-log.csv"
        return sent.is_streamed, sent.get_data(as_text=True)

    db.session.rollback()
    is_streamed, text = Context().run(whole)
    saved = client.http.get(f"{LOG}.csv?action=view+saved").get_data(as_text=True)

    assert is_streamed, "it is sent while it is read, however long it is"
    assert len(text.splitlines()) == 62
    assert saved.startswith("\ufeffWhen,Who,What was done,About,From what to what\r\n")
    assert saved.endswith("Olli Organiser,View saved,'=1+1,Filter: – → q=a\r\n")


def test_only_organisers_read_it(client: PageClient, event: Event) -> None:
    client.sign_in(make_participant(event, "Aino").user)

    client.get(LOG, status=404)
    client.get(f"{LOG}.csv", status=404)
