"""Sessions and visits that somebody attends take their time by themselves."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.agenda.personal import personal_agenda
from matchmaker.agenda.queries_free import free_at
from matchmaker.agenda.queries_hits import hits
from matchmaker.agenda.services import publish_run
from matchmaker.errors import Gone
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.matching.arrange import arrange
from matchmaker.matching.queries import snapshot_of
from matchmaker.merging.joining import drop, join_belongings
from matchmaker.programme.models import Session
from matchmaker.registration.models import Absence, Participant
from matchmaker.registration.models_sessions import SessionChoice
from matchmaker.registration.services import set_availability
from matchmaker.registration.services_sessions import (
    attend,
    share_sessions,
    stay_away,
    take_time_of,
)
from matchmaker.setup.part_sessions import Sessions
from matchmaker.setup.plan import Plan
from matchmaker.setup.services import carry_out, plan_of_undoing
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_participant,
    make_session,
    make_user,
    make_wish,
)
from tests.factories.runs import make_run
from tests.pages.client import PageClient
from tests.query_counter import counted_queries
from tests.setup.scene import edited

pytestmark = pytest.mark.usefixtures("context")

TWENTY = timedelta(minutes=20)
TIMES = "/e/kittila/register/availability"
BOTH = pytest.mark.both_databases


def visit(event: Event, *, after: int = 1, title: str = "The mine") -> Session:
    """One that takes the slot `after` the first ones, and by its way the ones beside it."""
    start = FIRST_SLOT + after * TWENTY
    session = make_session(event, title, start, start + TWENTY, room="Bus")
    session.travel_minutes = 20
    db.session.commit()
    return session


def away(person: Participant) -> list[tuple[int, int]]:
    """Absences as numbers of slots, counted from the first one."""
    db.session.refresh(person)
    return [
        ((one.starts_at - FIRST_SLOT) // TWENTY, (one.ends_at - FIRST_SLOT) // TWENTY)
        for one in person.absences
    ]


def choices(person: Participant) -> list[int]:
    own = select(SessionChoice.session_id).where(SessionChoice.participant_id == person.id)
    return sorted(db.session.scalars(own))


@BOTH
def test_nobody_meets_during_their_visit_nor_on_the_way() -> None:
    event = make_event(slots=4, phase=Phase.SCHEDULING)
    aino, marek = make_participant(event), make_participant(event, "Marek")
    make_wish(aino, marek)
    session = visit(event)

    assert (attend(aino, session), attend(aino, session)) == (True, False)
    db.session.commit()

    assert away(aino) == [(0, 3)]
    assert {m.slot.start for m in arrange(snapshot_of(event)).meetings} == {FIRST_SLOT + 3 * TWENTY}
    assert [free_at(slot) for slot in event.slots[2:]] == [{marek.id}, {aino.id, marek.id}]
    assert (stay_away(aino, session), stay_away(aino, session)) == (True, False)
    assert (away(aino), choices(aino)) == ([], [])


@BOTH
def test_slots_taken_off_and_sessions_leave_each_other_alone() -> None:
    event = make_event(slots=6)
    aino = make_participant(event)
    session = visit(event, after=4)
    attend(aino, session)
    free = {slot.starts_at for slot in event.slots[1:3]}
    taken = {slot.starts_at for slot in event.slots[3:]}

    set_availability(aino, free=free, max_meetings=None, unasked=taken)
    db.session.commit()

    assert sorted(away(aino)) == [(0, 1), (3, 6)]
    stay_away(aino, session)
    assert away(aino) == [(0, 1)]


@BOTH
def test_whoever_comes_for_several_organisations_is_at_the_session_in_each_role() -> None:
    event, cluster = make_event(slots=4), make_user("Katri")
    own = make_participant(event, "Katri", user=cluster)
    second = make_participant(event, "Katri", user=cluster, number=2)
    member = make_participant(event, "Mia", user=cluster, number=3, in_person=False)
    session = visit(event)

    attend(second, session)
    third = make_participant(event, "Katri", user=cluster, number=4)
    share_sessions(third)

    assert [away(one) for one in (own, second, third, member)] == [[(0, 3)]] * 3 + [[]]


@BOTH
def test_choices_of_two_registrations_of_one_person_are_joined() -> None:
    event = make_event(slots=8)
    kept, gone = make_participant(event), make_participant(event)
    mine, dinner = visit(event), visit(event, after=5, title="Dinner")
    for person, session in ((kept, mine), (gone, mine), (gone, dinner)):
        attend(person, session)

    join_belongings(kept, gone)
    take_time_of([kept.id])
    drop(gone)

    assert choices(kept) == [mine.id, dinner.id]
    assert away(kept) == [(0, 3), (4, 7)]


@BOTH
def test_the_time_moves_goes_and_comes_back_with_the_session(app: Flask) -> None:
    olli = make_user("Olli")
    event = make_event(organiser=olli, slots=6, phase=Phase.SCHEDULING)
    aino, marek = make_participant(event), make_participant(event, "Marek")
    session = visit(event)
    attend(aino, session)
    publish_run(event, make_run(event, (aino, marek, 4, 0)), olli)
    db.session.commit()

    def an_hour_later() -> Plan:
        day, typed = FIRST_SLOT.date().isoformat(), {"title": "The mine", "travel_minutes": "0"}
        return edited(app, Sessions(), event, session, day=day, start="14:20", end="14:40", **typed)

    plan = an_hour_later()
    touched = {each.kind: len(each.ids) for each in plan.touched}
    carry_out(
        event,
        olli,
        an_hour_later,
        fingerprint=plan.fingerprint,
    )
    moved = away(aino), [hit.kind for hit in hits(event.id)]
    gone = Sessions().removed(event, session, 0)
    carry_out(
        event, olli, lambda: Sessions().removed(event, session, 0), fingerprint=gone.fingerprint
    )
    without = away(aino)
    with pytest.raises(Gone):
        attend(marek, session)
    undone = plan_of_undoing(event)
    carry_out(event, olli, lambda: plan_of_undoing(event), fingerprint=undone.fingerprint)

    assert (touched["attending"], touched["fallen on"]) == (1, 1)
    assert moved == ([(4, 5)], ["away"])
    assert (without, away(aino)) == ([], [(4, 5)])
    assert {each.kind: each.ids for each in gone.touched}["attending"] == (aino.id,)


def test_a_session_is_chosen_beside_the_times_and_takes_its_slots(client: PageClient) -> None:
    event = make_event(slots=4)
    aino = make_participant(event)
    session = visit(event)
    client.sign_in(aino.user)

    boxes = [str(slot.id) for slot in event.slots[:3]]
    client.submit(f"{TIMES}/sessions/{session.id}/on", on=TIMES, free=boxes)
    page = client.get(TIMES)

    assert sorted(away(aino)) == [(0, 3), (3, 4)]
    assert page.texts("//*[@class='choice-taken-by']") == ["The mine"] * 3
    assert page.find("//input[@name='free']/@value") == [str(event.slots[3].id)]
    assert page.find("//li[@class='attend-row']//button/@aria-pressed") == ["true"]
    taken = [str(value) for value in page.find("//input[@name='taken']/@value")]
    stay_away(aino, session)
    db.session.commit()
    client.submit(TIMES, free=str(event.slots[3].id), taken=taken)  # a page opened before
    assert away(aino) == []


def test_a_session_left_on_another_device_gives_its_slots_back_to_what_is_typed(
    client: PageClient,
) -> None:
    event = make_event(slots=4)
    aino = make_participant(event)
    session = visit(event)
    attend(aino, session)
    db.session.commit()
    client.sign_in(aino.user)
    typed = {"taken": [str(slot.id) for slot in event.slots[:3]], "max_meetings": "x"}
    client.submit("/e/kittila/register/3/keep", on=TIMES, status=200, **typed)

    stay_away(aino, session)
    db.session.commit()
    kept, refused = client.get(TIMES), client.submit(TIMES, status=422, **typed)

    for page in (kept, refused):
        ticked = page.find("//input[@name='free'][@checked]/@value")
        assert ticked == [str(slot.id) for slot in event.slots[:3]]


def test_the_programme_says_what_clashes_and_how_to_go_on(client: PageClient) -> None:
    olli = make_user("Olli")
    event = make_event(organiser=olli, slots=6, phase=Phase.PUBLISHED)
    aino, bjorn = make_participant(event), make_participant(event, "Bjorn")
    publish_run(event, make_run(event, (aino, bjorn, 2, 0)), olli)
    mine, other = visit(event), visit(event, after=3, title="The mill")
    other_event = make_event(slug="kokkola")
    foreign = visit(other_event)
    client.sign_in(aino.user)
    page, press = "/e/kittila/programme/", "/e/kittila/programme/{}/attend"

    for session in (mine, other, mine):
        client.submit(press.format(session.id), on=page, attends="1")
    client.submit(press.format(foreign.id), on=page, attends="1", status=404)

    shown = client.get(page)
    assert choices(aino) == [mine.id, other.id]
    assert shown.find("//button[@name='attends']/@aria-pressed") == ["true", "true"]
    notes = shown.texts(f"//*[@id='session-{mine.id}']//*[@class='moment-note']")
    assert notes == [
        "Too close to “The mill”, which you attend too: choose one of the two.",
        "You meet Bjorn at 13:40. Move or cancel: Bjorn",
    ]
    agenda = client.get("/e/kittila/agenda")
    assert agenda.find("//li[contains(@class, 'moment')][@id]/@id") == [
        f"session-{mine.id}",
        f"session-{other.id}",
    ]
    client.submit(press.format(mine.id), on=page, page="agenda", attends="")
    assert choices(aino) == [other.id]


def test_a_visitor_and_one_who_is_out_see_no_buttons(client: PageClient) -> None:
    event = make_event()
    session = visit(event)

    assert not client.get("/e/kittila/programme/").find("//button[@name='attends']")
    client.http.post(f"/e/kittila/programme/{session.id}/attend", data={"attends": "1"})
    assert db.session.scalars(select(SessionChoice)).all() == []


def test_the_agenda_asks_the_same_however_many_sessions_are_attended() -> None:
    event = make_event(slots=6)
    aino = make_participant(event)
    queries = []
    for after in (1, 4):
        attend(aino, visit(event, after=after, title=f"Visit {after}"))
        db.session.commit()
        db.session.expire_all()
        with counted_queries() as counted:
            days = personal_agenda(aino).days
        queries.append(len(counted))

    assert [each.attended for own in days.values() for each in own] == [True, True]
    assert queries[0] == queries[1]


def test_the_organiser_sees_who_attends_what(client: PageClient) -> None:
    olli = make_user("Olli")
    event = make_event(organiser=olli)
    aino = make_participant(event)
    attend(aino, visit(event))
    db.session.commit()
    client.sign_in(olli)

    sessions = client.get("/e/kittila/organise/setup/sessions")
    person = client.get(f"/e/kittila/organise/people/{aino.id}")

    assert "20 minutes there, and back · 1 participant attends" in sessions.text
    assert person.texts("//section[h2='Sessions']//li")[0].endswith("The mine")
    assert db.session.scalar(select(Absence.session_id)) is not None
