"""Times that move: one, or one and all after it in its block, with the meetings in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from matchmaker.clock import now
from matchmaker.errors import Invalid
from matchmaker.events.models import Event, MeetingBlock, Slot
from matchmaker.formatting import clock_time, day_short
from matchmaker.setup.blocks import (
    Span,
    check_apart,
    overlap,
    span_of,
    times_of,
    title_of,
    values_of,
)
from matchmaker.setup.forms_moving import MoveForm
from matchmaker.setup.parts import Draft, Entry
from matchmaker.setup.plan import Plan
from matchmaker.setup.rows import changed


@dataclass(frozen=True, slots=True)
class Pieces:
    """A block parted into the times that move and those that stay before and after them."""

    block: MeetingBlock
    before: Sequence[Slot]
    moving: Sequence[Slot]
    after: Sequence[Slot]


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
        start = form.moment(first.starts_at, event.zone)
        pieces, by = _pieces(first, rest=form.extent.data == "rest"), start - first.starts_at
        _check_to_come(event, first, start)
        _check_free(event, pieces, by)
        draft = Draft(event, "times", title_of(event, _whole(pieces.moving)))
        _cut(draft, pieces, by)
        draft.said["times"] = [_listed(event, pieces.moving), _listed(event, pieces.moving, by)]
        return draft.plan() if by else Plan("times", draft.subject, (), {})

    def removed(self, event: Event, row: None, to: int) -> Plan:
        raise LookupError("Times are taken out of their block.")

    def targets(self, event: Event, row: None) -> list[tuple[int, str]]:
        return []

    def moved(self, event: Event, row: None, by: int) -> Plan:
        raise LookupError("Times stand in their own order.")


def _pieces(first: Slot, *, rest: bool) -> Pieces:
    slots = times_of(first.block)
    here = slots.index(first)
    end = len(slots) if rest else here + 1
    return Pieces(first.block, slots[:here], slots[here:end], slots[end:])


def _whole(slots: Sequence[Slot], by: timedelta = timedelta()) -> Span:
    return slots[0].starts_at + by, slots[-1].ends_at + by


def _check_to_come(event: Event, first: Slot, start: datetime) -> None:
    """Once there is an agenda, what has begun stays as it was."""
    if not event.shows_agenda:
        return
    if first.starts_at <= now():
        sentence = _("This time has begun, so it stays. Choose one that is still to come.")
        raise Invalid(sentence, field="first")
    if start <= now():
        raise Invalid(_("That is over already. Choose a time to come."), field="start")


def _check_free(event: Event, pieces: Pieces, by: timedelta) -> None:
    going = {slot.id for slot in pieces.moving}
    spans = [span_of(slot, by) for slot in pieces.moving]
    for other in event.slots:
        if other.id not in going and any(overlap(span_of(other), span) for span in spans):
            raise Invalid(
                _(
                    "There are meetings at %(time)s already. Choose another time, or move or take"
                    " out that one first.",
                    time=_named(event, other.starts_at),
                ),
                field="start",
            )
    others = [span_of(block) for block in event.blocks if block is not pieces.block]
    stay = [_whole(slots) for slots in (pieces.before, pieces.after) if slots]
    check_apart(event, _whole(pieces.moving, by), [*others, *stay])


def _cut(draft: Draft, pieces: Pieces, by: timedelta) -> None:
    """What stays before, what moves and what stays after are blocks of their own from now on."""
    ways = (pieces.before, timedelta()), (pieces.moving, by), (pieces.after, timedelta())
    for number, (slots, moved) in enumerate((slots, moved) for slots, moved in ways if slots):
        block_id = _put_block(draft, pieces.block, _whole(slots, moved), is_new=number > 0)
        for slot in slots:
            was = {"block_id": slot.block_id, **values_of(span_of(slot))}
            becomes = {"block_id": block_id, **values_of(span_of(slot, moved))}
            draft.rows += changed("slot", slot.id, was, becomes)


def _put_block(draft: Draft, block: MeetingBlock, span: Span, *, is_new: bool) -> int:
    if is_new:
        like = {"slot_minutes": block.slot_minutes, "pause_minutes": block.pause_minutes}
        return draft.add("block", {**values_of(span), **like})
    draft.rows += changed("block", block.id, values_of(span_of(block)), values_of(span))
    return block.id


def _listed(event: Event, slots: Sequence[Slot], by: timedelta = timedelta()) -> list[str]:
    """The day is said once."""
    first, *later = (slot.starts_at + by for slot in slots)
    return [_named(event, first), *(clock_time(at, event.zone) for at in later)]


def _named(event: Event, moment: datetime) -> str:
    return f"{day_short(moment, event.zone)} {clock_time(moment, event.zone)}"
