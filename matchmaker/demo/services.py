"""The demonstration entered into the database, as if everybody had typed it in themselves."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, select, update

from matchmaker.accounts.models import User
from matchmaker.accounts.services import allow_to_create_events, find_or_create_user
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.demo.clusters import enter_clusters
from matchmaker.demo.event import DemoEvent, DemoOrganisation
from matchmaker.demo.look import dress
from matchmaker.demo.queries import LOADED
from matchmaker.demo.questions import enter_questions
from matchmaker.demo.requests import DemoRequest
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.events.services import add_organiser
from matchmaker.exchange.entering import enter_people, enter_rows
from matchmaker.exchange.services import import_event
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Person
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.services import find_or_create_organisation
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_consents import Consent
from matchmaker.wishes.models import Request, RequestState, RequestStep


def load_demo(demo: DemoEvent) -> Event:
    """Enter the demonstration, with wishes open; all or nothing, in the caller's transaction."""
    organiser = _enter_organiser(demo)
    enter_clusters(_enter_organisations(demo.organisations), demo.days)
    # Requests are entered below, with their notes and whatever the answer was.
    snapshot = replace(demo.snapshot, accepted=frozenset())
    event = import_event(snapshot, organiser, types=demo.types)
    for each in demo.helpers:
        add_organiser(event, find_or_create_user(each.email, each.name), each.role)
    _describe(event, demo)
    _enter_applicants(event, demo)
    ids = _ids(event)
    _enter_requests(event, demo.requests, ids)
    enter_questions(event)
    _hide(event, set(ids) - demo.consented)
    dress(event)
    record(LOADED, event_id=event.id, actor_id=organiser.id, subject=event.slug)
    db.session.flush()
    return event


def _enter_organiser(demo: DemoEvent) -> User:
    organiser = find_or_create_user(demo.organiser.email, demo.organiser.name)
    allow_to_create_events(organiser)
    return organiser


def _enter_organisations(organisations: Iterable[DemoOrganisation]) -> list[Organisation]:
    return [
        find_or_create_organisation(
            given.name,
            kind=given.kind,
            size=given.size,
            country=given.country,
            region=given.region,
            website=given.website,
            description=given.description,
        )
        for given in organisations
    ]


def _describe(event: Event, demo: DemoEvent) -> None:
    event.tagline = demo.texts.tagline
    event.description = demo.texts.description
    event.venue = demo.texts.venue
    event.languages = list(demo.texts.languages)
    event.starts_on, event.ends_on = demo.days[0], demo.days[-1]
    event.phase = Phase.WISHES
    db.session.flush()


def _enter_applicants(event: Event, demo: DemoEvent) -> None:
    by_status: dict[Status, list[Person]] = {}
    for applicant in demo.applicants:
        by_status.setdefault(Status(applicant.status), []).append(applicant.person)
    for status, people in by_status.items():
        enter_people(event, people, status=status)


def _ids(event: Event) -> dict[str, int]:
    """The participants of the demonstration that are approved, by what files call them."""
    rows = db.session.execute(
        select(Participant.ref, Participant.id).where(
            Participant.event_id == event.id, Participant.status == Status.APPROVED
        )
    )
    return {ref: participant_id for ref, participant_id in rows}


def _enter_requests(event: Event, requests: Iterable[DemoRequest], ids: dict[str, int]) -> None:
    enter_rows(
        Request,
        [
            {
                "event_id": event.id,
                "asker_id": ids[given.asker],
                "answerer_id": ids[given.answerer],
                "state": RequestState(given.state),
                "note": given.note,
                "created_at": now() - _ago(event, given),
                "answered_at": None if given.state == "pending" else now(),
            }
            for given in requests
        ],
    )
    _enter_steps(event)


def _ago(event: Event, given: DemoRequest) -> timedelta:
    """What has expired was sent so long ago as requests wait here."""
    return timedelta(days=event.request_days if given.state == "expired" else 0)


def _enter_steps(event: Event) -> None:
    """What was done with each request: asked, then answered, or not in time."""
    side = {RequestState.ACCEPTED: "answerer", RequestState.DECLINED: "answerer"}
    steps = []
    for row in db.session.scalars(select(Request).where(Request.event_id == event.id)):
        asked = {"request_id": row.id, "at": row.created_at, "side": "asker", "deed": "asked"}
        steps.append(asked)
        if row.answered_at is not None:
            by = side.get(row.state, "")
            steps.append({**asked, "at": row.answered_at, "side": by, "deed": str(row.state)})
    enter_rows(RequestStep, steps)


def _hide(event: Event, refs: Iterable[str]) -> None:
    """Some take part without having agreed to be shown; all others said so themselves."""
    here = Participant.event_id == event.id
    db.session.execute(
        update(Participant).where(here, Participant.ref.in_(list(refs))).values(listed_at=None)
    )
    shown = select(Participant.id).where(here, Participant.listed_at.is_not(None))
    hidden = select(Participant.id).where(here, Participant.listed_at.is_(None))
    db.session.execute(delete(Consent).where(Consent.participant_id.in_(hidden)))
    db.session.execute(
        update(Consent).where(Consent.participant_id.in_(shown)).values(told_by="person")
    )
