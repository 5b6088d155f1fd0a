"""Studies of capacity: asked by an organiser, worked out by the worker, kept for comparison."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select, update

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.clock import wall
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.models_capacity import CapacityStudy

STALE_AFTER = timedelta(seconds=60)
MOST_ATTEMPTS = 3
KEPT = 10


def ask_capacity(event: Event, user: User, asked: dict[str, int]) -> CapacityStudy:
    """Queue a study; the same question asked while it waits or is worked on is that study."""
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    for waiting in db.session.scalars(_unfinished(event)):
        if waiting.asked == asked:
            return waiting
    study = CapacityStudy(event_id=event.id, asked=asked, asked_by_id=user.id)
    db.session.add(study)
    db.session.flush()
    _forget_old(event)
    record(
        "capacity asked",
        event_id=event.id,
        actor_id=user.id,
        subject=f"study {study.id}",
        before=None,
        after=asked,
    )
    return study


def _unfinished(event: Event) -> Select[CapacityStudy]:
    return select(CapacityStudy).where(
        CapacityStudy.event_id == event.id, CapacityStudy.state.in_(("queued", "running"))
    )


def _forget_old(event: Event) -> None:
    kept = (
        select(CapacityStudy.id)
        .where(CapacityStudy.event_id == event.id)
        .order_by(CapacityStudy.id.desc())
        .limit(KEPT)
    )
    ids = list(db.session.scalars(kept))
    db.session.execute(
        delete(CapacityStudy).where(
            CapacityStudy.event_id == event.id, CapacityStudy.id.not_in(ids)
        )
    )


def waiting_studies() -> list[int]:
    """Those no worker has in hand, the longest waiting first."""
    return list(db.session.scalars(select(CapacityStudy.id).where(_free()).order_by("id")))


def claim_study(study_id: int) -> int | None:
    """Take a study; its attempt number, or `None` where another worker has it."""
    db.session.execute(
        update(CapacityStudy)
        .where(CapacityStudy.id == study_id, _free(), CapacityStudy.attempt >= MOST_ATTEMPTS)
        .values(state="failed")
    )
    taken = db.session.execute(
        update(CapacityStudy)
        .where(CapacityStudy.id == study_id, _free())
        .values(
            state="running", attempt=CapacityStudy.attempt + 1, beat_at=wall(), trials=[], done=0
        )
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        return None
    return db.session.scalar(select(CapacityStudy.attempt).where(CapacityStudy.id == study_id))


def write_trials(study_id: int, attempt: int, **values: Any) -> bool:
    """Write down how far a study is; `False` and nothing where it is no longer ours."""
    changed = db.session.execute(
        update(CapacityStudy)
        .where(
            CapacityStudy.id == study_id,
            CapacityStudy.attempt == attempt,
            CapacityStudy.state == "running",
        )
        .values(beat_at=wall(), **values)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def _free() -> ColumnElement[bool]:
    stale = and_(CapacityStudy.state == "running", CapacityStudy.beat_at < wall() - STALE_AFTER)
    return or_(CapacityStudy.state == "queued", stale)
