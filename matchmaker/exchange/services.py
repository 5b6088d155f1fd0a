"""An event of the files entered into the database, and one of the database as files."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Conflict
from matchmaker.events.models import Event
from matchmaker.events.parts import NewBlock, NewPermission, NewPoint, NewTopic
from matchmaker.events.services import create_event
from matchmaker.events.weights import USUAL_WEIGHTS, Weights
from matchmaker.exchange.entering import (
    Participants,
    enter_consents,
    enter_people,
    enter_rows,
    enter_wishes,
    tagged,
)
from matchmaker.exchange.entering_requests import agreements_in, enter_requests
from matchmaker.exchange.entering_sessions import enter_sessions
from matchmaker.exchange.organisations_file import (
    enter_organisations,
    homes_of,
    logos_in,
    organisations_in,
)
from matchmaker.exchange.picture_files import (
    enter_event_logo,
    enter_portraits,
    event_logo_in,
    made_of,
    portraits_in,
)
from matchmaker.exchange.profiles_file import enter_profiles, profiles_in
from matchmaker.exchange.questions_file import enter_questions, questions_in
from matchmaker.exchange.settings_file import (
    columns_of,
    enter_places,
    enter_views,
    permissions_of,
    settings_in,
    types_of,
)
from matchmaker.exchange.writing import folder_files
from matchmaker.extensions import db
from matchmaker.matching.queries import snapshot_of
from matchmaker.matching.snapshot import Block, Session, Settings, Snapshot
from matchmaker.registration.models_points import Booth, VideoRoom
from matchmaker.wishes.models import Request, RequestState


def event_files(event: Event) -> dict[str, bytes]:
    """The files of an event, with those of its participants who agreed to be shown to others.

    They are the ones a run works on, and whoever stands in the files counts as having agreed when
    they are read back in.
    """
    snapshot = snapshot_of(event)
    people = snapshot.people
    asked, profiles = questions_in(event, people), profiles_in(event, people)
    homes, settings = homes_of(event, people), settings_in(event)
    logos = (*event_logo_in(event, settings.logo), *logos_in(event, homes))
    return folder_files(
        replace(
            snapshot,
            people=tagged(event, people),
            questions=asked,
            profiles=profiles,
            organisations=organisations_in(homes),
            pictures=(*portraits_in(event, profiles), *logos),
            event_settings=settings,
            agreements=agreements_in(event, {person.id for person in people}),
        )
    )


def import_event(snapshot: Snapshot, owner: User, *, types: Sequence[str] = ()) -> Event:
    """Enter a whole event as a draft that `owner` organises.

    Everybody in it is approved and listed. Accounts are found again by address, organisations by
    name and country. `types` gives the order in which pages show the types of participant.

    Raises:
        Conflict: an event has this address already.
        Invalid: two people have one e-mail address, or an address cannot be used.
    """
    _refuse_taken(snapshot.slug)
    event = _create(snapshot, owner, types)
    pictures = made_of(snapshot.pictures)
    homes = enter_organisations(snapshot.organisations, pictures, owner)
    participants = enter_people(event, snapshot.people, homes=homes)
    enter_profiles(snapshot.profiles, participants)
    enter_portraits(snapshot.profiles, pictures, participants)
    enter_event_logo(event, snapshot.event_settings, pictures)
    enter_consents(event, "organiser")
    _enter_points(event, snapshot, participants)
    enter_wishes(event, snapshot.wishes, participants)
    enter_questions(event, snapshot.questions, participants)
    enter_sessions(event, snapshot, participants)
    enter_requests(event, snapshot.agreements, participants)
    _enter_accepted(event, snapshot, participants)
    _record(event, snapshot, owner)
    db.session.expire(event)
    return event


def _enter_points(event: Event, snapshot: Snapshot, participants: Participants) -> None:
    """Whose a booth is, and where a video room is."""
    ids = {point.name: point.id for point in event.points}
    for point in snapshot.points:
        owner = participants.get(point.kept_for)
        if point.kind == "booth" and owner is not None:
            db.session.add(Booth(point_id=ids[point.name], participant_id=owner.id))
        if point.kind == "video" and point.link:
            db.session.add(VideoRoom(point_id=ids[point.name], link=point.link))
    db.session.flush()


def _refuse_taken(slug: str) -> None:
    if db.session.scalar(select(Event.id).where(Event.slug == slug)) is not None:
        raise Conflict(
            _(
                "There already is an event with the slug %(slug)s. Choose another one;"
                " the address of the event begins with it.",
                slug=slug,
            )
        )


def _create(snapshot: Snapshot, owner: User, types: Sequence[str]) -> Event:
    own = snapshot.event_settings
    names = _types(snapshot, [*types, *(types_of(own) if own else ())])
    first, last = (own.starts_on, own.ends_on) if own else _days(snapshot)
    event = create_event(
        slug=snapshot.slug,
        name=snapshot.name,
        place=snapshot.place,
        timezone=snapshot.timezone,
        organiser_email=snapshot.organiser_email,
        starts_on=first,
        ends_on=last,
        consent=snapshot.settings.consent,
        max_meetings=snapshot.settings.max_meetings,
        most_in_a_row=snapshot.settings.most_in_a_row,
        weights=_unusual(snapshot.settings.weights),
        topics=[NewTopic(topic.id, topic.name, topic.parent) for topic in snapshot.topics],
        types=names,
        permissions=permissions_of(own, names) if own else _permissions(snapshot.settings, names),
        blocks=[NewBlock(b.start, b.end, b.slot_minutes, b.pause_minutes) for b in snapshot.blocks],
        points=[NewPoint(point.name, point.kind) for point in snapshot.points],
        organisers=[owner],
        **(columns_of(own) if own else {}),
    )
    if own:
        enter_places(event, own)
        enter_views(event, own)
    return event


def _types(snapshot: Snapshot, first: Sequence[str]) -> list[str]:
    """Every type that is named anywhere, each once: those given first, then as people come."""
    of_people = [person.type for person in snapshot.people]
    in_rules = [name for pair in sorted(snapshot.settings.may_meet or ()) for name in pair]
    asked = [name for question in snapshot.questions for name in question.types]
    return list(dict.fromkeys([*first, *of_people, *in_rules, *asked]))


def _permissions(settings: Settings, names: Sequence[str]) -> list[NewPermission]:
    """Cells of who may meet whom; a pair worth bringing together is marked both ways round."""
    everybody = frozenset((one, other) for one in names for other in names)
    cells = everybody if settings.may_meet is None else settings.may_meet
    return [
        NewPermission(
            one, other, preferred=(min(one, other), max(one, other)) in settings.preferred
        )
        for one, other in sorted(cells)
    ]


def _unusual(weights: Weights) -> dict[str, int]:
    own = asdict(weights).items()
    return {name: points for name, points in own if points != USUAL_WEIGHTS[name]}


def _days(snapshot: Snapshot) -> tuple[date, date]:
    """The first and last day on which something is; today where nothing is planned yet."""
    zone = ZoneInfo(snapshot.timezone)
    planned: list[Block | Session] = [*snapshot.blocks, *snapshot.sessions]
    starts = [entry.start for entry in planned] or [now()]
    # What ends at midnight is not on the next day.
    ends = [entry.end - timedelta(microseconds=1) for entry in planned] or [now()]
    return _day(min(starts), zone), _day(max(ends), zone)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def _enter_accepted(event: Event, snapshot: Snapshot, participants: Participants) -> None:
    """Those of which nothing more is known."""
    known = {(each.asker, each.answerer) for each in snapshot.agreements.requests}
    rows = [
        {
            "event_id": event.id,
            "asker_id": participants[asker].id,
            "answerer_id": participants[answerer].id,
            "state": RequestState.ACCEPTED,
            "created_at": now(),
            "answered_at": now(),
        }
        for asker, answerer in sorted(snapshot.accepted - known)
    ]
    enter_rows(Request, rows)


def _record(event: Event, snapshot: Snapshot, owner: User) -> None:
    record(
        "event imported",
        event_id=event.id,
        actor_id=owner.id,
        subject=event.slug,
        participants=len(snapshot.people),
        wishes=len(snapshot.wishes),
    )
    db.session.flush()
