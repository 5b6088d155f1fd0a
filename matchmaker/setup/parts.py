"""What each part of the set-up answers, so that one set of pages edits all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from matchmaker.events.models import Event
from matchmaker.setup.forms import PartForm
from matchmaker.setup.plan import Plan
from matchmaker.setup.rows import RowChange, changed
from matchmaker.setup.touched import touched_by


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a part in the list of them; `group` is a heading above it."""

    id: int
    title: str
    details: tuple[str, ...] = ()
    depth: int = 0
    group: str = ""
    first: bool = False
    last: bool = False


class Part(Protocol):
    """`row` is what is edited: a row of the database, nothing for a new one or a whole page."""

    name: str
    ordered: bool

    def entries(self, event: Event) -> list[Entry]: ...

    def find(self, event: Event, row_id: int) -> Any: ...

    def form(self, event: Event, row: Any, *, fresh: bool = False) -> PartForm: ...

    def edited(self, event: Event, row: Any, form: Any) -> Plan: ...

    def removed(self, event: Event, row: Any, to: int) -> Plan: ...

    def targets(self, event: Event, row: Any) -> list[tuple[int, str]]: ...

    def moved(self, event: Event, row: Any, by: int) -> Plan: ...


@dataclass
class Draft:
    """A plan being worked out: rows are added, and what is new gets an id below zero."""

    event: Event
    part: str
    subject: str
    rows: list[RowChange] = field(default_factory=list)
    said: dict[str, list[Any]] = field(default_factory=dict)

    def change(
        self, table: str, row_id: int, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        """Columns that differ, and what the log says of them."""
        for row in changed(table, row_id, before, after):
            self.rows.append(row)
            for name, value in (row.after or {}).items():
                self.said[name] = [(row.before or {})[name], value]

    def add(self, table: str, values: dict[str, Any]) -> int:
        new_id = -1 - len(self.rows)
        self.rows.append(RowChange(table, (new_id,), None, {"event_id": self.event.id, **values}))
        return new_id

    def plan(self, **more: Any) -> Plan:
        rows = tuple(self.rows)
        touched = touched_by(self.event, rows)
        return Plan(self.part, self.subject, rows, self.said, touched, **more)


def put_in_order(draft: Draft, table: str, rows: Sequence[Any], row: Any, by: int) -> None:
    """Move one row a place up (-1) or down (1) among its like; nothing at that end."""
    order = list(rows)
    here = order.index(row)
    if not 0 <= here + by < len(order):
        return
    order.insert(here + by, order.pop(here))
    for position, each in enumerate(order):
        draft.rows += changed(table, each.id, {"position": each.position}, {"position": position})
    draft.said["place"] = [here + 1, here + by + 1]
