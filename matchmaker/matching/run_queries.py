"""Questions about runs."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from matchmaker.accounts.models import User
from matchmaker.events.models import Event, Slot
from matchmaker.events.queries import point_names, slot_starts
from matchmaker.events.weights import complete
from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunMeeting, RunState, RunUnplaced
from matchmaker.matching.snapshot import Settled, Snapshot
from matchmaker.registration.models import Participant


def runs_of(event: Event) -> Sequence[Run]:
    """All runs of the event, the latest first."""
    return db.session.scalars(
        select(Run).where(Run.event_id == event.id).order_by(Run.number.desc())
    ).all()


def finished_runs(event: Event) -> Sequence[Run]:
    """The runs with a result, the latest first."""
    return db.session.scalars(
        select(Run)
        .where(Run.event_id == event.id, Run.state == RunState.DONE)
        .order_by(Run.number.desc())
    ).all()


def run_numbered(event: Event, number: int) -> Run | None:
    return db.session.scalar(select(Run).where(Run.event_id == event.id, Run.number == number))


def alternatives_of(run: Run) -> Sequence[Run]:
    """The ways a repair found, itself first; of any of them."""
    first = run.of_id or run.id
    return db.session.scalars(
        select(Run).where((Run.id == first) | (Run.of_id == first)).order_by(Run.number)
    ).all()


def latest_repair(event: Event) -> Run | None:
    """The last repair that was worked out, the first of its ways."""
    return db.session.scalar(
        select(Run)
        .where(
            Run.event_id == event.id,
            Run.kind == "repair",
            Run.of_id.is_(None),
            Run.state == RunState.DONE,
        )
        .order_by(Run.number.desc())
        .limit(1)
    )


def latest_seed(event: Event) -> int:
    """The seed of the latest run: with it, the same wishes give the same agenda again."""
    query = select(Run.seed).where(Run.event_id == event.id).order_by(Run.number.desc()).limit(1)
    return db.session.scalar(query) or 0


def usual_settings(event: Event) -> dict[str, Any]:
    """What the form of the next run begins with: the event's own, and the latest seed."""
    return {
        "seed": latest_seed(event),
        "max_meetings": event.max_meetings,
        "most_in_a_row": event.most_in_a_row,
        **complete(event.weights),
    }


def run_at_work(event: Event) -> Run | None:
    """The run that is queued or running, if any."""
    return db.session.scalar(
        select(Run).where(
            Run.event_id == event.id, Run.state.in_((RunState.QUEUED, RunState.RUNNING))
        )
    )


def people_by_id(event: Event) -> dict[int, Participant]:
    """Every participant with their organisation, in one query."""
    found = db.session.scalars(
        select(Participant)
        .where(Participant.event_id == event.id)
        .options(joinedload(Participant.organisation))
    )
    return {person.id: person for person in found}


def own_refs(event: Event, user: User) -> Sequence[str]:
    """The user's own participants at the event."""
    return db.session.scalars(
        select(Participant.ref).where(
            Participant.event_id == event.id, Participant.user_id == user.id
        )
    ).all()


def proposed_meetings(run: Run) -> Sequence[RunMeeting]:
    return db.session.scalars(
        select(RunMeeting).where(RunMeeting.run_id == run.id).order_by(RunMeeting.id)
    ).all()


def settled_in(
    event: Event, run: Run, *more: ColumnElement[bool], then: Snapshot | None = None
) -> list[Settled]:
    """The meetings of a run, or those of them of which `more` holds.

    Slots and points are called as they are now, or as the snapshot `then` called them.
    """
    a, b = aliased(Participant), aliased(Participant)
    rows = db.session.connection().execute(
        select(a.ref, b.ref, RunMeeting.slot_id, RunMeeting.point_id)
        .join(a, a.id == RunMeeting.a_id)
        .join(b, b.id == RunMeeting.b_id)
        .where(RunMeeting.run_id == run.id, *more)
        .order_by(RunMeeting.id)
    )
    starts, points = slot_starts(event), point_names(event)
    if then is not None:
        starts |= {slot_id: start for start, slot_id in then.slot_ids}
        points |= {point_id: name for name, point_id in then.point_ids}
    return [Settled(one, other, starts[slot], points[point]) for one, other, slot, point in rows]


def meeting_between(event: Event, run: Run, one: str, other: str) -> Settled | None:
    """The meeting that a run proposes for these two."""
    ids = select(Participant.id).where(
        Participant.event_id == event.id, Participant.ref.in_((one, other))
    )
    both = RunMeeting.a_id.in_(ids) & RunMeeting.b_id.in_(ids)
    return next(iter(settled_in(event, run, both)), None)


def meetings_at(run: Run, slots: Sequence[Slot], points: Sequence[int]) -> Sequence[RunMeeting]:
    """What a run proposes for these slots at these meeting points."""
    return db.session.scalars(
        select(RunMeeting).where(
            RunMeeting.run_id == run.id,
            RunMeeting.slot_id.in_([slot.id for slot in slots]),
            RunMeeting.point_id.in_(points),
        )
    ).all()


def meetings_by_person(run: Run) -> Counter[int]:
    """How many meetings each has. Each end of the pairs is counted by itself, which is quicker."""
    found: Counter[int] = Counter()
    for end in (RunMeeting.a_id, RunMeeting.b_id):
        query = select(end, func.count()).where(RunMeeting.run_id == run.id).group_by(end)
        found.update({person: count for person, count in db.session.execute(query)})
    return found


def meetings_of(event: Event, run: Run, refs: Collection[str]) -> Counter[str]:
    """How many meetings each of these has."""
    own = or_(RunMeeting.a_id == Participant.id, RunMeeting.b_id == Participant.id)
    query = (
        select(Participant.ref, func.count())
        .join(RunMeeting, own)
        .where(
            Participant.event_id == event.id,
            Participant.ref.in_(refs),
            RunMeeting.run_id == run.id,
        )
        .group_by(Participant.ref)
    )
    return Counter({ref: count for ref, count in db.session.execute(query)})


def wished_meetings(run: Run) -> int:
    """How many of its meetings one of the two wished for; titles are escaped, so none looks so."""
    said = or_(*(RunMeeting.reasons.like(f'%"kind":"{level}"%') for level in ("must", "want")))
    query = select(func.count()).select_from(RunMeeting).where(RunMeeting.run_id == run.id, said)
    return db.session.scalar(query) or 0


def unplaced_wishes(run: Run, *, limit: int | None = None) -> Sequence[RunUnplaced]:
    """What did not fit, the most valuable first."""
    return db.session.scalars(
        select(RunUnplaced)
        .where(RunUnplaced.run_id == run.id)
        .order_by(RunUnplaced.value.desc(), RunUnplaced.id)
        .limit(limit)
    ).all()


def obstacles(run: Run) -> dict[str, int]:
    """How many wishes did not fit, by what stood in the way."""
    rows = db.session.execute(
        select(RunUnplaced.why, func.count())
        .where(RunUnplaced.run_id == run.id)
        .group_by(RunUnplaced.why)
    )
    return {why: count for why, count in rows}


def people_in(
    event: Event,
    meetings: Iterable[RunMeeting],
    unplaced: Iterable[RunUnplaced],
    scarce: Iterable[dict[str, Any]],
) -> dict[int, Participant]:
    """The participants these name."""
    ids = {person for row in meetings for person in (row.a_id, row.b_id)}
    ids |= {person for row in unplaced for person in (row.a_id, row.b_id, *row.full)}
    refs = [one["person"] for one in scarce]
    found = db.session.scalars(
        select(Participant).where(
            Participant.event_id == event.id,
            or_(Participant.id.in_(ids), Participant.ref.in_(refs)),
        )
    )
    return {person.id: person for person in found}
