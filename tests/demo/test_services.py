"""The demonstration in the database: everything the plain values say, or nothing."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select

from matchmaker.accounts.models import User
from matchmaker.demo.event import DemoEvent
from matchmaker.demo.queries import find_demo, organiser_of
from matchmaker.demo.services import load_demo
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.matching.queries import snapshot_of
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.models_cluster import ClusterProfile
from matchmaker.programme.models import Session
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import Request

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def test_everything_is_there_or_interrupted_while_loading_nothing(demo: DemoEvent) -> None:
    """Loading it takes a second, so all is looked at together."""
    event = load_demo(demo)
    db.session.expire_all()

    the_event_and_its_programme_are_there(demo, event)
    people_are_in_the_state_they_are_in(demo, event)
    requests_have_their_notes_and_answers(demo)
    clusters_say_what_they_are_and_one_label_has_run_out(demo)
    db.session.rollback()
    assert (counts(Event, User, Organisation, Participant), find_demo()) == ([0, 0, 0, 0], None)


def the_event_and_its_programme_are_there(demo: DemoEvent, event: Event) -> None:
    assert (event.tagline, event.venue) == (demo.texts.tagline, demo.texts.venue)
    assert (event.phase, event.starts_on, event.ends_on) == (
        Phase.WISHES,
        demo.days[0],
        demo.days[2],
    )
    assert tuple(kind.name for kind in event.types) == demo.types
    assert find_demo() is event
    organiser = organiser_of(event)
    assert organiser is not None
    assert (organiser.email, organiser.may_create_events) == (demo.organiser.email, True)
    sessions = demo.snapshot.sessions
    assert rows_of_sessions() == [(s.title, s.speaker, s.abstract) for s in sessions]
    assert rows_of_organisations() == {
        (o.name, o.kind, o.size, o.country, o.region, o.website, o.description)
        for o in demo.organisations
    }


def clusters_say_what_they_are_and_one_label_has_run_out(demo: DemoEvent) -> None:
    profiles = db.session.scalars(select(ClusterProfile)).all()
    clusters = sum(each.kind == "cluster" for each in demo.organisations)

    assert len(profiles) == (clusters + 1) // 2
    assert {each.label for each in profiles} == {"", "bronze", "silver", "gold"}
    over = [each.label for each in profiles if each.label and each.label_until < demo.days[0]]
    assert set(over) == {"bronze"}


def rows_of_sessions() -> list[tuple[str, str, str]]:
    query = select(Session.title, Session.speaker, Session.abstract).order_by(Session.position)
    return [tuple(row) for row in db.session.execute(query)]


def rows_of_organisations() -> set[tuple[str, ...]]:
    row = Organisation
    said = (row.name, row.kind, row.size, row.country, row.region, row.website, row.description)
    return {tuple(found) for found in db.session.execute(select(*said))}


def people_are_in_the_state_they_are_in(demo: DemoEvent, event: Event) -> None:
    people = {row.ref: row for row in db.session.scalars(select(Participant))}
    statuses = Counter(str(row.status) for row in people.values())
    assert statuses == Counter(
        ["approved"] * len(demo.snapshot.people) + [a.status for a in demo.applicants]
    )
    assert {ref for ref, row in people.items() if row.is_listed} == demo.consented
    assert {person.id for person in snapshot_of(event).people} == demo.consented


def requests_have_their_notes_and_answers(demo: DemoEvent) -> None:
    refs = {row.id: row.ref for row in db.session.scalars(select(Participant))}
    found = {
        (refs[row.asker_id], refs[row.answerer_id], str(row.state), row.note)
        for row in db.session.scalars(select(Request))
    }
    assert found == {(r.asker, r.answerer, r.state, r.note) for r in demo.requests}


def counts(*tables: type[Any]) -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
