"""What people asked for, agreed on, proposed or had kept at a time that goes or moves."""

from collections.abc import Iterator

from sqlalchemy import or_, select

from matchmaker.agenda.models import Meeting
from matchmaker.extensions import db
from matchmaker.setup.plan import IN_THE_WAY, Plan
from matchmaker.setup.rows import RowChange, leaving
from matchmaker.setup.touched_times import moving_slots
from matchmaker.wishes.models import Request, RequestSlot


def loosened(plan: Plan) -> list[RowChange]:
    """A yes to one time is no yes to another: nobody is bound to what they did not say."""
    return [*_asked_for(plan), *_offered(plan), *_proposals(plan), *_kept(plan)]


def _asked_for(plan: Plan) -> Iterator[RowChange]:
    """Who asked for a time that goes, or agreed on it, want to meet, and at no time yet."""
    going = [*leaving(plan.rows, "slot"), *moving_slots(plan.rows)]
    named = select(Request.id, Request.slot_id).where(
        Request.id.in_(plan.ids("agreed") + plan.ids("offered")), Request.slot_id.in_(going)
    )
    for row in db.session.execute(named.order_by(Request.id)):
        yield RowChange("request", (row.id,), {"slot_id": row.slot_id}, {"slot_id": None})


def _offered(plan: Plan) -> Iterator[RowChange]:
    """Of a time that is taken out the row may stay: nobody can choose it."""
    offered = select(RequestSlot.request_id, RequestSlot.slot_id).where(
        RequestSlot.request_id.in_(plan.ids("offered")),
        RequestSlot.slot_id.in_(moving_slots(plan.rows)),
    )
    for key in db.session.execute(offered.order_by(RequestSlot.request_id, RequestSlot.slot_id)):
        yield RowChange("offer", tuple(key), dict(key._mapping), None)


def _proposals(plan: Plan) -> Iterator[RowChange]:
    if moving_slots(plan.rows):
        for move_id in plan.ids("moves"):
            yield RowChange("proposal", (move_id,), {"state": "pending"}, {"state": "outdated"})


def _kept(plan: Plan) -> Iterator[RowChange]:
    """A meeting that cannot be held at its new time is free for the repair to place."""
    stuck = select(Meeting.id, Meeting.kept, Meeting.locked).where(
        Meeting.id.in_(plan.ids(IN_THE_WAY)), or_(Meeting.kept, Meeting.locked)
    )
    for row in db.session.execute(stuck.order_by(Meeting.id)):
        was = {"kept": row.kept, "locked": row.locked}
        yield RowChange("meeting", (row.id,), was, {"kept": False, "locked": False})
