"""Makes runs that have ended, from meetings written out by hand."""

from collections.abc import Sequence

from sqlalchemy import func, select

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.codec import to_json
from matchmaker.matching.models import Run, RunMeeting, RunState
from matchmaker.matching.queries import snapshot_of
from matchmaker.registration.models import Participant

Place = tuple[Participant, Participant, int, int]


def make_run(event: Event, *places: Place) -> Run:
    """A finished run that proposes each (one, other, slot number, point number)."""
    last = db.session.scalar(select(func.max(Run.number)).where(Run.event_id == event.id))
    run = Run(
        event_id=event.id,
        number=(last or 0) + 1,
        state=RunState.DONE,
        snapshot=to_json(snapshot_of(event)),
        report=report_of(places),
        meetings=[_proposal(event, *place) for place in places],
    )
    db.session.add(run)
    db.session.commit()
    return run


def report_of(places: Sequence[Place]) -> dict[str, float]:
    return {
        "participants": 4,
        "pairs": len(places),
        "meetings": len(places),
        "pair_value": 30 * len(places),
        "value": 30 * len(places),
        "bound": 30 * len(places),
        "gap": 0.0,
        "breaks": 0,
        "without_meeting": 0,
        "seconds": 0.5,
    }


def _proposal(
    event: Event, one: Participant, other: Participant, slot: int, point: int
) -> RunMeeting:
    a_id, b_id = sorted((one.id, other.id))
    reasons = f'[{{"kind":"must","points":30,"person":"{one.ref}"}}]'
    return RunMeeting(
        a_id=a_id,
        b_id=b_id,
        slot_id=event.slots[slot].id,
        point_id=event.points[point].id,
        value=30,
        reasons=reasons,
    )
