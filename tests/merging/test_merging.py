"""Two registrations become one: all that either had, nothing twice, and a "no" kept."""

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting, Seat
from matchmaker.audit.models import AuditEntry
from matchmaker.errors import Conflict
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.merging.choices import print_of
from matchmaker.merging.joining import MOVED, MOVED_BY_KEY
from matchmaker.merging.services import merge
from matchmaker.messages.models import Mail
from matchmaker.people.models import Mark
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_tags import Tag
from matchmaker.tables import metadata
from matchmaker.wishes.models import Request, RequestState, Wish
from tests.factories.events import make_event, make_item, make_participant, make_user, make_wish
from tests.pages.client import PageClient, reload

pytestmark = pytest.mark.usefixtures("context")
both_databases = pytest.mark.both_databases
PEOPLE = "/e/kittila/organise/people"
# What goes with the row that goes, or is joined pair by pair.
JOINED = {
    *("wish", "mark", "request", "meeting", "seat", "item", "consent", "absence"),
    *("meeting_word", "meeting_outcome"),
}
GOES = {
    "unsaved",
    "advice_put_off",
    "handover",
    "run_meeting",
    "run_unplaced",
    "agenda_step",
    "apart",
}


@pytest.fixture
def olli(context: object) -> User:
    return make_user("Olli Organiser")


@pytest.fixture
def event(olli: User) -> Event:
    return make_event(organiser=olli)


@pytest.fixture
def two(event: Event) -> tuple[Participant, Participant]:
    return make_participant(event, "Aino"), make_participant(event, "Aino Niskala")


def join(olli: User, a: Participant, b: Participant, **given: str) -> Participant:
    kept = merge(a.event, olli, (a.id, b.id), given, print_of(a, b))
    db.session.commit()
    return kept


def ask(asker: Participant, answerer: Participant, state: str) -> None:
    db.session.add(
        Request(
            event_id=asker.event_id,
            asker_id=asker.id,
            answerer_id=answerer.id,
            state=RequestState(state),
        )
    )
    db.session.commit()


def meet(
    a: Participant, b: Participant, slot: int, point: int = 0, *, state: str = "confirmed"
) -> Meeting:
    event = a.event
    first, second = sorted((a.id, b.id))
    meeting = Meeting(
        event_id=event.id,
        uid=f"{a.id}-{b.id}",
        a_id=first,
        b_id=second,
        slot_id=event.slots[slot].id,
        point_id=event.points[point].id,
        state=state,
        value=1,
        reasons="[]",
    )
    if state == "confirmed":
        meeting.seats = [
            Seat(participant_id=one, slot_id=event.slots[slot].id) for one in (first, second)
        ]
    db.session.add(meeting)
    db.session.commit()
    return meeting


def test_every_table_of_participants_is_dealt_with() -> None:
    moved = {column.class_.__tablename__ for column in MOVED}
    by_key = {table.__tablename__ for table, _key in MOVED_BY_KEY}
    referring = {
        table.name
        for table in metadata.sorted_tables
        for column in table.c
        for key in column.foreign_keys
        if key.column.table.name == "participant"
    }

    assert referring == moved | by_key | JOINED | GOES


@both_databases
def test_what_both_said_of_people_is_joined_and_a_no_is_kept(
    olli: User, event: Event, two: tuple[Participant, Participant]
) -> None:
    a, b = two
    bertta, cecilia = make_participant(event, "Bertta"), make_participant(event, "Cecilia")
    make_wish(a, bertta, "want")
    make_wish(b, bertta, "must")
    make_wish(a, b, "must")
    make_wish(cecilia, a, "must")
    make_wish(cecilia, b, "no")
    make_wish(b, cecilia, "no")
    ask(a, bertta, "declined")
    ask(b, bertta, "accepted")
    ask(a, cecilia, "pending")
    ask(a, b, "pending")
    db.session.add_all([Mark(person_id=one.id, other_id=bertta.id, kind="bookmark") for one in two])
    db.session.commit()

    kept = join(olli, a, b)

    said = db.session.execute(select(Wish.person_id, Wish.other_id, Wish.level)).all()
    assert set(said) == {
        (kept.id, bertta.id, "must"),
        (kept.id, cecilia.id, "no"),
        (cecilia.id, kept.id, "no"),
    }
    asked = db.session.execute(select(Request.asker_id, Request.answerer_id, Request.state)).all()
    assert set(asked) == {
        (kept.id, bertta.id, "accepted"),
        (kept.id, cecilia.id, "withdrawn"),
    }
    marks = db.session.execute(select(Mark.person_id, Mark.other_id)).all()
    assert marks == [(kept.id, bertta.id)]


@both_databases
def test_fields_are_as_chosen_and_the_rest_is_joined_logged_and_told(
    olli: User, event: Event, two: tuple[Participant, Participant]
) -> None:
    a, b = two
    a.status, b.phone, b.listed_at = Status.PENDING, "+358 40 1", None
    for one, title in ((a, "Drying"), (b, "drying "), (b, "Water")):
        make_item(one, "offer", title)
    db.session.add_all([Tag(participant_id=a.id, tag="vip"), Tag(participant_id=b.id, tag="vip")])
    db.session.commit()
    addresses, former = {a.user.email, b.user.email}, a.id

    kept = join(olli, a, b, email="b", name="a", phone="b", status="b")

    assert (kept.id, kept.name, kept.phone, kept.status) == (b.id, "Aino", "+358 40 1", "approved")
    assert kept.listed_at is None
    assert db.session.get(Participant, former) is None
    items = select(Item.title).where(Item.participant_id == kept.id)
    in_order = items.order_by(Item.position, Item.id)
    assert db.session.scalars(in_order).all() == ["drying ", "Water"]
    assert db.session.scalars(select(Tag.participant_id)).all() == [kept.id]
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject) == ("participants merged", kept.ref)
    assert entry.details["name"] == ["Aino Niskala", "Aino"]
    assert set(db.session.scalars(select(Mail.address))) == addresses


@both_databases
def test_meetings_are_joined_and_calendars_told(
    olli: User, event: Event, two: tuple[Participant, Participant]
) -> None:
    a, b = two
    bertta, cecilia = make_participant(event, "Bertta"), make_participant(event, "Cecilia")
    meet(a, bertta, 0)
    moved = meet(b, cecilia, 1)
    meet(b, bertta, 2, state="cancelled")

    kept = join(olli, a, b)

    pairs = select(Meeting.a_id, Meeting.b_id, Meeting.state).order_by(Meeting.b_id)
    assert db.session.execute(pairs).all() == [
        (kept.id, bertta.id, "confirmed"),
        (kept.id, cecilia.id, "confirmed"),
    ]
    assert reload(moved).sequence == 1
    seats = select(Seat.slot_id).where(Seat.participant_id == kept.id).order_by(Seat.slot_id)
    assert db.session.scalars(seats).all() == [slot.id for slot in event.slots[:2]]


@pytest.mark.parametrize(
    ("meetings", "sentence"),
    [
        (
            [(0, 2, 0, 0), (1, 3, 0, 1)],
            "Both have a meeting at the same time: Wednesday 28 April, 13:00.",
        ),
        ([(0, 2, 0, 0), (1, 2, 1, 0)], "Both meet Bertta. Cancel one of the meetings first."),
        ([(0, 1, 0, 0)], "They have a meeting with each other: Wednesday 28 April, 13:00."),
    ],
)
def test_meetings_that_clash_are_refused_with_the_reason_and_nothing_changes(
    olli: User,
    event: Event,
    two: tuple[Participant, Participant],
    meetings: list[tuple[int, int, int, int]],
    sentence: str,
) -> None:
    people = [*two, make_participant(event, "Bertta"), make_participant(event, "Cecilia")]
    for a, b, slot, point in meetings:
        meet(people[a], people[b], slot, point)

    with pytest.raises(Conflict) as refusal:
        join(olli, *two)
    db.session.rollback()

    assert sentence in refusal.value.sentence
    assert len(db.session.scalars(select(Participant)).all()) == 4


def test_the_pages_lead_from_the_pair_to_one_and_a_second_press_does_nothing(
    client: PageClient, olli: User, event: Event, two: tuple[Participant, Participant]
) -> None:
    a, b = two
    a.phone = b.phone = "+358 40 123 4567"
    make_wish(make_participant(event, "Bertta"), a, "no")
    client.sign_in(olli)

    found = client.get(f"{PEOPLE}/duplicates")
    path = found.find("//main//a[normalize-space()='Compare']/@href")[0]
    compared = client.get(path)
    asked = f"{path}/confirm?email=b&name=a"
    seen = client.get(asked).find("//input[@name='seen']/@value")[0]
    sent = {"seen": seen, "email": "b", "name": "a"}
    client.submit(path, on=asked, **sent)
    client.submit(path, on=PEOPLE, status=409, **sent)

    assert found.heading == "1 pair may be one person"
    assert compared.texts("//dd[../dt='Wishes']") == ["0 + 0"]
    assert [
        one.name for one in db.session.scalars(select(Participant).order_by(Participant.id))
    ] == [
        "Aino",
        "Bertta",
    ]


def test_two_people_who_look_alike_are_not_asked_about_again(
    client: PageClient, olli: User, event: Event, two: tuple[Participant, Participant]
) -> None:
    for one in two:
        one.phone = "+358 40 123 4567"
    db.session.commit()
    client.sign_in(olli)
    path = f"{PEOPLE}/{two[1].id}/merge/{two[0].id}"

    for _press in range(2):
        client.submit(f"{path}/apart", on=path)

    assert client.get(f"{PEOPLE}/duplicates").heading == "Nobody seems to be here twice"
    logged = db.session.scalars(select(AuditEntry.action)).all()
    assert logged == ["participants kept apart"]


def test_what_changed_meanwhile_is_looked_at_again(
    client: PageClient, olli: User, event: Event, two: tuple[Participant, Participant]
) -> None:
    a, b = two
    path = f"{PEOPLE}/{a.id}/merge/{b.id}"
    client.sign_in(olli)
    seen = client.get(f"{path}/confirm").find("//input[@name='seen']/@value")[0]
    b.phone = "+358 50 1"
    db.session.commit()
    client.submit(path, on=f"{path}/confirm", status=409, seen=seen)
    stranger = make_participant(make_event("kokkola"), "Ulla")
    client.get(f"{PEOPLE}/{a.id}/merge/{stranger.id}", status=404)
    client.get(f"{PEOPLE}/{a.id}/merge/{a.id}", status=404)

    assert len(db.session.scalars(select(Participant)).all()) == 3
