"""Locked meetings that cannot be held together, in words: what two of them take at one time."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from matchmaker.formatting import clock_time, on_day
from matchmaker.matching.candidates import body_key
from matchmaker.matching.snapshot import Settled, Snapshot

MOST_TOLD = 5  # of them; when these are mended the others are told


class Clash(NamedTuple):
    """Two meetings of one time; `point` where they take the same one, else they share a person."""

    one: Settled
    other: Settled
    point: str


def clashes(snapshot: Snapshot) -> Iterator[Clash]:
    """Each settled meeting that takes what an earlier one takes: one of the two must move."""
    body = {person.id: body_key(person) for person in snapshot.people}
    taken: dict[tuple[datetime, Any], Settled] = {}
    for each in (m for m in snapshot.settled if m.point):
        people = [body[person] for person in (each.a, each.b) if person in body]
        for claim in (*people, each.point):
            other = taken.setdefault((each.start, claim), each)
            if other is not each:
                yield Clash(other, each, each.point if claim == each.point else "")
                break


def refusal(snapshot: Snapshot) -> str:
    """Why no run can hold all that is fixed, and what to do; empty where one can."""
    found = [_told(snapshot, clash) for clash in islice(clashes(snapshot), MOST_TOLD)]
    if not found:
        return ""
    mend = _("Move or unlock one of the two in the grid of the agenda; then start the run again.")
    return " ".join([*found, mend])


def _told(snapshot: Snapshot, found: Clash) -> str:
    names = {person.id: person.name for person in snapshot.people}
    one, other, point = found
    zone = ZoneInfo(snapshot.timezone)
    words = {
        "a": names.get(one.a, one.a),
        "b": names.get(one.b, one.b),
        "c": names.get(other.a, other.a),
        "d": names.get(other.b, other.b),
        "day": on_day(one.start, zone),
        "time": clock_time(one.start, zone),
        "point": point,
    }
    if point:
        return str(
            _(
                "The meeting of %(a)s and %(b)s and that of %(c)s and %(d)s are both fixed "
                "at %(point)s %(day)s at %(time)s.",
                **words,
            )
        )
    return str(
        _(
            "The meeting of %(a)s and %(b)s and that of %(c)s and %(d)s are both fixed %(day)s "
            "at %(time)s, but one person is in both.",
            **words,
        )
    )
