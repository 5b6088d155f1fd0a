"""What publishing a run would change, as the organiser reads it before deciding."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask_babel import gettext as _

from matchmaker.agenda.drawn import Cell, Pair
from matchmaker.agenda.queries import people_named
from matchmaker.agenda.queries_difference import Difference
from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.events.queries import point_names, slot_starts
from matchmaker.formatting import clock_time, day_short

MOST_SHOWN = 200  # of thousands nobody reads all, and the figures beside say how many there are

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Change:
    """One meeting: who, and where it was and will be, each empty where there is none."""

    people: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Beginning(Generic[Row]):
    """The first of many; it is as long as all of them."""

    shown: list[Row]
    total: int

    def __len__(self) -> int:
        return self.total

    def __iter__(self) -> Iterator[Row]:
        return iter(self.shown)


@dataclass(frozen=True, slots=True)
class PersonChanges:
    """What changes for one person: with whom, as above, in order of what becomes of it."""

    name: str
    new: list[Change]
    moved: list[Change]
    cancelled: list[Change]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    new: Beginning[Change]
    moved: Beginning[Change]
    cancelled: Beginning[Change]
    unchanged: int
    left_out: Beginning[str]
    people: Beginning[PersonChanges]

    @property
    def people_affected(self) -> int:
        return len(self.people)


def review_page(event: Event, changes: Difference) -> ReviewPage:
    """The difference in words, in a fixed number of queries."""
    words = _Words(event, changes)
    return ReviewPage(
        new=words.first(changes.new),
        moved=words.first(changes.moved),
        cancelled=words.first(changes.cancelled),
        unchanged=changes.unchanged,
        left_out=Beginning(
            [words.people(pair) for pair in changes.left_out[:MOST_SHOWN]],
            len(changes.left_out),
        ),
        people=words.by_person(),
    )


class _Words:
    def __init__(self, event: Event, changes: Difference) -> None:
        self._changes = changes
        self._names = people_named(event)
        self._times = {
            slot: f"{day_short(start, event.zone)} {clock_time(start, event.zone)}"
            for slot, start in slot_starts(event).items()
        }
        self._points = point_names(event)

    def first(self, pairs: list[Pair]) -> Beginning[Change]:
        shown = [self.change(pair, self.people(pair)) for pair in pairs[:MOST_SHOWN]]
        return Beginning(shown, len(pairs))

    def change(self, pair: Pair, people: str) -> Change:
        before, after = self._changes.before.get(pair), self._changes.after.get(pair)
        return Change(
            people=people,
            before=self._place(before) if before else "",
            after=self._place(after) if after else "",
        )

    def by_person(self) -> Beginning[PersonChanges]:
        """Everybody concerned, by name, with their own changes."""
        concerned = self._changes.people_affected
        named = by_name(sorted(concerned), self._names.__getitem__)
        parts = (self._changes.new, self._changes.moved, self._changes.cancelled)
        own: dict[int, list[list[Change]]] = {p: [[], [], []] for p in named[:MOST_SHOWN]}
        for number, pairs in enumerate(parts):
            for pair in pairs:
                for me, other in (pair, pair[::-1]):
                    if me in own:
                        own[me][number].append(self.change(pair, self._names[other]))
        shown = [PersonChanges(self._names[person], *rows) for person, rows in own.items()]
        return Beginning(shown, len(concerned))

    def people(self, pair: Pair) -> str:
        return str(_("%(one)s and %(other)s", one=self._names[pair[0]], other=self._names[pair[1]]))

    def _place(self, cell: Cell) -> str:
        slot_id, point_id = cell
        return f"{self._times[slot_id]}, {self._points[point_id]}"
