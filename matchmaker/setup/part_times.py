"""Meeting blocks: when they are, how they are cut into slots, and the slots that stay."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.errors import Invalid
from matchmaker.events.models import Event, MeetingBlock, Slot
from matchmaker.events.slots import cut
from matchmaker.formatting import clock_time, day
from matchmaker.setup.forms import BlockForm
from matchmaker.setup.parts import Draft, Entry
from matchmaker.setup.plan import Plan
from matchmaker.setup.rows import RowChange, changed, taken_out

Span = tuple[datetime, datetime]
Slots = dict[Span, Slot]


class Times:
    name = "times"
    ordered = False

    def entries(self, event: Event) -> list[Entry]:
        return [_entry(event, block) for block in event.blocks]

    def find(self, event: Event, row_id: int) -> MeetingBlock | None:
        return next((block for block in event.blocks if block.id == row_id), None)

    def form(self, event: Event, row: MeetingBlock | None, *, fresh: bool = False) -> BlockForm:
        if row is not None:
            return BlockForm.of(_said(event, row), fresh=fresh)
        last = event.blocks[-1] if event.blocks else None
        data = _after(event, last) if last else {"day": event.starts_on}
        return BlockForm.of(data, fresh=fresh)

    def edited(self, event: Event, row: MeetingBlock | None, form: BlockForm) -> Plan:
        spans = form.stretches(event.zone)
        _check_apart(event, row, spans)
        draft = Draft(event, self.name, _title(event, spans[0][0], spans[-1][1]))
        kept = {_span(slot): slot for slot in _of(row)}
        gone = {_span(slot): slot for slot in row.slots if slot.event_id is None} if row else {}
        times: list[Span] = []
        for number, span in enumerate(spans):
            block_id = _put_block(draft, row if number == 0 else None, span, form)
            times += _put_slots(draft, block_id, span, form, (kept, gone))
        draft.rows += [taken_out("slot", slot.id, event.id) for slot in kept.values()]
        draft.said["times"] = [
            _listed(event, _of(row)),
            _listed_spans(event, times),
        ]
        return draft.plan(times=tuple(times))

    def removed(self, event: Event, row: MeetingBlock, to: int) -> Plan:
        draft = Draft(event, self.name, _title(event, row.starts_at, row.ends_at))
        draft.rows += [taken_out("slot", slot.id, event.id) for slot in _of(row)]
        draft.rows.append(taken_out("block", row.id, event.id))
        draft.said["times"] = [_listed(event, _of(row)), []]
        return draft.plan()

    def targets(self, event: Event, row: MeetingBlock) -> list[tuple[int, str]]:
        return []

    def moved(self, event: Event, row: MeetingBlock, by: int) -> Plan:
        raise LookupError("Blocks stand in the order of time.")


def _put_block(draft: Draft, row: MeetingBlock | None, span: Span, form: BlockForm) -> int:
    after = {
        "starts_at": _iso(span[0]),
        "ends_at": _iso(span[1]),
        "slot_minutes": form.minutes.data,
        "pause_minutes": form.pause.data,
    }
    if row is None:
        return draft.add("block", after)
    before = {
        "starts_at": _iso(row.starts_at),
        "ends_at": _iso(row.ends_at),
        "slot_minutes": row.slot_minutes,
        "pause_minutes": row.pause_minutes,
    }
    draft.change("block", row.id, before, after)
    return row.id


def _put_slots(
    draft: Draft, block_id: int, span: Span, form: BlockForm, known: tuple[Slots, Slots]
) -> list[Span]:
    """A slot at the same time stays the same slot, or comes back, with the meetings in it."""
    kept, gone = known
    times = list(cut(*span, form.minutes.data or 1, form.pause.data or 0))
    for start, end in times:
        slot = kept.pop((start, end), None)
        if slot is not None:
            moved_over = {"block_id": slot.block_id}, {"block_id": block_id}
            draft.rows += changed("slot", slot.id, *moved_over)
            continue
        back = gone.pop((start, end), None)
        if back is not None:
            draft.rows.append(_brought_back(back, draft.event, block_id))
            continue
        draft.add("slot", {"block_id": block_id, "starts_at": _iso(start), "ends_at": _iso(end)})
    return times


def _brought_back(slot: Slot, event: Event, block_id: int) -> RowChange:
    gone = taken_out("slot", slot.id, event.id).inverse()
    was, becomes = gone.before or {}, gone.after or {}
    return RowChange(
        gone.table,
        gone.key,
        was | {"block_id": slot.block_id},
        becomes | {"block_id": block_id},
    )


def _check_apart(event: Event, row: MeetingBlock | None, spans: list[Span]) -> None:
    start, end = spans[0][0], spans[-1][1]
    for other in event.blocks:
        if other is not row and other.starts_at < end and start < other.ends_at:
            sentence = _("There is a block at this time: %(block)s. Let one end before the other.")
            raise Invalid(
                sentence % {"block": _title(event, other.starts_at, other.ends_at)}, field="start"
            )


def _entry(event: Event, block: MeetingBlock) -> Entry:
    minutes = ngettext("%(num)d minute each", "%(num)d minutes each", block.slot_minutes)
    pause = ngettext("%(num)d minute between", "%(num)d minutes between", block.pause_minutes)
    return Entry(
        id=block.id,
        title=_hours(event, block.starts_at, block.ends_at),
        details=(
            ngettext("%(num)d time", "%(num)d times", len(_of(block))),
            minutes,
            *((pause,) if block.pause_minutes else ()),
        ),
        group=day(block.starts_at, event.zone),
    )


def _said(event: Event, block: MeetingBlock) -> dict[str, Any]:
    start, end = (each.astimezone(event.zone) for each in (block.starts_at, block.ends_at))
    return {
        "day": start.date(),
        "start": start.time(),
        "end": end.time(),
        "minutes": block.slot_minutes,
        "pause": block.pause_minutes,
    }


def _after(event: Event, last: MeetingBlock) -> dict[str, Any]:
    """A further block begins as the last one did, a day later, where the event has such a day."""
    said = _said(event, last)
    tomorrow = said["day"] + timedelta(days=1)
    return said | {"day": min(tomorrow, max(event.ends_on, said["day"]))}


def _title(event: Event, start: datetime, end: datetime) -> str:
    return f"{day(start, event.zone)}, {_hours(event, start, end)}"


def _hours(event: Event, start: datetime, end: datetime) -> str:
    return f"{clock_time(start, event.zone)}–{clock_time(end, event.zone)}"


def _of(block: MeetingBlock | None) -> list[Slot]:
    """Its times, but for those that were taken out."""
    return [slot for slot in block.slots if slot.event_id is not None] if block else []


def _listed(event: Event, slots: Any) -> list[str]:
    return _listed_spans(event, [_span(slot) for slot in slots])


def _listed_spans(event: Event, spans: list[Span]) -> list[str]:
    return [_hours(event, *span) for span in spans]


def _span(slot: Slot) -> Span:
    return slot.starts_at, slot.ends_at


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
