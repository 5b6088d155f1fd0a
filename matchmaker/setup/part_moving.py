"""Times that move: one, or one and all after it in its block, with the meetings in them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _

from matchmaker.clock import now
from matchmaker.errors import Invalid
from matchmaker.events.models import Event, MeetingBlock, Slot
from matchmaker.events.phases import Phase
from matchmaker.formatting import clock_time, day, day_short
from matchmaker.setup.forms_moving import MoveForm
from matchmaker.setup.parts import Draft, Entry
from matchmaker.setup.plan import Plan
from matchmaker.setup.rows import changed

Span = tuple[datetime, datetime]


class Moving:
    name = "moving"
    ordered = False

    def entries(self, event: Event) -> list[Entry]:
        return []

    def find(self, event: Event, row_id: int) -> None:
        return None

    def form(self, event: Event, row: None, *, fresh: bool = False) -> MoveForm:
        times = [(slot.id, _named(event, slot.starts_at)) for slot in event.slots]
        return MoveForm.of({}, fresh=fresh).offer(times)

    def edited(self, event: Event, row: None, form: MoveForm) -> Plan:
        first = next(slot for slot in event.slots if slot.id == form.first.data)
        block, start = first.block, form.moment(first.starts_at, event.zone)
        later = [slot for slot in _of(block) if slot.starts_at > first.starts_at]
        moving = [first, *later] if form.extent.data == "rest" else [first]
        by = start - first.starts_at
        _check_to_come(event, first, start)
        _check_free(event, moving, by)
        draft = Draft(event, "times", _title(event, moving))
        _cut(draft, block, moving, by)
        draft.said["times"] = [_listed(event, moving), _listed(event, moving, by)]
        return draft.plan() if by else Plan("times", draft.subject, (), {})

    def removed(self, event: Event, row: None, to: int) -> Plan:
        raise LookupError("Times are taken out of their block.")

    def targets(self, event: Event, row: None) -> list[tuple[int, str]]:
        return []

    def moved(self, event: Event, row: None, by: int) -> Plan:
        raise LookupError("Times stand in their own order.")


def _check_to_come(event: Event, first: Slot, start: datetime) -> None:
    """While the event goes on, what has begun stays as it was."""
    if event.phase != Phase.LIVE:
        return
    if first.starts_at <= now():
        sentence = _("This time has begun, so it stays. Choose one that is still to come.")
        raise Invalid(sentence, field="first")
    if start <= now():
        raise Invalid(_("That is over already. Choose a time to come."), field="start")


def _check_free(event: Event, moving: Sequence[Slot], by: timedelta) -> None:
    spans = [_span(slot, by) for slot in moving]
    going = {slot.id for slot in moving}
    for other in event.slots:
        if other.id in going:
            continue
        if any(other.starts_at < end and start < other.ends_at for start, end in spans):
            raise Invalid(
                _(
                    "There are meetings at %(time)s already. Choose another time, or move or take"
                    " out that one first.",
                    time=_named(event, other.starts_at),
                ),
                field="start",
            )


def _cut(draft: Draft, block: MeetingBlock, moving: Sequence[Slot], by: timedelta) -> None:
    """What stays before, what moves and what stays after are blocks of their own from now on."""
    before = [slot for slot in _of(block) if slot.starts_at < moving[0].starts_at]
    after = [slot for slot in _of(block) if slot.starts_at > moving[-1].starts_at]
    pieces = [slots for slots in (before, moving, after) if slots]
    for number, slots in enumerate(pieces):
        moved = by if slots is moving else timedelta()
        span = slots[0].starts_at + moved, slots[-1].ends_at + moved
        block_id = _put_block(draft, block, span, is_new=number > 0)
        for slot in slots:
            was = {"block_id": slot.block_id, **_values(_span(slot))}
            becomes = {"block_id": block_id, **_values(_span(slot, moved))}
            draft.rows += changed("slot", slot.id, was, becomes)


def _put_block(draft: Draft, block: MeetingBlock, span: Span, *, is_new: bool) -> int:
    if is_new:
        like = {"slot_minutes": block.slot_minutes, "pause_minutes": block.pause_minutes}
        return draft.add("block", {**_values(span), **like})
    draft.rows += changed(
        "block", block.id, _values((block.starts_at, block.ends_at)), _values(span)
    )
    return block.id


def _of(block: MeetingBlock) -> list[Slot]:
    """Its times, but for those that were taken out."""
    return [slot for slot in block.slots if slot.event_id is not None]


def _span(slot: Slot, by: timedelta = timedelta()) -> Span:
    return slot.starts_at + by, slot.ends_at + by


def _values(span: Span) -> dict[str, str]:
    start, end = (moment.astimezone(UTC).isoformat() for moment in span)
    return {"starts_at": start, "ends_at": end}


def _listed(event: Event, slots: Sequence[Slot], by: timedelta = timedelta()) -> list[str]:
    """The day is said once."""
    first, *later = (slot.starts_at + by for slot in slots)
    return [_named(event, first), *(clock_time(at, event.zone) for at in later)]


def _named(event: Event, moment: datetime) -> str:
    return f"{day_short(moment, event.zone)} {clock_time(moment, event.zone)}"


def _title(event: Event, slots: Sequence[Slot]) -> str:
    start, end = slots[0].starts_at, slots[-1].ends_at
    hours = f"{clock_time(start, event.zone)}–{clock_time(end, event.zone)}"
    return f"{day(start, event.zone)}, {hours}"
