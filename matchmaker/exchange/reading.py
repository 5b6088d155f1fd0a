"""An event from a folder of files, or everything that is wrong with the folder."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from matchmaker.events.plain import PlainSettings
from matchmaker.exchange.bodies import share_bodies
from matchmaker.exchange.event_file import FILE as EVENT
from matchmaker.exchange.event_file import check_kept, read_event
from matchmaker.exchange.items_file import LAYOUT as ITEMS
from matchmaker.exchange.items_file import read_items
from matchmaker.exchange.organisations_file import FILE as ORGANISATIONS
from matchmaker.exchange.organisations_file import read_organisations
from matchmaker.exchange.participants_file import LAYOUT as PARTICIPANTS
from matchmaker.exchange.participants_file import ParticipantsFile, read_participants
from matchmaker.exchange.picture_files import Named, read_pictures
from matchmaker.exchange.problems import Problems
from matchmaker.exchange.profiles_file import FILE as PROFILES
from matchmaker.exchange.profiles_file import read_profiles
from matchmaker.exchange.questions_file import FILE as QUESTIONS
from matchmaker.exchange.questions_file import read_questions
from matchmaker.exchange.requests_file import FILE as REQUESTS
from matchmaker.exchange.requests_file import read_requests, with_agreements
from matchmaker.exchange.settings_file import FILE as SETTINGS
from matchmaker.exchange.settings_file import matching_of, read_settings
from matchmaker.exchange.sources import read_sources
from matchmaker.exchange.wishes_file import LAYOUT as WISHES
from matchmaker.exchange.wishes_file import read_wishes
from matchmaker.matching.snapshot import Person, Snapshot, Wish
from matchmaker.organisations.plain import PlainOrganisation
from matchmaker.registration.plain import PlainProfile

UNREAD = Snapshot(name="", slug="", place="", timezone="UTC", organiser_email="")


def read_folder(path: Path) -> Snapshot:
    """Raises `FolderErrors` with every problem of every file.

    Where one file cannot be read the others still are; only what would have to be looked up in it
    goes unchecked until it can.
    """
    problems = Problems()
    texts = read_sources(path, problems)
    event = read_event(texts[EVENT], problems) if EVENT in texts else None
    people, wishes = _read_tables(texts, event, problems)
    known = {person.id for person in people} if PARTICIPANTS.file in texts else None
    if event is not None and known is not None:
        check_kept(texts[EVENT], event.points, known, problems)
    questions = read_questions(texts[QUESTIONS], known, problems) if QUESTIONS in texts else ()
    profiles = read_profiles(texts[PROFILES], known, problems) if PROFILES in texts else ()
    settings = read_settings(texts[SETTINGS], problems) if SETTINGS in texts else None
    homes = _read_homes(texts, people if known is not None else None, problems)
    read = event or UNREAD
    whole = replace(
        read,
        people=people,
        wishes=wishes,
        questions=questions,
        profiles=profiles,
        organisations=homes,
        pictures=read_pictures(path, _named(texts, profiles, homes, settings), problems),
        settings=matching_of(read.settings, settings, people) if settings else read.settings,
        event_settings=settings,
    )
    if REQUESTS in texts and event is not None and known is not None:
        whole = with_agreements(whole, read_requests(texts[REQUESTS], whole, problems))
    problems.raise_if_any()
    return whole


def _read_homes(
    texts: Mapping[str, str], people: Sequence[Person] | None, problems: Problems
) -> tuple[PlainOrganisation, ...]:
    text = texts.get(ORGANISATIONS)
    return () if text is None else read_organisations(text, people, problems)


def _named(
    texts: Mapping[str, str],
    profiles: Sequence[PlainProfile],
    homes: Sequence[PlainOrganisation],
    settings: PlainSettings | None,
) -> list[Named]:
    """The pictures that these files name."""
    portraits = [Named(each.picture, PROFILES, whole=False) for each in profiles]
    logos = [Named(each.logo, ORGANISATIONS, whole=True) for each in homes]
    of_event = [Named(settings.logo, SETTINGS, whole=True)] if settings else []
    return [
        each.within(texts[each.file]) for each in (*of_event, *portraits, *logos) if each.picture
    ]


def _read_tables(
    texts: Mapping[str, str], event: Snapshot | None, problems: Problems
) -> tuple[tuple[Person, ...], tuple[Wish, ...]]:
    zone, topics = ZoneInfo((event or UNREAD).timezone), event.topics if event else None
    sessions = [session.id for session in event.sessions] if event else None
    of = {layout: texts.get(layout.file) for layout in (PARTICIPANTS, ITEMS, WISHES)}
    participants = (
        ParticipantsFile(complete=False)
        if (text := of[PARTICIPANTS]) is None
        else read_participants(text, zone, sessions, problems)
    )
    items = {} if (text := of[ITEMS]) is None else read_items(text, participants, topics, problems)
    wishes = () if (text := of[WISHES]) is None else read_wishes(text, participants, problems)
    people = (replace(p, items=tuple(items.get(p.id, ()))) for p in participants.people)
    return share_bodies(people), wishes
