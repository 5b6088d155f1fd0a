"""The one rule by which time is cut into slots. Pure: used by events, matching and files."""

from collections.abc import Iterator
from datetime import datetime, timedelta


def cut(
    start: datetime, end: datetime, minutes: int, pause: int = 0
) -> Iterator[tuple[datetime, datetime]]:
    """Equal slots from `start` on, as (start, end), with `pause` minutes between two of them.

    A remainder at the end stays unused.
    """
    if minutes <= 0:
        raise ValueError(f"A slot of {minutes} minutes has no length.")
    length = timedelta(minutes=minutes)
    while start + length <= end:
        yield start, start + length
        start += length + timedelta(minutes=pause)
