"""Meetings by video and at booths: where they are put, and who learns the way in."""

import pytest

from matchmaker.agenda.board import FORBIDDEN, Board
from matchmaker.agenda.free_times import common_slots, fitting_points
from matchmaker.agenda.models import Meeting
from matchmaker.agenda.services import publish_run
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant
from matchmaker.registration.models_points import Booth, VideoRoom
from matchmaker.registration.queries_points import link_of
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import PageClient

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def event() -> Event:
    """Table 1, a booth and a video room."""
    event = make_event(phase=Phase.PUBLISHED, points=3, organiser=make_user("Olli"))
    event.points[1].kind, event.points[2].kind = "booth", "video"
    event.points[2].name, link = "Room 1", "https://meet.example/{room}"
    db.session.add(VideoRoom(point_id=event.points[2].id, link=link, key="k"))
    db.session.commit()
    return event


@pytest.fixture
def three(event: Event) -> list[Participant]:
    return [make_participant(event, name) for name in ("Aino", "Björn", "Carla")]


@pytest.mark.both_databases
def test_a_meeting_is_put_where_its_two_may_meet(event: Event, three: list[Participant]) -> None:
    aino, bjorn, carla = three
    table, booth, room = (point.id for point in event.points)

    assert fitting_points(event, aino.id, bjorn.id) == {table, booth}
    db.session.add(Booth(point_id=booth, participant_id=bjorn.id))
    carla.online = True
    db.session.commit()

    assert fitting_points(event, aino.id, bjorn.id) == {booth}
    assert fitting_points(event, bjorn.id, carla.id) == {room}
    publish_run(event, make_run(event, (aino, carla, 0, 2)), None)
    db.session.commit()
    starts = [slot.starts_at for slot in event.slots]
    assert [slot.starts_at for slot in common_slots(bjorn, carla)] == starts[1:]
    targets = Board(event, make_user()).targets((aino.id, carla.id), event.points)
    target = targets[event.slots[1].id, table]
    assert (target.level, target.why) == (
        FORBIDDEN,
        "These two meet at another kind of meeting point.",
    )


def test_only_the_two_who_meet_learn_the_way_into_the_room(
    client: PageClient, event: Event, three: list[Participant]
) -> None:
    aino, bjorn, carla = three
    carla.online = True
    publish_run(event, make_run(event, (aino, carla, 0, 2), (aino, bjorn, 1, 0)), None)
    db.session.commit()
    meeting = db.session.query(Meeting).filter_by(b_id=carla.id).one()
    room = db.session.get(VideoRoom, meeting.point_id)
    link = link_of(room, meeting.uid)
    path = f"/e/kittila/agenda/meetings/{meeting.id}"

    for person in (aino, carla):
        client.sign_in(person.user)
        assert client.get("/e/kittila/agenda").find(f"//a[@href='{link}']") != []
        assert client.get(path).texts(f"//a[@href='{link}']") == ["Join the video room"]
        feed = client.http.get(f"/feeds/{person.feed_token}.ics").text.replace("\r\n ", "")
        assert f"LOCATION:Room 1\\, {link}" in feed
        assert f"CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL=Room 1;VALUE=URI:{link}" in feed
        assert link in db.session.query(Mail).filter_by(user_id=person.user_id).one().text
    client.sign_in(bjorn.user)
    assert link not in client.http.get("/e/kittila/agenda").text
    assert link not in client.http.get(f"/feeds/{bjorn.feed_token}.ics").text
    assert link not in db.session.query(Mail).filter_by(user_id=bjorn.user_id).one().text


def test_who_registers_says_whether_they_come_where_there_are_rooms(
    client: PageClient, event: Event, three: list[Participant]
) -> None:
    aino, path = three[0], "/e/kittila/register/availability"
    client.sign_in(aino.user)

    assert client.get(path).find("//input[@name='online'][@checked]") == []
    client.submit(path, free=[str(slot.id) for slot in event.slots], online="y")
    assert client.get(path).find("//input[@name='online'][@checked]") != []

    make_participant(make_event("kokkola"), "Aino", user=aino.user)
    assert client.get("/e/kokkola/register/availability").find("//input[@name='online']") == []
