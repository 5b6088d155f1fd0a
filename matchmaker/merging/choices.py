"""What two registrations say differently, to be chosen field by field."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.formatting import country_name
from matchmaker.registration.availability import blocked
from matchmaker.registration.labels import STATUS_LABELS
from matchmaker.registration.models import Participant, Status

FURTHEST = (
    Status.APPROVED,
    Status.WAITING,
    Status.PENDING,
    Status.REGISTERING,
    Status.REJECTED,
    Status.WITHDRAWN,
)
SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to choose: the columns that go together, and how the page says them."""

    label: str
    columns: tuple[str, ...]
    say: Callable[[Participant], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """`side` is which of the two is proposed; both are the same where there is `nothing` to ask."""

    name: str
    label: str
    a: str
    b: str
    side: str

    @property
    def differs(self) -> bool:
        return self.a != self.b

    @property
    def chosen(self) -> str:
        return self.a if self.side == "a" else self.b


def _place(person: Participant) -> str:
    return ", ".join(filter(None, (country_name(person.country or ""), person.region)))


def _times(person: Participant) -> str:
    slots = person.event.slots
    away = len(blocked(slots, person.own_absences))
    return str(_("%(free)d of %(all)d times", free=len(slots) - away, all=len(slots)))


PARTS = {
    "email": Part(_l("E-mail, by which they sign in"), (), lambda one: one.user.email),
    "name": Part(_l("Name"), ("name",), lambda one: one.name),
    "organisation": Part(
        _l("Organisation"),
        ("organisation_id",),
        lambda one: one.organisation.name if one.organisation else "",
    ),
    "type": Part(_l("Type"), ("type_id",), lambda one: one.type.name if one.type else ""),
    "status": Part(
        _l("State"),
        ("status", "step", "decided_at", "waiting_since"),
        lambda one: str(STATUS_LABELS[Status(one.status)]),
    ),
    "place": Part(_l("Country"), ("country", "region"), _place),
    "languages": Part(_l("Languages"), ("languages",), lambda one: ", ".join(one.languages)),
    "job_title": Part(_l("Job title"), ("job_title",), lambda one: one.job_title),
    "phone": Part(_l("Phone"), ("phone",), lambda one: one.phone),
    "link": Part(_l("Link"), ("link",), lambda one: one.link),
    "about": Part(_l("About"), ("about", "about_language", "about_texts"), lambda one: one.about),
    "max_meetings": Part(
        _l("Meetings at most"),
        ("max_meetings", "min_meetings"),
        lambda one: "" if one.max_meetings is None else str(one.max_meetings),
    ),
    "times": Part(_l("When they can meet"), (), _times),
}


def choices_of(a: Participant, b: Participant, given: Mapping[str, str]) -> list[Choice]:
    """Each part with what was chosen, else with what says more, else with the first."""
    return [
        Choice(name, str(part.label), part.say(a), part.say(b), _side(name, part, a, b, given))
        for name, part in PARTS.items()
    ]


def _side(name: str, part: Part, a: Participant, b: Participant, given: Mapping[str, str]) -> str:
    if given.get(name) in SIDES:
        return given[name]
    if name == "status":
        return "b" if _distance(b) < _distance(a) else "a"
    if name in ("email", "times"):
        return "b" if a.status == Status.REGISTERING and b.status != Status.REGISTERING else "a"
    return "b" if part.say(b) and not part.say(a) else "a"


def _distance(person: Participant) -> int:
    return FURTHEST.index(Status(person.status))


def print_of(a: Participant, b: Participant) -> str:
    """Another for every change of what the page shows, so that nobody joins what they never saw."""
    seen: list[Any] = [(name, part.say(a), part.say(b)) for name, part in PARTS.items()]
    return hashlib.sha256(repr((a.id, b.id, seen)).encode()).hexdigest()[:16]
