"""Carrying out a change of the set-up that was shown before, and taking the last one back."""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting
from matchmaker.agenda.notices import Place, tell_anew, tell_of_meetings
from matchmaker.agenda.services_placing import release
from matchmaker.audit.services import record
from matchmaker.errors import Conflict, Invalid, NotAllowed
from matchmaker.events.models import Event
from matchmaker.events.queries import point_names, slot_starts
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.formatting import at
from matchmaker.registration.services_sessions import follow_sessions
from matchmaker.setup.loosening import loosened
from matchmaker.setup.models import SetupChange
from matchmaker.setup.plan import IN_THE_WAY, MOVING, SHIFTED, UNPERMITTED, UNPLACED, Plan
from matchmaker.setup.queries import latest_change, next_version
from matchmaker.setup.rows import RowChange, inverse_of
from matchmaker.setup.services_rows import is_still_so, write_rows
from matchmaker.setup.touched import touched_by
from matchmaker.setup.touched_times import begun_of_moving


class ChangedMeanwhile(Conflict):
    """What would be done is not what was shown; `plan` is what it would be now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            _(
                "Something changed since you saw this, so nothing was done. This is what it would"
                " do now; look at it again, then go on or leave it."
            )
        )
        self.plan = plan


def carry_out(
    event: Event,
    user: User,
    work_out: Callable[[], Plan],
    *,
    fingerprint: str,
    way: str = "",
    note: str = "",
) -> SetupChange | None:
    """Do what was shown, and nothing else. `None` where there is nothing to do.

    `way` says what becomes of published meetings, where the plan asks for it: `repair` leaves them
    to the repair, `keep` locks them where they are, `cancel` calls them off and tells their people.
    `note` goes with the mails about meetings that move.

    Raises:
        ChangedMeanwhile: it would be something else by now.
        Invalid: the way is none of the plan's.
    """
    hold_agenda(event)
    db.session.expire_all()
    plan = work_out()
    if plan.fingerprint != fingerprint or not is_still_so(plan.rows):
        raise ChangedMeanwhile(plan)
    if plan.ways and way not in plan.ways:
        raise Invalid(_("Choose what becomes of the published meetings."), field="way")
    if not plan.rows:
        return None
    told = _call_off(event, plan) if way == "cancel" else 0
    locks = _locks(plan) if way == "keep" else []
    before = places_of(event, plan.ids(MOVING))
    written = write_rows([*plan.rows, *locks, *loosened(plan)])
    follow_sessions([row.key[0] for row in written if row.table == "session"])
    _tell_of_moments(event, plan, before, note)
    return _note(event, user, plan, written, told=told, way=way)


def plan_of_undoing(event: Event) -> Plan:
    """The last change turned round, and whom that would touch.

    Raises:
        NotAllowed: there is none, or meetings were called off with it.
        Conflict: what it changed has been changed since, or has begun.
    """
    last = latest_change(event)
    if last is None:
        raise NotAllowed(_("Nothing has been changed yet that could be undone."))
    rows = inverse_of([RowChange.of(kept) for kept in last.rows])
    _check_undoable(event, last, rows)
    said = {name: values[::-1] for name, values in last.said.items()}
    touched = touched_by(event, rows, back=True)
    return Plan(last.part, last.subject, rows, said, touched, undoes_id=last.id)


def _check_undoable(event: Event, last: SetupChange, rows: Sequence[RowChange]) -> None:
    if last.told:
        raise NotAllowed(
            _(
                "Meetings were called off with this change and their people have been told, so it"
                " cannot be undone. Put back by hand what you need, and publish the agenda again."
            )
        )
    if not is_still_so(rows):
        raise Conflict(
            _(
                "What was changed on %(time)s has been changed again since, for instance by a"
                " table of people or by participants themselves. So it cannot be undone as a"
                " whole; change what you need by hand.",
                time=at(last.at, event.zone),
            )
        )
    begun = begun_of_moving(event, rows)
    if begun:
        raise Conflict(
            _(
                "A time for meetings that began or would begin at %(time)s moved with this change."
                " What has begun stays, so it cannot be undone; move what is still to come by"
                " hand.",
                time=at(begun[0], event.zone),
            )
        )


def _call_off(event: Event, plan: Plan) -> int:
    ids = plan.ids(UNPLACED) + plan.ids(UNPERMITTED)
    off = list(db.session.scalars(select(Meeting).where(Meeting.id.in_(ids))))
    for meeting in off:
        release(meeting)
    if off:
        tell_of_meetings(event, cancelled=off)
    return len(off)


def _locks(plan: Plan) -> list[RowChange]:
    """Meetings that stay although no agenda would plan them any more."""
    free = select(Meeting.id).where(
        Meeting.id.in_(plan.ids(UNPERMITTED)), Meeting.locked.is_(False)
    )
    return [
        RowChange("meeting", (meeting_id,), {"locked": False}, {"locked": True})
        for meeting_id in db.session.scalars(free.order_by(Meeting.id))
    ]


def places_of(event: Event, ids: list[int]) -> dict[int, Place]:
    """When and where meetings are before that changes, for the mail about it."""
    if not ids:
        return {}
    starts, points = slot_starts(event), point_names(event)
    rows = db.session.execute(
        select(Meeting.id, Meeting.slot_id, Meeting.point_id).where(Meeting.id.in_(ids))
    )
    return {row.id: (starts[row.slot_id], points[row.point_id]) for row in rows}


def _tell_of_moments(event: Event, plan: Plan, before: Mapping[int, Place], note: str) -> None:
    """Of a meeting that cannot be held at its new time its people hear once it is repaired."""
    ids = plan.ids(SHIFTED) + plan.ids(MOVING)
    tell_anew(event, ids, unsaid=plan.ids(IN_THE_WAY), before=before, note=note)


def _note(
    event: Event, user: User, plan: Plan, written: Sequence[RowChange], *, told: int, way: str
) -> SetupChange:
    change = SetupChange(
        event_id=event.id,
        part=plan.part,
        subject=plan.subject[:200],
        by_id=user.id,
        version=next_version(event),
        rows=[row.kept() for row in written],
        said=plan.said,
        told=told,
        undoes_id=plan.undoes_id,
    )
    db.session.add(change)
    db.session.flush()
    record(
        "set-up change undone" if plan.undoes_id else "set-up changed",
        event_id=event.id,
        actor_id=user.id,
        subject=plan.subject[:120],
        part=plan.part,
        before={name: values[0] for name, values in plan.said.items()},
        after={name: values[1] for name, values in plan.said.items()},
        **({"way": way, "cancelled": told} if way else {}),
    )
    return change
