"""Which runs were published, as the pages of runs ask it."""

from sqlalchemy import select

from matchmaker.agenda.models import Agenda
from matchmaker.events.models import Event
from matchmaker.extensions import db


def published_runs(event: Event) -> dict[int, int]:
    """Runs by id with the number of the agenda made of each."""
    rows = db.session.execute(
        select(Agenda.run_id, Agenda.number).where(
            Agenda.event_id == event.id, Agenda.run_id.is_not(None)
        )
    )
    return {run_id: number for run_id, number in rows if run_id is not None}


def run_in_force(event: Event) -> int | None:
    """The run that the latest agenda came from, if from one."""
    latest = select(Agenda.run_id).where(Agenda.event_id == event.id)
    return db.session.scalar(latest.order_by(Agenda.number.desc()).limit(1))
