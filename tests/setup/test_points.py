"""Meeting points by kind: many at once, booths kept for somebody, video rooms with a link."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting
from matchmaker.agenda.services import publish_run
from matchmaker.audit.models import AuditEntry
from matchmaker.clock import stopped_at
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event, MeetingPoint
from matchmaker.extensions import db
from matchmaker.matching.codec import from_json, to_json
from matchmaker.matching.queries import snapshot_of
from matchmaker.messages.models import Mail
from matchmaker.privacy.scrubbing import without_people
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.queries_points import booths_of, link_of, room_links, rooms_of
from matchmaker.setup.queries_points import PointSaid
from matchmaker.setup.services_points import add_points, change_point, link_rooms
from tests.factories.events import FIRST_SLOT, make_event, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import PageClient

pytestmark = pytest.mark.usefixtures("context")

POINTS = "/e/kittila/organise/points"
ROOMS = "https://meet.example/{room}"


@pytest.fixture
def olli() -> User:
    return make_user("Olli Organiser")


@pytest.fixture
def event(olli: User) -> Event:
    return make_event(organiser=olli)


def names(event: Event) -> list[str]:
    own = select(MeetingPoint.name).where(MeetingPoint.event_id == event.id)
    return list(db.session.scalars(own.order_by(MeetingPoint.position)))


@pytest.mark.both_databases
def test_many_are_added_at_once_and_count_on(olli: User, event: Event) -> None:
    add_points(event, olli, "table", 28)
    add_points(event, olli, "video", 2, ROOMS)

    assert names(event)[-3:] == ["Table 30", "Video room 1", "Video room 2"]
    assert room_links(event) == {"Video room 1": ROOMS, "Video room 2": ROOMS}
    logged = select(AuditEntry.action).order_by(AuditEntry.id)
    assert db.session.scalars(logged).all() == ["meeting points added"] * 2


@pytest.mark.both_databases
def test_a_booth_is_kept_for_one_person_and_no_other_booth_is(olli: User, event: Event) -> None:
    aino = make_participant(event, "Aino Niskala")
    waiting = make_participant(event, "Marek", status=Status.PENDING)
    one, other = event.points
    change_point(event, olli, one, PointSaid("Booth of Aino", "booth", aino.ref))
    db.session.commit()

    with pytest.raises(Conflict):
        change_point(event, olli, other, PointSaid("Booth", "booth", aino.ref))
    with pytest.raises(Invalid):
        change_point(event, olli, other, PointSaid("Booth", "booth", waiting.ref))

    assert booths_of(event) == {one.id: aino.id}
    assert not change_point(event, olli, one, PointSaid("Booth of Aino", "booth", aino.ref))
    change_point(event, olli, one, PointSaid("Booth of Aino", "table"))
    assert booths_of(event) == {}


def test_whose_booth_was_taken_out_gets_another(olli: User, event: Event) -> None:
    aino = make_participant(event, "Aino Niskala")
    one, other = event.points
    change_point(event, olli, one, PointSaid("Booth", "booth", aino.ref))
    one.event_id, one.removed_from_id = None, event.id
    db.session.commit()

    change_point(event, olli, other, PointSaid("Another booth", "booth", aino.ref))

    assert booths_of(event) == {other.id: aino.id}


def test_what_a_run_keeps_forgets_whose_booth_it_was(olli: User, event: Event) -> None:
    aino = make_participant(event, "Aino Niskala")
    change_point(event, olli, event.points[0], PointSaid("Booth", "booth", aino.ref))
    kept = to_json(snapshot_of(event))

    assert from_json(kept).points[0].kept_for == aino.ref
    assert aino.ref not in without_people(kept, frozenset({aino.ref}))


def test_several_rooms_need_a_name_for_each_meeting(olli: User, event: Event) -> None:
    with pytest.raises(Invalid) as refused:
        add_points(event, olli, "video", 3, "https://meet.example/one")
    add_points(event, olli, "video", 3, ROOMS)

    assert "With one link for several rooms all would meet in one." in refused.value.sentence
    assert set(room_links(event).values()) == {ROOMS}
    assert link_rooms(event, olli, "https://other.example/{room}") == 3


def test_a_room_has_a_name_of_its_own_for_each_meeting_that_stays(olli: User, event: Event) -> None:
    add_points(event, olli, "video", 1, ROOMS)
    (room,) = rooms_of(event).values()

    one, other = link_of(room, "a@kittila"), link_of(room, "b@kittila")
    link_rooms(event, olli, "https://other.example/{room}")

    assert one.startswith("https://meet.example/")
    assert len(one.rpartition("/")[2]) == 24
    assert one != other
    assert link_of(room, "a@kittila").rpartition("/")[2] == one.rpartition("/")[2]


def test_a_point_where_meetings_are_published_keeps_its_kind(
    client: PageClient, olli: User, event: Event
) -> None:
    aino, marek = make_participant(event, "Aino"), make_participant(event, "Marek")
    make_run(event, (aino, marek, 0, 0))
    client.sign_in(olli).submit("/e/kittila/organise/runs/1/publish", on="/account")
    point = event.points[0]

    path = f"{POINTS}/{point.id}"
    told = client.submit(path, status=409, name="Room", kind="video", link=ROOMS, whose="")

    assert "Published meetings are held here, so it stays what it is." in told.text
    assert told.find("//input[@name='name']/@value") == ["Room"]


def test_another_name_first_shows_who_meets_there(
    client: PageClient, olli: User, event: Event
) -> None:
    people = [make_participant(event, name) for name in ("Aino", "Marek", "Claire", "Dora")]
    aino, marek, claire, dora = people
    publish_run(event, make_run(event, (aino, marek, 0, 0), (claire, dora, 0, 1)), None)
    db.session.execute(delete(Mail))
    db.session.commit()
    path = f"{POINTS}/{event.points[0].id}"
    typed = {"name": "Reindeer", "kind": "table", "link": "", "whose": ""}
    client.sign_in(olli)
    before = {one.name: feed(client, one) for one in people}

    shown = client.submit(path, status=200, **typed)
    assert shown.texts("//main//section/h2") == [
        *("Before and after", "1 published meeting is held there")
    ]
    assert shown.texts("//main//section//li") == ["Aino – Marek · Wed 28 Apr 13:00 · Table 1"]
    assert (names(event)[0], db.session.query(Mail).count()) == ("Table 1", 0)
    again = client.submit(path, status=409, **typed, fingerprint="another")
    assert "Something changed since you saw this" in again.text
    (fingerprint,) = shown.find("//input[@name='fingerprint']/@value")
    client.submit(path, **typed, fingerprint=str(fingerprint), note="By the fire.")

    mails = {mail.user_id: mail for mail in db.session.scalars(select(Mail))}
    assert set(mails) == {aino.user_id, marek.user_id}
    text = " ".join(mails[aino.user_id].text.split())
    assert "13:00–13:20, Reindeer: Marek" in text
    assert "(was Wed 28 Apr, 13:00, Table 1)" in text
    assert "> By the fire." in text
    after = {one.name: feed(client, one) for one in people}
    assert [name for name in before if before[name] != after[name]] == ["Aino", "Marek"]
    assert "SEQUENCE:1" in after["Aino"]
    assert "Reindeer" in after["Aino"]


def feed(client: PageClient, person: Participant) -> str:
    """What a calendar reads that follows this person's agenda, without its stamps."""
    text = client.http.get(f"/feeds/{person.feed_token}.ics").get_data(as_text=True)
    return "\n".join(line for line in text.splitlines() if not line.startswith("DTSTAMP"))


def test_the_last_video_room_becomes_a_table_only_after_a_warning(
    client: PageClient, olli: User, event: Event
) -> None:
    make_participant(event, "Aino").online = True
    add_points(event, olli, "video", 2, ROOMS)
    db.session.commit()
    client.sign_in(olli)
    first, last = (f"{POINTS}/{point.id}" for point in event.points[-2:])
    typed = {"name": "Round table", "kind": "table", "link": "", "whose": ""}

    client.submit(first, **typed)
    warned = client.submit(last, status=200, **typed | {"name": "Another table"})

    told = "1 participant takes part online, and this is the last video room"
    assert told in warned.texts("//main//section/h2")
    assert names(event)[-2:] == ["Round table", "Video room 2"]
    (fingerprint,) = warned.find("//input[@name='fingerprint']/@value")
    client.submit(last, **typed | {"name": "Another table"}, fingerprint=str(fingerprint))
    assert names(event)[-1] == "Another table"


@pytest.mark.both_databases
def test_another_link_is_told_to_those_who_meet_there_and_to_nobody_else(
    olli: User, event: Event
) -> None:
    add_points(event, olli, "video", 2, ROOMS)
    first, second = event.points[-2:]
    people = [make_participant(event, name) for name in ("Aino", "Marek", "Claire", "Dora")]
    aino, marek, claire, dora = people
    publish_run(event, make_run(event, (aino, marek, 0, 2), (claire, dora, 0, 3)), None)
    db.session.execute(delete(Mail))
    db.session.commit()

    with stopped_at(FIRST_SLOT - timedelta(days=1)):
        change_point(event, olli, first, PointSaid(first.name, "video", link=f"{ROOMS}-new"))
        change_point(event, olli, second, PointSaid(second.name, "video", link=ROOMS))

    mails = {mail.user_id: mail for mail in db.session.scalars(select(Mail))}
    assert set(mails) == {aino.user_id, marek.user_id}
    assert mails[aino.user_id].subject == "Moved: your meeting with Marek"
    assert "https://meet.example/" in mails[aino.user_id].text
    numbers = select(Meeting.point_id, Meeting.sequence)
    assert dict(db.session.execute(numbers).all()) == {first.id: 1, second.id: 0}

    with stopped_at(FIRST_SLOT + timedelta(days=1)):
        link_rooms(event, olli, f"{ROOMS}-later")

    assert db.session.query(Mail).count() == 2, "nobody is told of a meeting that was"


def test_another_link_for_all_rooms_is_looked_at_first_and_none_is_replaced_unseen(
    client: PageClient, olli: User, event: Event
) -> None:
    add_points(event, olli, "video", 2, ROOMS)
    aino, marek = make_participant(event, "Aino"), make_participant(event, "Marek")
    publish_run(event, make_run(event, (aino, marek, 0, 2)), None)
    db.session.execute(delete(Mail))
    db.session.commit()
    client.sign_in(olli)
    path, typed = f"{POINTS}/link", {"room_link": f"{ROOMS}-new"}

    shown = client.submit(path, on=POINTS, status=200, **typed)
    assert shown.texts("//main//section/h2") == [
        *("Before and after", "1 published meeting is held there")
    ]
    assert shown.texts("//dl/dd") == [f"{ROOMS} → {ROOMS}-new"]
    assert (set(room_links(event).values()), db.session.query(Mail).count()) == ({ROOMS}, 0)
    (fingerprint,) = shown.find("//input[@name='fingerprint']/@value")
    link_rooms(event, olli, f"{ROOMS}-theirs")
    db.session.execute(delete(Mail))
    db.session.commit()
    confirmed = {**typed, "fingerprint": str(fingerprint), "note": "The other failed."}
    again = client.submit(path, on=POINTS, status=409, **confirmed)
    assert again.texts("//dl/dd") == [f"{ROOMS}-theirs → {ROOMS}-new"]
    (confirmed["fingerprint"],) = again.find("//input[@name='fingerprint']/@value")
    client.submit(path, on=POINTS, **confirmed)

    assert set(room_links(event).values()) == {f"{ROOMS}-new"}
    mails = db.session.scalars(select(Mail)).all()
    assert {mail.user_id for mail in mails} == {aino.user_id, marek.user_id}
    assert all("> The other failed." in mail.text for mail in mails)


def test_the_page_names_whose_and_where_and_what_is_missing(
    client: PageClient, olli: User, event: Event
) -> None:
    aino = make_participant(event, "Aino Niskala")
    client.sign_in(olli).submit(POINTS, number="2", kind="video", link="")
    point = event.points[1].id
    client.submit(f"{POINTS}/{point}", name="B 1", kind="booth", whose=f"Aino ({aino.ref})")

    page = client.get(POINTS)
    assert page.heading == "4 meeting points"
    assert page.texts("//li[@class='point']") == [
        *("Table 1", "B 1 Aino Niskala", "Video room 1 No link yet", "Video room 2 No link yet")
    ]
    refused = client.submit(f"{POINTS}/link", on=POINTS, status=422, room_link="meet.example")
    assert "Write the whole address, with https:// in front." in refused.text
    client.submit(f"{POINTS}/link", on=POINTS, room_link=ROOMS)
    assert "No link yet" not in client.get(POINTS).text
    offered = client.get(f"{POINTS}/people?q=niska")
    assert offered.find("//li/@data-value") == [f"Aino Niskala ({aino.ref})"]
    assert client.get(f"{POINTS}/{point}").find("//input[@name='whose']/@value") == [
        f"Aino Niskala ({aino.ref})"
    ]


def test_a_second_click_adds_none_and_who_saves_second_is_shown_both(
    client: PageClient, event: Event, olli: User
) -> None:
    client.sign_in(olli)
    path, number = f"{POINTS}/{event.points[0].id}", str(len(event.points))
    was = str(client.get(path).find("//input[@name='was']/@value")[0])
    client.submit(POINTS, number="2", kind="table", there=number)
    client.submit(path, name="By the door", kind="table", was=was)

    again = client.submit(POINTS, status=409, number="2", kind="table", there=number)
    late = client.submit(path, status=409, name="Window", kind="table", was=was)
    seen = str(late.find("//input[@name='was']/@value")[0])
    client.submit(path, name="Window", kind="table", was=seen)

    assert "so this added none" in again.text
    assert late.texts("//tbody//*[self::th or self::td]") == ["Name", "Window", "By the door"]
    assert names(event)[0] == "Window"
    assert len(names(event)) == int(number) + 2
