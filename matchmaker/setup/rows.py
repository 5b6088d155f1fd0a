"""A change of the set-up as rows before and after: plain values, so that it can be turned round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# As JSON holds them: numbers, text, yes and no, nothing; moments as text.
Values = dict[str, Any]
# Rows without an id of their own: they come and go, and nothing names them.
NAMED_BY_TWO = ("cell", "offer")


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row; of a row that stays, only the columns that change.

    `before` is nothing for a row that is new, `after` for one that goes. A new row has an id below
    zero until it is written, by which other rows may name it.
    """

    table: str
    key: tuple[int, ...]
    before: Values | None
    after: Values | None

    @property
    def is_taken_out(self) -> bool:
        """Taken out of the event; whatever names it still finds it."""
        return self._event(self.before) is not None and self._event(self.after) is None

    def inverse(self) -> "RowChange":
        """What was new is taken out again rather than deleted, since something may name it."""
        if self.before is None and self.table not in NAMED_BY_TWO:
            event_id = self._event(self.after)
            return taken_out(self.table, self.key[0], event_id or 0)
        return RowChange(self.table, self.key, self.after, self.before)

    def kept(self) -> Values:
        """As a row of the database keeps it."""
        key = list(self.key)
        return {"table": self.table, "key": key, "before": self.before, "after": self.after}

    @classmethod
    def of(cls, kept: Values) -> "RowChange":
        return cls(kept["table"], tuple(kept["key"]), kept["before"], kept["after"])

    @staticmethod
    def _event(values: Values | None) -> int | None:
        return None if values is None else values.get("event_id")


def changed(table: str, row_id: int, before: Values, after: Values) -> list[RowChange]:
    """The columns that differ, as one change; none where nothing does."""
    names = [name for name in after if before[name] != after[name]]
    if not names:
        return []
    was, becomes = ({name: side[name] for name in names} for side in (before, after))
    return [RowChange(table, (row_id,), was, becomes)]


def taken_out(table: str, row_id: int, event_id: int) -> RowChange:
    here = {"event_id": event_id, "removed_from_id": None}
    gone = {"event_id": None, "removed_from_id": event_id}
    return RowChange(table, (row_id,), here, gone)


def inverse_of(rows: Sequence[RowChange]) -> tuple[RowChange, ...]:
    return tuple(row.inverse() for row in reversed(rows))


def leaving(rows: Iterable[RowChange], table: str) -> list[int]:
    """The ids of what is taken out of one table."""
    return [row.key[0] for row in rows if row.table == table and row.is_taken_out]
