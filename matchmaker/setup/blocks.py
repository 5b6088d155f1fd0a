"""Blocks and the times in them as spans: which are there, how they are written and told apart."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from matchmaker.errors import Invalid
from matchmaker.events.models import Event, MeetingBlock, Slot
from matchmaker.formatting import clock_time, day

Span = tuple[datetime, datetime]


def times_of(block: MeetingBlock) -> list[Slot]:
    """Its times, but for those that were taken out."""
    return [slot for slot in block.slots if slot.event_id is not None]


def span_of(row: Any, by: timedelta = timedelta()) -> Span:
    return row.starts_at + by, row.ends_at + by


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def values_of(span: Span) -> dict[str, str]:
    """As a row of a change says it."""
    start, end = (moment.astimezone(UTC).isoformat() for moment in span)
    return {"starts_at": start, "ends_at": end}


def hours_of(event: Event, span: Span) -> str:
    start, end = span
    return f"{clock_time(start, event.zone)}–{clock_time(end, event.zone)}"


def title_of(event: Event, span: Span) -> str:
    return f"{day(span[0], event.zone)}, {hours_of(event, span)}"


def check_apart(event: Event, span: Span, blocks: Iterable[Span]) -> None:
    """Refuse a block that overlaps one of these."""
    for other in blocks:
        if overlap(span, other):
            sentence = _("There is a block at this time: %(block)s. Let one end before the other.")
            raise Invalid(sentence % {"block": title_of(event, other)}, field="start")
