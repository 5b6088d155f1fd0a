"""What each reason adds to the value of a meeting. Pure: used by events, matching and files."""

from dataclasses import asdict, dataclass

MAX_WEIGHT = 1000
ASKED_FOR = ("must", "want", "accepted")


def min_weight(name: str) -> int:
    """The smallest weight that makes sense: what people ask for is always worth something."""
    return 1 if name in ASKED_FOR else 0


@dataclass(frozen=True, slots=True)
class Weights:
    """Whole numbers from `min_weight` to `MAX_WEIGHT`."""

    must: int = 30
    want: int = 12
    accepted: int = 20
    offer_meets_need: int = 10
    same_topic: int = 3
    type_preference: int = 4
    different_regions: int = 2

    def __post_init__(self) -> None:
        for name, weight in asdict(self).items():
            least = min_weight(name)
            if not least <= weight <= MAX_WEIGHT:
                raise ValueError(f"The weight of {name} is a number from {least} to {MAX_WEIGHT}.")


USUAL_WEIGHTS: dict[str, int] = asdict(Weights())


def complete(weights: dict[str, int]) -> dict[str, int]:
    """All seven weights, the event's own where it has them."""
    return USUAL_WEIGHTS | weights
