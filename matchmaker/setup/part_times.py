"""Meeting blocks: when they are, how they are cut into slots, and the slots that stay."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask_babel import ngettext

from matchmaker.events.models import Event, MeetingBlock, Slot
from matchmaker.events.slots import cut
from matchmaker.formatting import day
from matchmaker.setup.blocks import (
    Span,
    check_apart,
    hours_of,
    span_of,
    times_of,
    title_of,
    values_of,
)
from matchmaker.setup.forms import BlockForm
from matchmaker.setup.parts import Draft, Entry
from matchmaker.setup.plan import Plan
from matchmaker.setup.rows import RowChange, changed, taken_out

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
        whole = spans[0][0], spans[-1][1]
        check_apart(event, whole, (span_of(other) for other in event.blocks if other is not row))
        draft = Draft(event, self.name, title_of(event, whole))
        before = [span_of(slot) for slot in times_of(row)] if row else []
        kept = {span_of(slot): slot for slot in times_of(row)} if row else {}
        gone = {span_of(slot): slot for slot in row.slots if slot.event_id is None} if row else {}
        times: list[Span] = []
        for number, span in enumerate(spans):
            block_id = _put_block(draft, row if number == 0 else None, span, form)
            times += _put_slots(draft, block_id, span, form, (kept, gone))
        draft.rows += [taken_out("slot", slot.id, event.id) for slot in kept.values()]
        draft.said["times"] = [_listed(event, before), _listed(event, times)]
        return draft.plan(times=tuple(times))

    def removed(self, event: Event, row: MeetingBlock, to: int) -> Plan:
        draft, slots = Draft(event, self.name, title_of(event, span_of(row))), times_of(row)
        draft.rows += [taken_out("slot", slot.id, event.id) for slot in slots]
        draft.rows.append(taken_out("block", row.id, event.id))
        draft.said["times"] = [_listed(event, map(span_of, slots)), []]
        return draft.plan()

    def targets(self, event: Event, row: MeetingBlock) -> list[tuple[int, str]]:
        return []

    def moved(self, event: Event, row: MeetingBlock, by: int) -> Plan:
        raise LookupError("Blocks stand in the order of time.")


def _put_block(draft: Draft, row: MeetingBlock | None, span: Span, form: BlockForm) -> int:
    after = {
        **values_of(span),
        "slot_minutes": form.minutes.data,
        "pause_minutes": form.pause.data,
    }
    if row is None:
        return draft.add("block", after)
    before = {
        **values_of(span_of(row)),
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
        draft.add("slot", {"block_id": block_id, **values_of((start, end))})
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


def _entry(event: Event, block: MeetingBlock) -> Entry:
    minutes = ngettext("%(num)d minute each", "%(num)d minutes each", block.slot_minutes)
    pause = ngettext("%(num)d minute between", "%(num)d minutes between", block.pause_minutes)
    return Entry(
        id=block.id,
        title=hours_of(event, span_of(block)),
        details=(
            ngettext("%(num)d time", "%(num)d times", len(times_of(block))),
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


def _listed(event: Event, spans: Iterable[Span]) -> list[str]:
    return [hours_of(event, span) for span in spans]
