"""What publishing a run would change, as the organiser reads it before deciding."""

from dataclasses import dataclass, replace

from flask_babel import gettext as _

from matchmaker.agenda.queries import Difference, Pair, people_named
from matchmaker.events.models import Event
from matchmaker.formatting import clock_time, day_short


@dataclass(frozen=True, slots=True)
class Change:
    """One meeting: who, and where it was and will be, each empty where there is none."""

    people: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PersonChanges:
    """What changes for one person: with whom, as above, in order of what becomes of it."""

    name: str
    new: list[Change]
    moved: list[Change]
    cancelled: list[Change]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    new: list[Change]
    moved: list[Change]
    cancelled: list[Change]
    unchanged: int
    left_out: list[str]
    people: list[PersonChanges]

    @property
    def people_affected(self) -> int:
        return len(self.people)


def review_page(event: Event, changes: Difference) -> ReviewPage:
    """The difference in words, in a fixed number of queries."""
    words = _Words(event, changes)
    return ReviewPage(
        new=[words.change(pair) for pair in changes.new],
        moved=[words.change(pair) for pair in changes.moved],
        cancelled=[words.change(pair) for pair in changes.cancelled],
        unchanged=len(changes.unchanged),
        left_out=[words.people((row.a_id, row.b_id)) for row in changes.left_out],
        people=words.by_person(),
    )


class _Words:
    def __init__(self, event: Event, changes: Difference) -> None:
        self._changes = changes
        self._zone = event.zone
        self._names = people_named(event)
        self._starts = {slot.id: slot.starts_at for slot in event.slots}
        self._points = {point.id: point.name for point in event.points}

    def change(self, pair: Pair) -> Change:
        before, after = self._changes.before.get(pair), self._changes.after.get(pair)
        return Change(
            people=self.people(pair),
            before=self._place(before.slot_id, before.point_id) if before else "",
            after=self._place(after.slot_id, after.point_id) if after else "",
        )

    def by_person(self) -> list[PersonChanges]:
        """Everybody concerned, by name, with their own changes."""
        parts = (self._changes.new, self._changes.moved, self._changes.cancelled)
        own: dict[int, list[list[Change]]] = {}
        for number, pairs in enumerate(parts):
            for pair in pairs:
                for me, other in (pair, pair[::-1]):
                    change = replace(self.change(pair), people=self._names[other])
                    own.setdefault(me, [[], [], []])[number].append(change)
        named = sorted(own, key=lambda person: (self._names[person].casefold(), person))
        return [PersonChanges(self._names[person], *own[person]) for person in named]

    def people(self, pair: Pair) -> str:
        return str(_("%(one)s and %(other)s", one=self._names[pair[0]], other=self._names[pair[1]]))

    def _place(self, slot_id: int, point_id: int) -> str:
        start = self._starts[slot_id]
        time = f"{day_short(start, self._zone)} {clock_time(start, self._zone)}"
        return f"{time}, {self._points[point_id]}"
