"""What came out of a run, in the event's own words: meetings, what did not fit, and the figures."""

from dataclasses import dataclass
from typing import Literal

from matchmaker.matching.snapshot import Interval

ReasonKind = Literal[
    "must",
    "want",
    "accepted",
    "offer_meets_need",
    "same_topic",
    "type_preference",
    "different_regions",
]
TermName = Literal["pair_value", "sharing", "promises", "breaks", "point_changes"]
Resource = Literal["point", "slot", "meeting_each"]
WhyNot = Literal[
    "never_free_together",
    "person_full",
    "tables_full",
    "costs_more",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """One named part of a pair's value.

    `person` is whose side it speaks for (who wishes, who needs), empty where it is both;
    `offer` and `need` are titles; `topic` is a topic's id. `points` is what it adds.
    """

    kind: ReasonKind
    points: int
    person: str = ""
    offer: str = ""
    need: str = ""
    topic: str = ""

    @property
    def is_wish(self) -> bool:
        """Whether one of the two says it of the other."""
        return self.kind in ("must", "want")


@dataclass(frozen=True, slots=True)
class PairValue:
    """A candidate pair, `a` < `b` as strings, and why it is worth what it is worth."""

    a: str
    b: str
    reasons: tuple[Reason, ...]

    @property
    def value(self) -> int:
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of the schedule: the pair, when, and at which meeting point (by name)."""

    pair: PairValue
    slot: Interval
    point: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A wished-for candidate that is not scheduled; `why` with the people and cost it rests on.

    `full` names the participants with no room left, `cost` what fitting it in would lose.
    """

    pair: PairValue
    why: WhyNot
    full: tuple[str, ...] = ()
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A named part of what a run aims at; of `breaks` and `point_changes` few are good.

    `bound` is the best there could be if only this part counted, `None` where none is known.
    """

    name: TermName
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True)
class More:
    """What one more of something would add to the value: `found` at least, `proved` at most."""

    of: Resource
    found: int
    proved: int


@dataclass(frozen=True, slots=True)
class Scarce:
    """A participant of whom one more meeting would add at most `adds`."""

    person: str
    adds: int


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of `report.json`, in its order.

    Of `published` meetings the run leaves `kept` at their time. A repair says how many of them it
    `changes`, and how few have to: `fewest` is proved.
    """

    participants: int
    pairs: int
    meetings: int
    pair_value: int
    value: int
    bound: int
    gap: float
    breaks: int
    without_meeting: int
    seconds: float
    published: int = 0
    kept: int = 0
    terms: tuple[Term, ...] = ()
    more: tuple[More, ...] = ()
    scarce: tuple[Scarce, ...] = ()
    changes: int | None = None
    fewest: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a repair `others` are further ways, each with more changes and worth more."""

    meetings: tuple[Meeting, ...]
    unplaced: tuple[Unplaced, ...]
    report: Report
    others: tuple["Outcome", ...] = ()
