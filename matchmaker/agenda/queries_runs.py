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
