"""The demonstration as plain values: a snapshot, and what a snapshot does not hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from matchmaker.demo.absences import draw_absences, draw_visits
from matchmaker.demo.naming import slug, website
from matchmaker.demo.people import Attendee, build_attendees
from matchmaker.demo.programme import (
    Days,
    build_blocks,
    build_sessions,
    event_days,
)
from matchmaker.demo.requests import DemoRequest, build_requests
from matchmaker.demo.wishes import build_wishes
from matchmaker.demo.written import WrittenOrganisation, read, read_organisations, read_topics
from matchmaker.events.roles import Role
from matchmaker.matching.snapshot import Block, Person, Point, Session, Settings, Snapshot
from matchmaker.organisations.sizes import SIZES

NOT_LISTED = 8
NO_SIZE = 0.1
SIZES_OF_KINDS = {
    "SME": ("micro", "small", "small", "medium"),
    "large company": ("large",),
    "cluster": ("micro", "small"),
    "public authority": ("medium", "large"),
    "research body": ("medium", "large"),
}


@dataclass(frozen=True, slots=True)
class EventTexts:
    """What the organiser wrote, and the languages of the event."""

    tagline: str
    description: str
    venue: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organiser:
    name: str
    email: str
    role: Role


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    name: str
    kind: str
    size: str
    country: str
    region: str
    website: str
    description: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who registered and is not among the approved: `status` says why."""

    person: Person
    status: str


@dataclass(frozen=True, slots=True)
class DemoEvent:
    """The demonstration. `snapshot` holds the approved participants only.

    `types` are in the order pages show them; `consented` holds the ids of those who agreed to be
    listed; `guests` the ids of a cluster, a policymaker and an SME whom a visitor may sign in as.
    """

    snapshot: Snapshot
    days: Days
    texts: EventTexts
    organiser: Organiser
    helpers: tuple[Organiser, ...]
    types: tuple[str, ...]
    organisations: tuple[DemoOrganisation, ...]
    requests: tuple[DemoRequest, ...]
    applicants: tuple[Applicant, ...]
    consented: frozenset[str]
    guests: tuple[str, ...]


def build_demo(today: date, seed: int = 2023) -> DemoEvent:
    """The demonstration as it looks on a given day: same arguments, same event."""
    days = event_days(today)
    everybody = build_attendees(seed)
    approved = [attendee for attendee in everybody if attendee.is_approved]
    guests = guest_ids()
    settings = _settings()
    sessions = build_sessions(days)
    wishes = build_wishes(approved, settings, guests, seed)
    requests = build_requests(approved, wishes, guests, seed)
    snapshot = replace(
        _frame(build_blocks(days), sessions, settings),
        people=_people(approved, build_blocks(days), sessions, guests, seed),
        wishes=wishes,
        accepted=frozenset((r.asker, r.answerer) for r in requests if r.state == "accepted"),
    )
    return DemoEvent(
        snapshot=snapshot,
        days=days,
        texts=_texts(),
        organiser=_member(read("event.toml")["organiser"]),
        helpers=tuple(_member(each) for each in read("event.toml")["helpers"]),
        types=tuple(read("event.toml")["types"]["names"]),
        organisations=_organisations(),
        requests=requests,
        applicants=tuple(Applicant(a.profile, a.status) for a in everybody if not a.is_approved),
        consented=_consented(approved, guests, seed),
        guests=guests,
    )


def _member(written: dict[str, str]) -> Organiser:
    return Organiser(written["name"], written["email"], Role(written["role"]))


def guest_ids() -> tuple[str, ...]:
    """A cluster, a policymaker and an SME whom a visitor may sign in as."""
    return tuple(slug(name) for name in read("event.toml")["guests"]["names"])


def _frame(
    blocks: tuple[Block, ...], sessions: tuple[Session, ...], settings: Settings
) -> Snapshot:
    """The event before anybody has registered."""
    event = read("event.toml")
    return Snapshot(
        name=event["name"],
        slug=event["slug"],
        place=event["place"],
        timezone=event["timezone"],
        organiser_email=event["organiser"]["email"],
        topics=read_topics(),
        blocks=blocks,
        points=tuple(Point(f"Table {n}") for n in range(1, event["meetings"]["tables"] + 1)),
        sessions=sessions,
        settings=settings,
    )


def _people(
    approved: Sequence[Attendee],
    blocks: tuple[Block, ...],
    sessions: Sequence[Session],
    guests: Sequence[str],
    seed: int,
) -> tuple[Person, ...]:
    away = draw_absences([a.id for a in approved if a.id not in guests], blocks, seed)
    people = tuple(replace(a.profile, absences=away.get(a.id, ())) for a in approved)
    return draw_visits(people, sessions, seed)


def _settings() -> Settings:
    meetings, types = read("event.toml")["meetings"], read("event.toml")["types"]
    apart = [tuple(pair) for pair in types["apart"]]
    return Settings(
        consent=meetings["consent"],
        max_meetings=meetings["max_meetings"],
        may_meet=frozenset(
            (one, other)
            for one in types["names"]
            for other in types["names"]
            if (one, other) not in apart and (other, one) not in apart
        ),
        preferred=frozenset((min(pair), max(pair)) for pair in types["preferred"]),
    )


def _texts() -> EventTexts:
    event = read("event.toml")
    return EventTexts(
        event["tagline"], event["description"].strip(), event["venue"], tuple(event["languages"])
    )


def _organisations() -> tuple[DemoOrganisation, ...]:
    return tuple(
        DemoOrganisation(
            written.name,
            written.kind,
            _size(written),
            written.country,
            written.region,
            website(written.name),
            written.description,
        )
        for written in read_organisations()
    )


def _size(written: WrittenOrganisation) -> str:
    """One that fits its kind; every tenth has not said it."""
    rng = Random(written.name)  # noqa: S311 - the same each time is wanted, not secrecy
    fitting = rng.choice(SIZES_OF_KINDS.get(written.kind, SIZES))
    return "" if rng.random() < NO_SIZE else fitting


def _consented(approved: Sequence[Attendee], guests: Sequence[str], seed: int) -> frozenset[str]:
    rng = Random(f"{seed}:consent")  # noqa: S311 - a fixed seed is wanted, not secrecy
    ids = [attendee.id for attendee in approved]
    return frozenset(ids).difference(
        rng.sample([key for key in ids if key not in guests], NOT_LISTED)
    )
