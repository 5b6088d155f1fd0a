"""The three templates of a new event: what most workshops of the kind begin with."""

import itertools
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.events.parts import NewBlock, NewPermission, NewPoint, NewTopic
from matchmaker.questions.options import new_key
from matchmaker.setup.outlines import NewSession, Outline, moment

TEMPLATES = {
    "two-day": _l("Two-day workshop: two half days of meetings at 30 tables, with a programme"),
    "half-day": _l("Half-day matchmaking: three hours of meetings at 20 tables"),
    "hybrid": _l("Hybrid workshop: two days, at 20 tables and in 10 video rooms"),
}
SLOT_MINUTES = 20
# Day, hours from and to; the same for sessions with their titles.
TWO_DAYS = ((0, "14:30", "17:10"), (1, "09:00", "12:00"))
HALF_DAY = ((0, "13:15", "16:15"),)


def outline_of_template(name: str, first: date, zone: ZoneInfo) -> Outline:
    """In the language in hand."""
    half = name == "half-day"
    types = _types()
    return Outline(
        days=1 if half else 2,
        types=types,
        permissions=_permissions(types),
        topics=_topics(),
        blocks=[
            NewBlock(_at(first, zone, day, start), _at(first, zone, day, end), SLOT_MINUTES)
            for day, start, end in (HALF_DAY if half else TWO_DAYS)
        ],
        points=_points(tables=30 if name == "two-day" else 20, rooms=10 if name == "hybrid" else 0),
        sessions=[
            NewSession(title, _at(first, zone, day, start), _at(first, zone, day, end))
            for day, start, end, title in (_half_day() if half else _two_days())
        ],
    )


def _at(first: date, zone: ZoneInfo, day: int, clock: str) -> datetime:
    return moment(first, day, time.fromisoformat(clock), zone)


def _types() -> list[str]:
    return [
        _("Cluster"),
        _("Policymaker"),
        _("SME"),
        _("Research"),
        _("Investor"),
        _("Support organisation"),
    ]


def _permissions(types: list[str]) -> list[NewPermission]:
    """Everybody meets everybody, but investors and supporters, who come for the others."""
    cluster, policymaker, sme, research, investor, support = types
    together = {(cluster, policymaker), (cluster, sme), (sme, investor), (sme, research)}
    apart = {(investor, investor), (support, support)}
    return [
        NewPermission(a, b, preferred=(a, b) in together or (b, a) in together)
        for a, b in itertools.product(types, repeat=2)
        if (a, b) not in apart
    ]


def _topics() -> list[NewTopic]:
    topics: list[NewTopic] = []
    for name in (_("Circular economy"), _("Digitalisation"), _("Raw materials")):
        taken = {topic.key for topic in topics}
        topics.append(NewTopic(new_key({"": name}, taken), name))
    return topics


def _points(*, tables: int, rooms: int) -> list[NewPoint]:
    return [
        *(NewPoint(_("Table %(number)d", number=n)) for n in range(1, tables + 1)),
        *(NewPoint(_("Video room %(number)d", number=n), "video") for n in range(1, rooms + 1)),
    ]


def _two_days() -> list[tuple[int, str, str, str]]:
    return [
        (0, "12:00", "13:00", _("Arrival and lunch")),
        (0, "13:00", "14:00", _("Opening")),
        (0, "14:00", "14:30", _("Coffee")),
        (0, "19:00", "21:00", _("Dinner")),
        (1, "12:00", "13:00", _("Lunch")),
        (1, "13:00", "15:00", _("Round tables")),
        (1, "15:00", "15:30", _("Closing")),
    ]


def _half_day() -> list[tuple[int, str, str, str]]:
    return [
        (0, "12:30", "13:00", _("Arrival and coffee")),
        (0, "13:00", "13:15", _("Welcome")),
        (0, "16:15", "17:00", _("Closing and coffee")),
    ]
