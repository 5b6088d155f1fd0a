"""What two people's words make of their meeting; asks no database."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from matchmaker.followup.models import RESULTS

LONGEST_NOTE = 2000
LONGEST_LINE = 200


class Held(StrEnum):
    """What became of a meeting, as both of its people say."""

    HELD = "held"
    NO_SHOW = "no-show"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


def held_of(one: str, other: str) -> Held:
    """One word is enough unless the other contradicts it."""
    said = {one, other} - {""}
    if not said:
        return Held.UNKNOWN
    if "held" not in said:
        return Held.NO_SHOW
    return Held.HELD if len(said) == 1 else Held.DISPUTED


def missing(one: str, other: str) -> tuple[bool, bool]:
    """Whether somebody says that the one, and that the other, did not come."""
    return one == "missed" or other == "absent", other == "missed" or one == "absent"


def bits_of(results: Collection[str]) -> int:
    """A bit for each result named, as they are stored."""
    return sum(1 << place for place, name in enumerate(RESULTS) if name in results)


def results_of(bits: int) -> list[str]:
    return [name for place, name in enumerate(RESULTS) if bits >> place & 1]


def joined_notes(notes: Iterable[str]) -> str:
    """Different notes one under the other; what is the same stands once."""
    return "\n\n".join(dict.fromkeys(note for note in notes if note))
