"""An event in the database and its snapshot say the same."""

from datetime import timedelta

import pytest
from flask.ctx import AppContext

from matchmaker.events.models import Topic, TypePermission
from matchmaker.events.weights import Weights
from matchmaker.extensions import db
from matchmaker.matching.queries import snapshot_for, snapshot_of
from matchmaker.matching.snapshot import (
    Block,
    Interval,
    Item,
    Person,
    Point,
    Session,
    Settings,
    Snapshot,
    Wish,
)
from matchmaker.matching.snapshot import Topic as SnapshotTopic
from matchmaker.programme.models import Session as ProgrammeSession
from matchmaker.registration.models import Absence, Status
from matchmaker.wishes.models import Request, RequestState
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_item,
    make_organisation,
    make_participant,
    make_user,
    make_wish,
)
from tests.query_counter import counted_queries

pytestmark = pytest.mark.both_databases
LENGTH = timedelta(minutes=20)


def make_request(asker, answerer, state=RequestState.ACCEPTED):
    db.session.add(
        Request(event_id=asker.event_id, asker_id=asker.id, answerer_id=answerer.id, state=state)
    )
    db.session.commit()


def make_whole_event():
    event = make_event(slots=3)
    event.weights = {"must": 40, "forgotten": 3}
    event.topics.append(Topic(key="tailings", name="Tailings", parent=event.topics[0], position=2))
    talk = {"title": "Keynote", "room": "Hall", "starts_at": FIRST_SLOT}
    db.session.add(ProgrammeSession(event_id=event.id, ends_at=FIRST_SLOT + LENGTH, **talk))
    kierto = make_organisation("Pohjolan Kierto Oy", country="FI")
    kierto.region = "FI1D7"
    aino = make_participant(
        event, organisation=kierto, user=make_user(email="aino@kierto.example"), max_meetings=4
    )
    aino.absences = [Absence(starts_at=FIRST_SLOT, ends_at=FIRST_SLOT + LENGTH)]
    make_item(aino, "need", "Dry tailings treatment", topic="tailings", text="For one mine")
    return event, aino


def make_cluster(event, name="Marek Zieliński"):
    silesia = make_organisation("Silesia Mining Cluster", kind="cluster", country="PL")
    return make_participant(event, name, organisation=silesia, type_name="cluster")


def test_the_snapshot_holds_everything_the_event_says(context: AppContext) -> None:
    event, aino = make_whole_event()
    marek = make_cluster(event)
    make_wish(marek, aino, "must")
    make_request(aino, marek)

    snapshot = snapshot_of(event)

    settings = Settings(consent="wishes", max_meetings=10, weights=Weights(must=40))
    every_type = frozenset((a.name, b.name) for a in event.types for b in event.types)
    assert snapshot == Snapshot(
        name="A sustainable approach to raw materials",
        slug="kittila",
        place="Kittilä, Lapland",
        timezone="Europe/Helsinki",
        organiser_email="organiser@matchmaker.example",
        topics=(
            SnapshotTopic("raw", "Raw materials"),
            SnapshotTopic("digital", "Digitalisation"),
            SnapshotTopic("tailings", "Tailings", "raw"),
        ),
        blocks=(Block(FIRST_SLOT, FIRST_SLOT + 3 * LENGTH, 20),),
        points=(Point("Table 1"), Point("Table 2")),
        sessions=(Session("Keynote", FIRST_SLOT, FIRST_SLOT + LENGTH, "Hall"),),
        people=(
            Person(
                id=aino.ref,
                name="Aino Niskala",
                email="aino@kierto.example",
                type="SME",
                organisation="Pohjolan Kierto Oy",
                country="FI",
                region="FI1D7",
                languages=("en",),
                max_meetings=4,
                absences=(Interval(FIRST_SLOT, FIRST_SLOT + LENGTH),),
                items=(Item("need", "tailings", "Dry tailings treatment", "For one mine"),),
            ),
            Person(
                id=marek.ref,
                name="Marek Zieliński",
                email=marek.user.email,
                type="cluster",
                organisation="Silesia Mining Cluster",
                country="PL",
                languages=("en",),
            ),
        ),
        wishes=(Wish(marek.ref, aino.ref, "must"),),
        accepted=frozenset({(aino.ref, marek.ref)}),
        settings=Settings(
            consent=settings.consent,
            max_meetings=settings.max_meetings,
            weights=settings.weights,
            may_meet=every_type,
        ),
    )


def test_only_approved_and_listed_people_are_matched(context: AppContext) -> None:
    event = make_event()
    aino = make_participant(event)
    hidden = make_participant(event, listed=False)
    waiting = make_participant(event, status=Status.PENDING)
    make_wish(aino, hidden)
    make_wish(aino, waiting)
    make_request(hidden, aino)

    snapshot = snapshot_of(event)

    assert [person.id for person in snapshot.people] == [aino.ref]
    assert snapshot.wishes == ()
    assert snapshot.accepted == frozenset()


def test_an_export_holds_the_unlisted_too(context: AppContext) -> None:
    event = make_event()
    hidden = make_participant(event, listed=False)
    make_participant(event, status=Status.PENDING)

    snapshot = snapshot_of(event, with_unlisted=True)

    assert [person.id for person in snapshot.people] == [hidden.ref]


def test_only_an_accepted_request_counts_as_agreed(context: AppContext) -> None:
    event = make_event()
    aino, marek = make_participant(event), make_participant(event)
    make_request(aino, marek, RequestState.PENDING)
    make_request(marek, aino, RequestState.DECLINED)

    assert snapshot_of(event).accepted == frozenset()


def test_the_matrix_of_types_and_its_preferences_are_kept(context: AppContext) -> None:
    event = make_event()
    types = {kind.name: kind.id for kind in event.types}
    db.session.query(TypePermission).delete()
    cell = TypePermission(type_id=types["policymaker"], other_id=types["SME"], preferred=True)
    db.session.add(cell)
    db.session.commit()

    settings = snapshot_of(event).settings

    assert settings.may_meet == frozenset({("policymaker", "SME")})
    assert settings.preferred == frozenset({("SME", "policymaker")})


def test_somebody_abroad_does_not_sit_in_the_organisations_region(context: AppContext) -> None:
    event, aino = make_whole_event()
    aino.country = "SE"
    db.session.commit()

    person = snapshot_of(event).people[0]

    assert (person.country, person.region) == ("SE", "")


def test_nothing_of_another_event_gets_in(context: AppContext) -> None:
    event, aino = make_whole_event()
    before = snapshot_of(event)
    other = make_event("kokkola")
    guest, host = make_participant(other, user=aino.user), make_cluster(other)
    make_item(guest, "offer", "Drone surveys")
    make_wish(guest, host)
    make_request(host, guest)

    assert snapshot_of(event) == before


def test_what_a_person_reads_never_rests_on_anothers_no(context: AppContext) -> None:
    event, aino = make_whole_event()
    marek = make_cluster(event)
    make_wish(aino, marek, "no")
    before = snapshot_for(event, aino)
    make_wish(marek, aino, "no")

    after = snapshot_for(event, aino)

    assert after == before
    assert after.wishes == (Wish(aino.ref, marek.ref, "no"),)


def test_a_person_reads_nothing_of_what_others_say_of_others(context: AppContext) -> None:
    event, aino = make_whole_event()
    marek, claire = make_cluster(event), make_participant(event, "Claire Vidal")
    make_wish(marek, claire, "must")
    make_request(claire, marek)

    snapshot = snapshot_for(event, aino)

    assert (snapshot.wishes, snapshot.accepted) == ((), frozenset())


def test_the_unlisted_read_for_themselves_unseen_by_others(context: AppContext) -> None:
    event = make_event()
    hidden, aino = make_participant(event, listed=False), make_participant(event)

    read_by_hidden = {person.id for person in snapshot_for(event, hidden).people}
    read_by_aino = {person.id for person in snapshot_for(event, aino).people}

    assert read_by_hidden == {hidden.ref, aino.ref}
    assert read_by_aino == {aino.ref}


def test_more_people_cost_no_more_queries(context: AppContext) -> None:
    event, aino = make_whole_event()
    with_one = count_queries(event, aino)
    for _ in range(3):
        make_item(make_participant(event), "offer", "Tailings treatment")

    with_four = count_queries(event, aino)

    assert with_four == with_one


def count_queries(event, me) -> tuple[int, int]:
    db.session.refresh(event), db.session.refresh(me)
    with counted_queries() as for_all:
        snapshot_of(event)
    with counted_queries() as for_me:
        snapshot_for(event, me)
    return len(for_all), len(for_me)
