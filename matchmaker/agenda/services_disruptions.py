"""What has happened after publishing, as an organiser says it, and takes it back."""

from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import delete, select

from matchmaker.accounts.models import User
from matchmaker.agenda.queries_hits import disruption_of
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Invalid
from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.registration.models_disruptions import Disruption


class Happening(NamedTuple):
    """What the form says: `late` is from the first time to `start`, `early` from `end` on."""

    kind: str
    person: Participant | None
    point: MeetingPoint | None
    start: Slot | None
    end: Slot | None


def tell(event: Event, user: User, said: Happening) -> Disruption:
    """Write it down, once while it holds.

    Nobody is told and no meeting changes until a repair is published.

    Raises:
        Invalid: it ends before it begins, or the event has no times yet.
    """
    hold_agenda(event)
    starts_at, ends_at = _span(event, said)
    person = None if said.kind in ("point", "time") else said.person
    what = {
        "event_id": event.id,
        "kind": "away" if said.kind in ("late", "early") else said.kind,
        "participant_id": person.id if person else None,
        "point_id": said.point.id if said.point and said.kind == "point" else None,
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    told = db.session.scalars(select(Disruption).filter_by(**what)).first()
    if told is not None and _holds(told, person):
        return told
    disruption = told or Disruption(**what)
    disruption.told_by_id, disruption.created_at = user.id, now()
    if person is not None:
        _carry_out(disruption, person)
    db.session.add(disruption)
    db.session.flush()
    _record("disruption told", disruption, user)
    return disruption


def take_back(event: Event, disruption_id: int, user: User) -> None:
    """It did not happen after all: everything is as before."""
    hold_agenda(event)
    disruption = disruption_of(event, disruption_id)
    if disruption is None:
        return
    person = db.session.get(Participant, disruption.participant_id or 0)
    if disruption.kind == "gone" and person is not None:
        person.status = Status.APPROVED
    if disruption.absence_id is not None:
        db.session.execute(delete(Absence).where(Absence.id == disruption.absence_id))
    _record("disruption taken back", disruption, user)
    db.session.delete(disruption)
    db.session.flush()


def _holds(told: Disruption, person: Participant | None) -> bool:
    """Not where they were let in again since, or took the absence away themselves."""
    if person is None:
        return True
    if told.kind == "gone":
        return person.status == Status.WITHDRAWN
    return told.absence_id is not None


def _carry_out(disruption: Disruption, person: Participant) -> None:
    """Their meetings stay until the repair, so that nobody hears of it twice."""
    if disruption.kind == "gone":
        person.status = Status.WITHDRAWN
    if disruption.kind == "gone" or disruption.absence_id is not None:
        return
    absence = Absence(
        participant_id=person.id, starts_at=disruption.starts_at, ends_at=disruption.ends_at
    )
    db.session.add(absence)
    db.session.flush()
    disruption.absence_id = absence.id


def _span(event: Event, said: Happening) -> tuple[datetime, datetime]:
    slots = event.slots
    if not slots:
        raise Invalid(_("The event has no times for meetings yet."), field="start")
    first, last = slots[0].starts_at, slots[-1].ends_at
    start = said.start.starts_at if said.start else first
    end = said.end.starts_at if said.end else last
    spans = {
        "gone": (first, last),
        "late": (first, start),
        "early": (end, last),
        "point": (start, end),
        "time": (start, end if said.end or not said.start else said.start.ends_at),
    }
    begin, over = spans[said.kind]
    if over <= begin:
        raise Invalid(_("It would end before it begins. Choose other times."), field="start")
    return begin, over


def _record(action: str, disruption: Disruption, user: User) -> None:
    """With the times, and by id who and where, so that erasing a person leaves no name."""
    record(
        action,
        event_id=disruption.event_id,
        actor_id=user.id,
        subject=disruption.kind,
        participant=disruption.participant_id,
        point=disruption.point_id,
        starts_at=disruption.starts_at.isoformat(),
        ends_at=disruption.ends_at.isoformat(),
    )
