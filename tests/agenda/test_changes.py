"""Participants cancel and move their meetings: both are told, calendars follow, time is free."""

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from icalendar import Calendar

from matchmaker import clock
from matchmaker.agenda.models import Meeting, MeetingMove, Seat
from matchmaker.agenda.queries_changes import Change, find_own_meeting
from matchmaker.agenda.queries_difference import difference
from matchmaker.agenda.services import publish_run
from matchmaker.agenda.services_changes import (
    accept_move,
    cancel_meeting,
    decline_move,
    propose_move,
)
from matchmaker.errors import Conflict, NotAllowed
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.decisions import reject, withdraw
from matchmaker.registration.models import Participant
from tests.factories.events import FIRST_SLOT, make_event, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import PageClient

BOTH = pytest.mark.both_databases


@pytest.fixture
def event(context: object):
    with clock.stopped_at(FIRST_SLOT - timedelta(days=2)), force_locale("en"):
        yield make_event()


@pytest.fixture
def aino(event: Event) -> Participant:
    """Aino, who meets Björn at 13:00 and Carla at 13:20."""
    aino, bjorn, carla = (make_participant(event, name) for name in ("Aino", "Björn", "Carla"))
    publish_run(event, make_run(event, (aino, bjorn, 0, 0), (aino, carla, 1, 0)), None)
    db.session.query(Mail).delete()
    db.session.commit()
    return aino


def with_bjorn(of: Participant) -> Change:
    return find_own_meeting(of, db.session.query(Meeting.id).order_by(Meeting.id).first()[0])


def bjorn_of(aino: Participant) -> Participant:
    return with_bjorn(aino).other


def told() -> list[tuple[str, str]]:
    mails = [(mail.address, mail.subject) for mail in db.session.query(Mail).order_by(Mail.id)]
    db.session.query(Mail).delete()
    db.session.commit()
    return sorted(mails)


def feed(app: Flask, person: Participant) -> dict[str, tuple[int, str, object]]:
    """Sequence, status and start of each meeting in the person's feed, by what it is called."""
    body = PageClient(app).http.get(f"/feeds/{person.feed_token}.ics").data
    return {
        str(entry["summary"]): (entry["sequence"], str(entry["status"]), entry["dtstart"].dt)
        for entry in Calendar.from_ical(body).walk("VEVENT")
    }


@BOTH
def test_cancelling_tells_both_and_frees_the_slot(aino: Participant) -> None:
    bjorn = bjorn_of(aino)

    assert cancel_meeting(aino, with_bjorn(aino))
    assert not cancel_meeting(bjorn, with_bjorn(bjorn))

    meeting = with_bjorn(aino).meeting
    assert (meeting.state, meeting.sequence) == ("cancelled", 1)
    assert db.session.query(Seat).filter_by(slot_id=meeting.slot_id).count() == 0
    assert told() == sorted(
        [
            (aino.user.email, "Cancelled: your meeting with Björn"),
            (bjorn.user.email, "Cancelled: your meeting with Aino"),
        ]
    )


@BOTH
def test_a_cancelled_meeting_is_not_planned_again(event: Event, aino: Participant) -> None:
    bjorn = bjorn_of(aino)
    run = make_run(event, (aino, bjorn, 2, 0))
    cancel_meeting(aino, with_bjorn(aino))

    changes = difference(run)

    assert changes.left_out == ((aino.id, bjorn.id),)


@BOTH
@pytest.mark.parametrize(
    ("hours", "before", "sentence"),
    [
        (None, 40, "the organiser changes meetings"),
        (3, 2.9, "less than 3 hours"),
        (0, -0.1, "has begun or is over"),
    ],
)
def test_the_event_says_until_when(
    event: Event, aino: Participant, hours: int | None, before: float, sentence: str
) -> None:
    event.change_hours = hours
    db.session.commit()
    with clock.stopped_at(FIRST_SLOT - timedelta(hours=before)):
        with pytest.raises(NotAllowed, match=sentence):
            cancel_meeting(aino, with_bjorn(aino))
        with pytest.raises(NotAllowed, match=sentence):
            propose_move(aino, with_bjorn(aino), event.slots[3].id)

    assert with_bjorn(aino).meeting.state == "confirmed"


@BOTH
def test_moving_asks_the_other_side(event: Event, aino: Participant) -> None:
    bjorn, slot = bjorn_of(aino), event.slots[3]

    propose_move(aino, with_bjorn(aino), slot.id)
    propose_move(aino, with_bjorn(aino), slot.id)
    asked = told()
    accept_move(bjorn, with_bjorn(bjorn))
    accept_move(bjorn, with_bjorn(bjorn))

    meeting = with_bjorn(aino).meeting
    assert asked == [(bjorn.user.email, "Aino would like to meet you at another time")]
    assert (meeting.slot_id, meeting.sequence, meeting.kept) == (slot.id, 1, True)
    assert db.session.query(Seat).filter_by(slot_id=event.slots[0].id).count() == 0
    assert told() == sorted(
        [
            (aino.user.email, "Moved: your meeting with Björn"),
            (bjorn.user.email, "Moved: your meeting with Aino"),
        ]
    )


@BOTH
def test_declining_and_taking_back_leave_the_meeting(event: Event, aino: Participant) -> None:
    bjorn = bjorn_of(aino)
    propose_move(aino, with_bjorn(aino), event.slots[3].id)
    decline_move(bjorn, with_bjorn(bjorn))
    propose_move(bjorn, with_bjorn(bjorn), event.slots[2].id)
    decline_move(bjorn, with_bjorn(bjorn))

    assert accept_move(aino, with_bjorn(aino)) is None
    moves = db.session.query(MeetingMove).order_by(MeetingMove.id)
    assert [move.state for move in moves] == ["declined", "withdrawn"]
    assert with_bjorn(aino).meeting.slot_id == event.slots[0].id
    assert (aino.user.email, "Your meeting with Björn stays where it is") in told()


@BOTH
def test_a_time_taken_meanwhile_is_refused(event: Event, aino: Participant) -> None:
    bjorn = bjorn_of(aino)
    with pytest.raises(Conflict, match="is taken meanwhile"):
        propose_move(aino, with_bjorn(aino), event.slots[1].id)
    propose_move(aino, with_bjorn(aino), event.slots[3].id)
    carla = make_participant(event, "Dora")
    publish_run(event, make_run(event, (aino, bjorn, 0, 0), (aino, carla, 3, 1)), None)

    with pytest.raises(Conflict, match="is taken meanwhile"):
        accept_move(bjorn, with_bjorn(bjorn))

    assert with_bjorn(aino).meeting.slot_id == event.slots[0].id


@BOTH
def test_a_proposal_is_void_once_the_meeting_moved(event: Event, aino: Participant) -> None:
    bjorn = bjorn_of(aino)
    propose_move(aino, with_bjorn(aino), event.slots[3].id)
    publish_run(event, make_run(event, (aino, bjorn, 2, 0)), None)

    assert accept_move(bjorn, with_bjorn(bjorn)) is None
    assert propose_move(aino, with_bjorn(aino), event.slots[0].id).state == "pending"


@BOTH
def test_two_who_propose_the_same_time_agree(event: Event, aino: Participant) -> None:
    bjorn = bjorn_of(aino)
    propose_move(aino, with_bjorn(aino), event.slots[3].id)

    assert propose_move(bjorn, with_bjorn(bjorn), event.slots[3].id).state == "accepted"


@BOTH
def test_nobody_floods_the_other_with_proposals(event: Event, aino: Participant) -> None:
    for number in (2, 3, 2):
        propose_move(aino, with_bjorn(aino), event.slots[number].id)

    with pytest.raises(NotAllowed, match="3 times for this meeting within a day"):
        propose_move(aino, with_bjorn(aino), event.slots[3].id)


@BOTH
@pytest.mark.parametrize("how", ["withdraws", "is rejected"])
def test_who_leaves_meets_nobody_and_the_others_are_told_at_once(
    event: Event, aino: Participant, how: str
) -> None:
    if how == "withdraws":
        withdraw(aino)
    else:
        reject(aino, make_user("Olli"))
    db.session.commit()

    assert {meeting.state for meeting in db.session.query(Meeting)} == {"cancelled"}
    assert db.session.query(Seat).count() == 0
    cancelled = [address for address, subject in told() if subject.startswith("Cancelled")]
    others = db.session.query(Participant).filter(Participant.name.in_(("Björn", "Carla")))
    assert cancelled == sorted(person.user.email for person in others)


def test_pages_and_feeds_follow_at_once(app: Flask, event: Event, aino: Participant) -> None:
    bjorn = bjorn_of(aino)
    path = f"/e/kittila/agenda/meetings/{with_bjorn(aino).meeting.id}"
    slot = event.slots[3].id
    one, other = PageClient(app).sign_in(aino.user), PageClient(app).sign_in(bjorn.user)
    assert one.get(path).heading == "Meeting with Björn"

    one.submit(f"{path}/move", on=path, time=str(slot))
    assert "Aino proposes" in other.get(path).texts("//h2")[1]
    assert "They would like another time" in other.get("/e/kittila/requests").texts("//h2")
    other.submit(f"{path}/move/accept", on=path)
    moved = feed(app, aino)["Meeting with Björn, " + bjorn.organisation.name]
    other.submit(f"{path}/cancel", on=path)

    assert moved == (1, "CONFIRMED", FIRST_SLOT + timedelta(hours=1))
    cancelled = feed(app, aino)[f"Cancelled: Meeting with Björn, {bjorn.organisation.name}"]
    assert cancelled[:2] == (2, "CANCELLED")
    page = one.get(path)
    assert "Cancelled" in page.text
    changing = "//form[contains(@action, '/meetings/') and not(contains(@action, '/note'))]"
    assert page.find(changing) == []


def test_nobody_changes_the_meeting_of_others(app: Flask, event: Event, aino: Participant) -> None:
    stranger = PageClient(app).sign_in(make_participant(event, "Dora").user)
    path = f"/e/kittila/agenda/meetings/{with_bjorn(aino).meeting.id}"
    token = stranger.token("/e/kittila/people")

    stranger.get(path, status=404)
    for verb in ("cancel", "move", "move/accept", "move/decline"):
        answer = stranger.http.post(f"{path}/{verb}", data={"csrf_token": token})
        assert answer.status_code == 404

    assert with_bjorn(aino).meeting.state == "confirmed"
