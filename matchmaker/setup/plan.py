"""What a change of the set-up would do, and to whom: shown first, and named by a fingerprint."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from matchmaker.setup.rows import RowChange

# Published meetings whose time or place goes, those of types that may no longer meet, and those
# that come at another moment since the clocks are another zone's, since their time moves, or would
# but for somebody who is away then.
UNPLACED, UNPERMITTED, SHIFTED = "unplaced", "unpermitted", "shifted"
MOVING, IN_THE_WAY = "moving", "in the way"
# Those whose meeting point has another name or link.
HELD_THERE = "held there"
WAYS = {UNPLACED: ("repair", "cancel"), UNPERMITTED: ("keep", "cancel")}


@dataclass(frozen=True, slots=True)
class Touched:
    """Things of one kind that the change touches: all their ids, and in `lines` as many as a page
    holds.

    `more` fills the sentence about them; `endpoint` is the page where they are.
    """

    kind: str
    ids: tuple[int, ...]
    lines: tuple[str, ...] = ()
    endpoint: str = ""
    more: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A change worked out and not yet done.

    `said` is what differs in the words of the log, as [before, after] by name. `times` are the
    slots as they would be. `undoes_id` is the change that this one takes back.
    """

    part: str
    subject: str
    rows: tuple[RowChange, ...]
    said: dict[str, list[Any]]
    touched: tuple[Touched, ...] = ()
    times: tuple[tuple[datetime, datetime], ...] = ()
    undoes_id: int | None = None

    @property
    def fingerprint(self) -> str:
        """Of what is changed and all that is touched, not only of what the page has room for."""
        told = [[each.kind, sorted(each.ids)] for each in self.touched]
        rows = [row.kept() for row in self.rows]
        text = json.dumps([self.part, rows, self.said, told], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def ways(self) -> tuple[str, ...]:
        """What may become of published meetings; the first is what most want."""
        ways = [way for each in self.touched for way in WAYS.get(each.kind, ())]
        return tuple(sorted(set(ways), key=("repair", "keep", "cancel").index))

    @property
    def tells(self) -> bool:
        """Whether people are told at once, other than of what is called off."""
        return any(self.ids(kind) for kind in (SHIFTED, MOVING, HELD_THERE))

    def ids(self, kind: str) -> list[int]:
        return [one for each in self.touched if each.kind == kind for one in each.ids]
