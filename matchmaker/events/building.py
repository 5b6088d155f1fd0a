"""Making the parts of an event: types, permissions, topics, blocks with slots, meeting points."""

import itertools
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from matchmaker.errors import Invalid
from matchmaker.events.models import (
    Event,
    MeetingBlock,
    MeetingPoint,
    ParticipantType,
    Slot,
    Topic,
    TypePermission,
)
from matchmaker.events.parts import NewBlock, NewPermission, NewPoint, NewTopic
from matchmaker.events.slots import cut
from matchmaker.extensions import db


def add_types(event: Event, names: Sequence[str]) -> None:
    event.types = [ParticipantType(name=name, position=n) for n, name in enumerate(names)]
    db.session.flush()


def add_permissions(event: Event, permissions: Iterable[NewPermission] | None) -> None:
    """Say who may meet whom; `None` lets every type meet every type."""
    ids = {kind.name: kind.id for kind in event.types}
    if permissions is None:
        permissions = [NewPermission(a, b) for a, b in itertools.product(ids, repeat=2)]
    for given in permissions:
        _check_known(given, ids)
        db.session.add(
            TypePermission(
                type_id=ids[given.kind],
                other_id=ids[given.other],
                preferred=given.preferred,
                asks=given.asks,
                sees=given.sees,
            )
        )
    db.session.flush()


def add_topics(event: Event, topics: Sequence[NewTopic]) -> None:
    """Add the tree of topics; parents may come after their children."""
    rows = {
        given.key: Topic(key=given.key, name=given.name, position=n)
        for n, given in enumerate(topics)
    }
    for given in topics:
        if given.parent is not None and given.parent not in rows:
            sentence = _("The topic %(key)s has an unknown parent: %(parent)s.")
            raise Invalid(sentence % {"key": given.key, "parent": given.parent})
        rows[given.key].parent = rows[given.parent] if given.parent else None
    event.topics = list(rows.values())
    db.session.flush()


def add_points(event: Event, points: Sequence[NewPoint]) -> None:
    event.points = [
        MeetingPoint(name=given.name, kind=given.kind, position=n)
        for n, given in enumerate(points, start=1)
    ]
    db.session.flush()


def add_blocks(event: Event, blocks: Sequence[NewBlock]) -> None:
    """Add the meeting blocks, each cut into its slots."""
    in_order = sorted(blocks, key=lambda block: block.start)
    for block, after in itertools.pairwise(in_order):
        if after.start < block.end:
            raise Invalid(_("Two meeting blocks overlap. Let one end before the next begins."))
    event.blocks = [_cut_block(event, block) for block in in_order]
    db.session.flush()


def _cut_block(event: Event, block: NewBlock) -> MeetingBlock:
    slots = [
        Slot(event_id=event.id, starts_at=start, ends_at=end)
        for start, end in cut(block.start, block.end, block.minutes, block.pause)
    ]
    return MeetingBlock(
        starts_at=block.start,
        ends_at=block.end,
        slot_minutes=block.minutes,
        pause_minutes=block.pause,
        slots=slots,
    )


def _check_known(given: NewPermission, ids: dict[str, int]) -> None:
    for name in (given.kind, given.other):
        if name not in ids:
            raise Invalid(_("There is no participant type %(name)s at this event.", name=name))
