"""Repair: something happens after publishing, as few meetings as possible change with it."""

import re

from flask import Flask
from sqlalchemy import select

from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.agenda.personal import feed_agenda
from matchmaker.agenda.personal_calendar import calendar_of
from matchmaker.agenda.services import publish_run
from matchmaker.agenda.services_placing import release
from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.models import Run
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant, Status
from tests.agenda.repairing import REPAIR, say, work_out
from tests.factories.events import make_event, make_participant, make_wish
from tests.factories.runs import make_run
from tests.pages.client import PageClient, reload
from tests.query_counter import counted_queries


def meeting(one: Participant, other: Participant) -> Meeting:
    a_id, b_id = sorted((one.id, other.id))
    row = db.session.scalar(select(Meeting).where(Meeting.a_id == a_id, Meeting.b_id == b_id))
    assert row is not None
    return row


def publish(client: PageClient, run: Run, note: str = "") -> None:
    client.submit(
        f"/e/kittila/organise/runs/{run.number}/publish", on=f"{REPAIR}/{run.number}", note=note
    )
    db.session.expire_all()


def calendars(people: list[Participant]) -> list[bytes]:
    """What their phones read, but for the time of writing."""
    return [
        re.sub(rb"DTSTAMP:\w+", b"", calendar_of(feed_agenda(reload(person)))) for person in people
    ]


def mailed() -> list[str]:
    return sorted(db.session.scalars(select(Mail.address)))


def test_a_lost_table_moves_its_meetings_and_leaves_all_other_calendars_byte_for_byte(
    app: Flask, client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    _aino, _bjorn, carla, dora, *_others = six
    others = [person for person in six if person not in (carla, dora)]
    before = calendars(others)

    say(client, "point", point=event.points[1].id)
    run = work_out(app, client)
    page = client.get(f"{REPAIR}/{run.number}")
    publish(client, run, note="Table 2 is broken.\nSorry!")

    assert page.heading == "1 meeting changes its time or is called off"
    assert "Provably no fewer than 1 has to." in page.text
    moved = meeting(carla, dora)
    assert (moved.state, moved.point_id, moved.sequence) == ("confirmed", event.points[0].id, 1)
    assert calendars(others) == before
    assert mailed() == sorted((carla.user.email, dora.user.email))
    assert "> Table 2 is broken.\n> Sorry!" in db.session.scalars(select(Mail.text)).first()


def test_who_does_not_come_loses_meetings_and_the_others_get_what_fits(
    app: Flask, client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    aino, bjorn, _carla, dora, elias, frida = six
    make_wish(dora, aino)
    db.session.commit()
    say(client, "gone", person=bjorn.id)
    page = client.get(REPAIR)
    before = calendars([elias, frida])

    run = work_out(app, client)
    publish(client, run)

    assert page.heading == "1 thing changed since agenda 1"
    assert "Björn no longer takes part" in page.text
    assert meeting(aino, bjorn).state == "cancelled"
    assert meeting(aino, dora).state == "confirmed"
    assert calendars([elias, frida]) == before
    assert bjorn.user.email not in mailed()
    assert client.get(REPAIR).heading == "Nothing stands in the way of agenda 2"


def test_several_things_are_said_and_taken_back_and_nobody_is_told_until_publishing(
    client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    aino, bjorn, *_others = six
    say(client, "late", person=aino.id, start=event.slots[2].id)
    say(client, "gone", person=bjorn.id)
    say(client, "time", start=event.slots[1].id)

    page = client.get(REPAIR)
    for action in page.find("//form[contains(@action, 'take-back')]/@action"):
        client.submit(str(action), on=REPAIR)

    assert page.heading == "2 things changed since agenda 1"
    assert "Aino is away from Wed 28 Apr 13:00 until Wed 28 Apr 13:40" in page.text
    assert client.get(REPAIR).heading == "Nothing stands in the way of agenda 1"
    assert reload(bjorn).status == Status.APPROVED
    assert mailed() == []
    told = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [action for action in told if action.startswith("disruption")] == [
        *["disruption told"] * 3,
        *["disruption taken back"] * 3,
    ]


def test_a_locked_meeting_stays_unless_it_can_no_longer_be_held(
    app: Flask, client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    aino, bjorn, carla, dora, *_others = six
    for pair in ((aino, bjorn), (carla, dora)):
        meeting(*pair).locked = True
    db.session.commit()

    say(client, "time", start=event.slots[0].id)
    say(client, "point", point=event.points[0].id, start=event.slots[1].id)
    run = work_out(app, client)
    publish(client, run)

    lost = event.slots[0].id
    assert meeting(aino, bjorn).slot_id != lost
    assert meeting(carla, dora).slot_id != lost


def test_what_people_called_off_themselves_is_offered_to_be_filled(
    client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    release(meeting(six[0], six[1]))
    db.session.commit()

    page = client.get(REPAIR)

    assert page.heading == "1 thing changed since agenda 1"
    assert "Aino and Björn" in page.text


def test_what_is_missing_is_asked_at_its_field_and_what_was_chosen_stays(
    client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    page = client.submit(REPAIR, status=422, kind="late", person="0", start=str(event.slots[1].id))

    assert "Choose who it is." in page.text
    assert page.find("//input[@name='kind'][@checked]/@value") == ["late"]


def test_two_organisers_publish_at_once_and_the_second_is_told(
    client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    run = make_run(event, (six[0], six[1], 2, 0))
    other = make_run(event, (six[0], six[1], 3, 0))
    address = f"/e/kittila/organise/runs/{run.number}"
    review = client.get(f"{address}/review")
    form = dict.fromkeys(("in_force",), review.find("//input[@name='in_force']/@value")[0])
    publish_run(event, other, None)
    db.session.commit()

    again = client.submit(
        f"{address}/publish", on=f"{address}/review", status=409, note="Sorry!", **form
    )

    assert meeting(six[0], six[1]).slot_id == event.slots[3].id
    assert "Agenda 2 was published meanwhile" in again.text
    assert again.find("//input[@name='in_force']/@value") == ["2"]
    assert again.texts("//textarea") == ["Sorry!"]


def test_things_of_another_event_are_not_found(
    client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    other = make_event("kokkola")
    run = make_run(other)

    client.get(f"{REPAIR}/{run.number + 7}", status=404)
    page = client.submit(
        REPAIR, status=422, kind="gone", person=str(make_participant(other, "Secret").id)
    )

    assert "Secret" not in page.text


def test_the_page_costs_the_same_however_much_has_happened(
    client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    costs = []
    for person in (six[0], six[2]):
        say(client, "gone", person=person.id)
        with counted_queries() as queries:
            client.get(REPAIR)
        costs.append(len(queries))

    assert costs[0] == costs[1]
