"""The settings of a run: how the objective weighs, and how far each stage searches."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Params:
    """Weights are shares of the pairs' own values, so that an event's scale does not matter.

    A person's first meeting adds `first_meeting` of the largest value, the k-th one (2 to 8)
    `later_meetings` / k of the median value, and each meeting up to the promised minimum
    `promise` of the largest value. Compacting counts a person's breaks above `fair_breaks` twice.
    The bound is tightened where a gap above `relax_gap` is left and the plain model has at most
    `relax_columns`. The other numbers limit the effort of a stage.
    """

    first_meeting: float = 1.0
    later_meetings: float = 0.25
    promise: float = 0.5
    select_nodes: int = 500
    place_tries: int = 20
    improve_rounds: int = 40
    improve_trades: int = 5000
    improve_slots: int = 2
    improve_nodes: int = 1
    relax_gap: float = 0.002
    relax_columns: int = 40_000
    fair_breaks: int = 2
    compact_tries: int = 2_000_000

    def __post_init__(self) -> None:
        for item in fields(self):
            if getattr(self, item.name) < 0:
                raise ValueError(f"{item.name} is negative; it needs a number from 0 up.")
