"""The only reader of the wall clock, so that a test or a demonstration can stop time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_stopped_at: datetime | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _stopped_at or datetime.now(UTC)


def wall() -> datetime:
    """The real moment even where the clock is stopped: for heartbeats between processes."""
    return datetime.now(UTC)


def stop_at(moment: datetime | None) -> None:
    """Stop this process's clock at an aware moment; `None` lets it run again."""
    global _stopped_at
    if moment is not None and moment.tzinfo is None:
        raise ValueError("The clock is stopped at an aware moment; this one has no time zone.")
    _stopped_at = None if moment is None else moment.astimezone(UTC)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Stop the clock for the length of a `with` block."""
    before = _stopped_at
    stop_at(moment)
    try:
        yield
    finally:
        stop_at(before)
