"""What each reason adds to the value of a meeting, where the organiser has not said otherwise."""

MOST = 1000
DEFAULT_WEIGHTS: dict[str, int] = {
    "must": 30,
    "want": 12,
    "accepted": 20,
    "offer_meets_need": 10,
    "same_topic": 3,
    "type_preference": 4,
    "different_regions": 2,
}
ASKED_FOR = ("must", "want", "accepted")


def least(name: str) -> int:
    """The smallest weight that makes sense: what people ask for is always worth something."""
    return 1 if name in ASKED_FOR else 0


def complete(weights: dict[str, int]) -> dict[str, int]:
    """All seven weights, the event's own where it has them."""
    return DEFAULT_WEIGHTS | weights
