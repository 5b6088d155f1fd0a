"""An event goes out of the database into files and comes back in, and nothing is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.clock import stopped_at
from matchmaker.demo.event import DemoEvent, build_demo
from matchmaker.demo.services import load_demo
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.events.weights import Weights
from matchmaker.exchange.bodies import share_bodies
from matchmaker.exchange.placing import place_files
from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.services import event_files, import_event
from matchmaker.extensions import db
from matchmaker.matching.queries import snapshot_of
from matchmaker.matching.snapshot import (
    Block,
    Interval,
    Item,
    Person,
    Point,
    Session,
    Settings,
    Snapshot,
    Topic,
    Wish,
)
from matchmaker.organisations.models import Organisation
from matchmaker.own_texts import OwnText
from matchmaker.registration.models import Participant
from tests.factories.events import make_organisation, make_user
from tests.query_counter import counted_queries

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]

AUTUMN = date(2026, 11, 21)


def at(hour: int, minute: int = 0, *, day: int = 28) -> datetime:
    return datetime(2027, 4, day, hour, minute, tzinfo=UTC)


AINO = Person(
    id="aino",
    name="Aino Niskala 🦌",
    email="aino@kierto.example",
    type="SME",
    organisation="Pohjolan Kierto Oy",
    country="FI",
    region="FI1D7",
    languages=("fi", "en"),
    max_meetings=0,
    absences=(Interval(at(10), at(10, 20)),),
    sessions=("key", "mine"),
    items=(
        Item("offer", "tailings", "Dry tailings treatment", "For a mine,\nby 2028"),
        Item("need", "", "Ore-sorting sensors"),
        Item(
            "offer",
            "raw",
            "Kaivosveden puhdistus",
            "Talvella",
            category="technology",
            stage="field",
            ipr="granted",
            cooperation=("licence", "supply"),
            partner_kinds=("SME", "large company"),
            partner_role="Test it in a mine",
            language="fi",
            texts=(
                OwnText("en", "Mine-water cleaning", "In winter"),
                OwnText("sv", "Rening", role="Prova"),
            ),
        ),
    ),
)
OIVA = replace(
    AINO,
    id="oiva",
    name="Oiva",
    email="oiva@kierto.example",
    country="SE",
    region="",
    online=True,
)
TUULI = replace(AINO, id="tuuli", name="Tuuli", email="tuuli@kierto.example", region="")
ULLA = replace(AINO, id="ulla", name="Ulla", email="ulla@kierto.example", country="", region="")
MAREK = Person("marek", "Marek Zieliński", "marek@silesia.example", "cluster", "Silesia Mining")

SMALL = Snapshot(
    name="Sustainable raw materials",
    slug="kittila",
    place="Kittilä, Lapland",
    timezone="Europe/Helsinki",
    organiser_email="office@lapland.example",
    topics=(Topic("tailings", "Tailings", "raw"), Topic("raw", "Raw materials")),
    blocks=(Block(at(10), at(11, 10), 20), Block(at(6, day=29), at(21, day=29), 30)),
    points=(
        Point("Table 2"),
        Point("Booth", "booth", kept_for="oiva"),
        Point("Room", "video", link="https://meet.example/{room}"),
        Point("Table 10"),
    ),
    sessions=(
        Session("Keynote", at(6), at(7), "Main hall", id="key", speaker="Maija, LME"),
        Session("Round table", at(6), at(8)),
        Session(
            "The mine",
            at(8),
            at(9),
            "Bus",
            id="mine",
            travel_minutes=45,
            abstract="Boots are lent.\n\nBring a coat.",
        ),
    ),
    people=(MAREK, AINO, OIVA, TUULI, ULLA),
    wishes=(Wish("marek", "aino", "must"), Wish("aino", "marek", "no")),
    accepted=frozenset({("marek", "oiva")}),
    settings=Settings(
        consent="suggest",
        max_meetings=7,
        most_in_a_row=3,
        weights=Weights(must=31, same_topic=0),
        may_meet=frozenset({("SME", "cluster"), ("policymaker", "SME")}),
        preferred=frozenset({("SME", "cluster")}),
    ),
)
WITHOUT_PROGRAMME = replace(
    SMALL, sessions=(), people=tuple(replace(person, sessions=()) for person in SMALL.people)
)


@pytest.fixture
def owner() -> User:
    return make_user("Olli Organiser", creates_events=True)


@pytest.fixture(scope="module")
def demo() -> DemoEvent:
    return build_demo(AUTUMN)


def enter(snapshot: Snapshot, owner: User) -> Event:
    event = import_event(snapshot, owner)
    db.session.commit()
    return event


def unslugged(files: dict[str, bytes]) -> dict[str, bytes]:
    event = b"\n".join(
        line for line in files["event.toml"].splitlines() if not line.startswith(b"slug = ")
    )
    return files | {"event.toml": event}


def without_pictures(files: dict[str, bytes]) -> dict[str, bytes]:
    """What comes in is made anew, so its bytes are others."""
    return {name: text for name, text in unslugged(files).items() if "/" not in name}


def test_what_is_entered_is_read_back_exactly(owner: User) -> None:
    event = enter(SMALL, owner)

    assert snapshot_of(event) == SMALL


def test_everybody_may_meet_everybody_where_nothing_else_is_said(owner: User) -> None:
    event = enter(replace(SMALL, settings=Settings()), owner)

    pairs = {(a, b) for a in ("SME", "cluster") for b in ("SME", "cluster")}
    assert snapshot_of(event).settings == Settings(may_meet=frozenset(pairs))


def test_an_entered_event_is_a_draft_of_its_owner(owner: User) -> None:
    event = enter(SMALL, owner)

    assert (event.phase, [row.user_id for row in event.organisers]) == (Phase.DRAFT, [owner.id])
    assert (event.starts_on, event.ends_on) == (date(2027, 4, 28), date(2027, 4, 29))
    assert len(event.slots) == 33
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_id) == ("event imported", owner.id)


def test_what_ends_at_midnight_is_not_on_the_next_day(owner: User) -> None:
    until_midnight = replace(WITHOUT_PROGRAMME, blocks=(Block(at(18), at(21), 20),))

    event = enter(until_midnight, owner)

    assert (event.starts_on, event.ends_on) == (date(2027, 4, 28), date(2027, 4, 28))


def test_an_event_without_times_is_today(owner: User) -> None:
    with stopped_at(at(22)):
        event = enter(replace(WITHOUT_PROGRAMME, blocks=()), owner)

    assert (event.starts_on, event.ends_on) == (date(2027, 4, 29), date(2027, 4, 29))


def test_accounts_and_organisations_are_found_again(owner: User) -> None:
    known = make_user("Aino N.", email="Aino@Kierto.example")
    firm = make_organisation("POHJOLAN KIERTO OY", country="FI")

    event = enter(SMALL, owner)

    aino = db.session.scalars(
        select(Participant).where(Participant.ref == "aino", Participant.event_id == event.id)
    ).one()
    assert (aino.user_id, aino.name, known.name) == (known.id, "Aino Niskala 🦌", "Aino N.")
    assert aino.organisation_id == firm.id


def test_a_new_organisation_gets_the_country_and_region_of_its_people(owner: User) -> None:
    enter(replace(SMALL, people=(ULLA, TUULI, AINO), wishes=(), accepted=frozenset()), owner)

    firm = db.session.scalars(select(Organisation)).one()
    assert (firm.country, firm.region) == ("FI", "FI1D7")


def test_a_taken_slug_is_refused(owner: User) -> None:
    enter(SMALL, owner)

    with pytest.raises(Conflict, match=r"already is an event with the slug kittila\. Choose"):
        import_event(SMALL, owner)


def test_all_addresses_that_cannot_be_are_named_at_once(owner: User) -> None:
    twice = replace(AINO, id="oiva", email="AINO@kierto.example", name="aino  Niskala 🦌")
    nowhere = replace(TUULI, email="tuuli@kierto.test")

    with pytest.raises(Invalid) as refusal:
        import_event(replace(SMALL, people=(MAREK, AINO, twice, nowhere)), owner)

    first, second = refusal.value.sentence.splitlines()
    assert "Participants aino and oiva have the same e-mail address" in first
    assert "tuuli@kierto.test of participant tuuli cannot sign in here" in second


def test_one_address_may_hold_several_organisations(owner: User) -> None:
    member = replace(AINO, id="aino-2", organisation="Pohjolan Malmi Oy", items=())
    looked_after = replace(OIVA, email=AINO.email)
    people = share_bodies((AINO, member, looked_after, MAREK))

    event = enter(replace(SMALL, people=people), owner)

    held = db.session.scalars(select(Participant).order_by(Participant.id)).all()
    assert len({one.user_id for one in held}) == 2
    assert [(one.number, one.in_person) for one in held] == [
        (1, True),
        (2, True),
        (3, False),
        (1, True),
    ]
    assert [person.body for person in snapshot_of(event).people] == ["aino", "aino", "", ""]


def test_all_that_people_say_is_entered_in_two_statements(owner: User) -> None:
    crowd = tuple(
        replace(AINO, id=f"p{n}", email=f"p{n}@kierto.example", items=AINO.items * 10)
        for n in range(20)
    )
    wishes = tuple(Wish(a.id, b.id, "want") for a in crowd for b in crowd if a is not b)

    with counted_queries() as statements:
        enter(replace(SMALL, people=crowd, wishes=wishes, accepted=frozenset()), owner)

    said = [s for s in statements if s.startswith(("INSERT INTO item", "INSERT INTO wish"))]
    assert len(said) == 2


def test_the_demonstration_goes_round_byte_for_byte(demo: DemoEvent, tmp_path: Path) -> None:
    """Loading it takes a second, so all is looked at together."""
    event = load_demo(demo)
    db.session.commit()
    first, owner = event_files(event), db.session.get_one(User, event.organisers[0].user_id)
    place_files(tmp_path / "event", first)

    all_of_it_is_in_the_database(demo, event)
    rows = first["participants.csv"].decode().splitlines()[1:]
    assert {row.partition(",")[0] for row in rows} == demo.consented, "whoever agreed to be shown"
    copy = enter(replace(read_folder(tmp_path / "event"), slug="copy"), owner)

    assert without_pictures(event_files(copy)) == without_pictures(first)
    assert event_files(copy).keys() == first.keys()
    assert b'slug = "copy"' in event_files(copy)["event.toml"]


def all_of_it_is_in_the_database(demo: DemoEvent, event: Event) -> None:
    found = snapshot_of(event, with_unlisted=True)
    wishes = tuple(sorted(found.wishes, key=lambda wish: (wish.person, wish.other)))
    assert replace(found, wishes=wishes) == demo.snapshot
    everybody = db.session.scalar(select(func.count()).select_from(Participant))
    assert everybody == len(demo.snapshot.people) + len(demo.applicants)
