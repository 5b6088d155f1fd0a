"""Two runs side by side: their figures, who gains and who loses, what only one of them has."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.events.models import Event
from matchmaker.matching.compare_queries import (
    Numbers,
    OnlyThere,
    PersonChange,
    names_of,
    numbers_of,
    only_in,
    people_changed,
)
from matchmaker.matching.history_page import differing_settings
from matchmaker.matching.models import Run
from matchmaker.matching.result_page import parts

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
class ComparePage:
    a: Run
    b: Run
    figures: list[SideBySide]
    settings: list[str]
    numbers: Numbers
    gain: int
    lose: int
    people: Sequence[PersonChange]
    names: dict[int, str]
    only_a: Sequence[OnlyThere]
    only_b: Sequence[OnlyThere]
    page: int
    pages: int


def compare_page(event: Event, a: Run, b: Run, page: int) -> ComparePage:
    """In a fixed number of queries, whatever the number of meetings."""
    changed = people_changed(a, b)
    pages = max(1, -(-len(changed) // PEOPLE_A_PAGE))
    page = min(max(1, page), pages)
    people = changed[(page - 1) * PEOPLE_A_PAGE : page * PEOPLE_A_PAGE]
    return ComparePage(
        a=a,
        b=b,
        figures=figures(a, b),
        settings=list(differing_settings(b, a)),
        numbers=numbers_of(a, b),
        gain=sum(row.value_b > row.value_a for row in changed),
        lose=sum(row.value_b < row.value_a for row in changed),
        people=people,
        names=names_of(row.person for row in people),
        only_a=only_in(a, b, limit=MOST_MEETINGS),
        only_b=only_in(b, a, limit=MOST_MEETINGS),
        page=page,
        pages=pages,
    )


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
