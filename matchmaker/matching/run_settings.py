"""How one run differs from what the event's settings say: weights, goals, the limit of meetings."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from matchmaker.events.weights import Weights
from matchmaker.matching.snapshot import Goals, Snapshot


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What is empty stays as the event has it."""

    max_meetings: int | None = None
    most_in_a_row: int | None = None
    weights: Mapping[str, int] = field(default_factory=dict)
    goals: Goals = field(default_factory=Goals)

    def applied_to(self, snapshot: Snapshot) -> Snapshot:
        given = snapshot.settings
        most = given.max_meetings if self.max_meetings is None else self.max_meetings
        in_a_row = given.most_in_a_row if self.most_in_a_row is None else self.most_in_a_row
        weights = Weights(**(asdict(given.weights) | dict(self.weights)))
        settings = replace(
            given, max_meetings=most, most_in_a_row=in_a_row, weights=weights, goals=self.goals
        )
        return replace(snapshot, settings=settings)


USUAL = RunSettings()


def settings_from(kept: Mapping[str, Any]) -> RunSettings:
    """What `settings_of` wrote of a run, for another one; what it does not say stays usual."""
    return RunSettings(
        kept.get("max_meetings"),
        kept.get("most_in_a_row"),
        kept.get("weights", {}),
        Goals(**kept.get("goals", {})),
    )


def settings_of(snapshot: Snapshot) -> dict[str, Any]:
    """The settings a run works with, as its row keeps them for the history."""
    return {
        "stay": snapshot.stay,
        "max_meetings": snapshot.settings.max_meetings,
        "most_in_a_row": snapshot.settings.most_in_a_row,
        "weights": asdict(snapshot.settings.weights),
        "goals": asdict(snapshot.settings.goals),
        "settled": len(snapshot.settled),
    }


def changes_between(before: Snapshot, after: Snapshot) -> dict[str, list[int]]:
    """How many people, wishes and so on came, went or are not as they were; what is alike is out.

    It names no one and counts no "no": a wish that became one is gone.
    """
    found = {
        "people": _changed(
            {person.id: person for person in before.people},
            {person.id: person for person in after.people},
        ),
        "wishes": _changed(_wishes(before), _wishes(after)),
        "accepted": _changed(dict.fromkeys(before.accepted), dict.fromkeys(after.accepted)),
        "slots": _changed(dict.fromkeys(before.slots()), dict.fromkeys(after.slots())),
        "points": _changed(
            {point.name: point for point in before.points},
            {point.name: point for point in after.points},
        ),
    }
    return {name: counts for name, counts in found.items() if any(counts)}


def _wishes(snapshot: Snapshot) -> dict[tuple[str, str], str]:
    said = (wish for wish in snapshot.wishes if wish.level != "no")
    return {(wish.person, wish.other): wish.level for wish in said}


def _changed(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> list[int]:
    """How many were added, are gone, and differ."""
    both = before.keys() & after.keys()
    differ = sum(before[key] != after[key] for key in both)
    return [len(after) - len(both), len(before) - len(both), differ]
