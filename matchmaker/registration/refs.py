"""Short ids of participants for files and calendars, and the secrets of their feeds."""

import re
import secrets
from collections.abc import Collection, Iterable

from sqlalchemy import select

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.organisations.queries import fold_name
from matchmaker.registration.models import Participant

LONGEST_STEM = 50
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
RESERVED_BY_WINDOWS = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def new_ref(event: Event, name: str) -> str:
    """A short id from the person's name, free at this event and safe as the name of a file."""
    stem = _file_stem(name)
    taken = set(
        db.session.scalars(
            select(Participant.ref).where(
                Participant.event_id == event.id,
                Participant.ref.startswith(stem, autoescape=True),
            )
        )
    )
    return free_ref(stem, taken)


def refs_for(event: Event, names: Iterable[str]) -> list[str]:
    """One for each of many names, in one query."""
    taken = set(db.session.scalars(select(Participant.ref).where(Participant.event_id == event.id)))
    refs = []
    for name in names:
        refs.append(free_ref(_file_stem(name), taken))
        taken.add(refs[-1])
    return refs


def free_ref(stem: str, taken: Collection[str]) -> str:
    number = 1
    ref = stem
    while ref in taken:
        number += 1
        ref = f"{stem}-{number}"
    return ref


def new_feed_token() -> str:
    """A secret that nobody guesses, for the address of a calendar feed."""
    return secrets.token_urlsafe(24)


def _file_stem(name: str) -> str:
    plain = fold_name(name).translate(PLAIN_LETTERS)
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_STEM].strip("-")
    if not stem or RESERVED_BY_WINDOWS.fullmatch(stem):
        return f"person-{stem}".strip("-")
    return stem
