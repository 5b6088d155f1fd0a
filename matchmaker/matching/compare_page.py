"""Two runs side by side: their figures, who gains and who loses, what only one of them has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from matchmaker.events.models import Event
from matchmaker.events.queries import point_names, slot_starts
from matchmaker.matching.compare_queries import (
    Differing,
    PersonChange,
    Place,
    differing,
    names_of,
)
from matchmaker.matching.history_page import differing_settings
from matchmaker.matching.models import Run
from matchmaker.matching.result_page import parts
from matchmaker.paging import page_of

PEOPLE_A_PAGE = 25
MOST_MEETINGS = 25


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One figure of both; `few_are_good` says which way is better."""

    name: str
    a: int
    b: int
    few_are_good: bool = False

    @property
    def better(self) -> str:
        """`a`, `b`, or nothing where they are equal."""
        if self.a == self.b:
            return ""
        return "a" if (self.a < self.b) == self.few_are_good else "b"


@dataclass(frozen=True, slots=True)
class OnlyThere:
    """A meeting that only one of the two runs has."""

    one: str
    other: str
    starts_at: datetime
    point: str
    value: int


@dataclass(frozen=True, slots=True)
class ComparePage:
    a: Run
    b: Run
    figures: list[SideBySide]
    settings: list[str]
    differing: Differing
    gain: int
    lose: int
    people: Sequence[PersonChange]
    names: dict[int, str]
    only_a: list[OnlyThere]
    only_b: list[OnlyThere]
    page: int
    pages: int


def compare_page(event: Event, a: Run, b: Run, page: int) -> ComparePage:
    """In a fixed number of queries, whatever the number of meetings."""
    found = differing(a, b, most=MOST_MEETINGS)
    people, page, pages = page_of(found.people, page, PEOPLE_A_PAGE)
    named = {change.person for change in people}
    named |= {end for row in (*found.only_a, *found.only_b) for end in (row.a_id, row.b_id)}
    names = names_of(named)
    return ComparePage(
        a=a,
        b=b,
        figures=figures(a, b),
        settings=list(differing_settings(b, a)),
        differing=found,
        gain=sum(change.gain > 0 for change in found.people),
        lose=sum(change.gain < 0 for change in found.people),
        people=people,
        names=names,
        only_a=_only(event, found.only_a, names),
        only_b=_only(event, found.only_b, names),
        page=page,
        pages=pages,
    )


def _only(event: Event, places: list[Place], names: dict[int, str]) -> list[OnlyThere]:
    starts = slot_starts(event)
    points = point_names(event)
    return [
        OnlyThere(
            one=names[row.a_id],
            other=names[row.b_id],
            starts_at=starts[row.slot_id],
            point=points[row.point_id],
            value=row.value,
        )
        for row in places
    ]


def figures(a: Run, b: Run) -> list[SideBySide]:
    """The figures both have, then the named parts that both wrote down."""
    one, two = a.report or {}, b.report or {}
    labels = {
        "meetings": (_("Meetings"), False),
        "value": (_("Value of the agenda"), False),
        "bound": (_("Proven bound"), False),
        "without_meeting": (_("People with no meeting"), True),
        "breaks": (_("Breaks in agendas"), True),
    }
    whole = [SideBySide(str(name), one[key], two[key], few) for key, (name, few) in labels.items()]
    theirs = {part.name: part for part in parts(two)}
    return whole + [
        SideBySide(part.name, part.value, theirs[part.name].value, part.few_are_good)
        for part in parts(one)
        if part.name in theirs and part.name not in {row.name for row in whole}
    ]
