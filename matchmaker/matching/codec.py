"""Snapshots and reasons as JSON text and back, exactly: a run stores what it worked on."""

from msgspec import json

from matchmaker.matching.outcome import Reason
from matchmaker.matching.snapshot import Snapshot


def to_json(snapshot: Snapshot) -> str:
    """Equal snapshots give equal text, whatever order their sets happen to be in."""
    return json.encode(snapshot, order="deterministic").decode()


def from_json(text: str) -> Snapshot:
    """Raises `msgspec.ValidationError`, naming the place, for text that is not a snapshot."""
    return json.decode(text, type=Snapshot)


def reasons_to_json(reasons: tuple[Reason, ...]) -> str:
    return json.encode(reasons).decode()


def reasons_from_json(text: str) -> tuple[Reason, ...]:
    return json.decode(text, type=tuple[Reason, ...])
