"""Whom another name, link or kind of a meeting point touches, before it is changed."""

from collections.abc import Sequence
from dataclasses import asdict

from flask_babel import gettext as _

from matchmaker.events.labels import POINT_LABELS
from matchmaker.events.models import Event, MeetingPoint
from matchmaker.extensions import db
from matchmaker.setup.plan import HELD_THERE, Plan, Touched
from matchmaker.setup.queries_points import PointSaid, meetings_there, said_of
from matchmaker.setup.touched import of_rooms
from matchmaker.setup.touched_words import Words, ids_of


def plan_of_point(event: Event, point: MeetingPoint, said: PointSaid) -> Plan:
    """What calendars would say anew, and who meets by video alone where the last room goes."""
    before = said_of(point)
    touched = []
    if (before.name, before.link) != (said.name, said.link):
        touched.append(_held_there(event, [point]))
    if before.kind == "video" != said.kind:
        touched.append(of_rooms(event, [point.id]))
    return Plan(
        "points", point.name, (), _differing(before, said), tuple(t for t in touched if t.ids)
    )


def plan_of_link(event: Event, rooms: Sequence[MeetingPoint], link: str) -> Plan:
    """The same for video rooms that get a link together; what they had is named once."""
    before = sorted({said_of(room).link for room in rooms} - {""})
    said = {"link": [", ".join(before), link]}
    touched = _held_there(event, rooms)
    return Plan("points", _("All video rooms"), (), said, (touched,) if touched.ids else ())


def _held_there(event: Event, points: Sequence[MeetingPoint]) -> Touched:
    meetings = db.session.scalars(meetings_there(event, points)).all()
    lines = Words(event).meetings(meetings) if meetings else ()
    return Touched(HELD_THERE, ids_of(meetings), lines, endpoint="grid.show")


def _differing(before: PointSaid, after: PointSaid) -> dict[str, list[str]]:
    """In words; whose a booth is stands on its page."""
    pairs = zip(_in_words(before).items(), _in_words(after).values(), strict=True)
    return {name: [old, new] for (name, old), new in pairs if old != new}


def _in_words(said: PointSaid) -> dict[str, str]:
    words = asdict(said) | {"kind": str(POINT_LABELS[said.kind])}
    return {name: words[name] for name in ("name", "kind", "link")}
