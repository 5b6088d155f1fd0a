"""Four who meet in times that move, and what a test of it reads."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting
from matchmaker.agenda.services import publish_run
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant
from matchmaker.setup.part_moving import Moving
from matchmaker.setup.plan import Plan
from matchmaker.setup.services import carry_out
from tests.factories.events import (
    make_event,
    make_participant,
    make_user,
    make_wish,
)
from tests.factories.runs import make_run

HALF_AN_HOUR = timedelta(minutes=30)


class MovingScene:
    """Of four times from 13:00 the first holds Aino with Marek, the second Claire with Lars."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.olli: User = make_user("Olli Organiser")
        self.event: Event = make_event(organiser=self.olli, phase=Phase.SCHEDULING)
        names = ("Aino", "Marek", "Claire", "Lars")
        self.aino, self.marek, self.claire, self.lars = (
            make_participant(self.event, name) for name in names
        )
        make_wish(self.aino, self.marek)
        make_wish(self.claire, self.lars)
        places = (self.aino, self.marek, 0, 0), (self.claire, self.lars, 1, 1)
        publish_run(self.event, make_run(self.event, *places), self.olli)
        db.session.query(Mail).delete()
        db.session.commit()

    def meeting(self, one: Participant, other: Participant) -> Meeting:
        a, b = sorted((one.id, other.id))
        pair = select(Meeting).where(Meeting.a_id == a, Meeting.b_id == b)
        return db.session.scalars(pair.execution_options(populate_existing=True)).one()

    def moved(self, slot: int, start: str, extent: str = "alone", day: str = "") -> Plan:
        typed = MultiDict(
            {"first": str(slot), "start": start, "extent": extent, "day": day, "seen": "0"}
        )
        with self.app.test_request_context(method="POST", data=typed):
            form = Moving().form(self.event, None)
            form.process(typed)
            return Moving().edited(self.event, None, form)

    def do(self, work_out: Callable[[], Plan], **more: str) -> None:
        carry_out(self.event, self.olli, work_out, fingerprint=work_out().fingerprint, **more)


def times(event: Event) -> list[str]:
    return [f"{slot.starts_at.astimezone(event.zone):%d %H:%M}" for slot in event.slots]


def touched(plan: Plan) -> dict[str, int]:
    return {each.kind: len(each.ids) for each in plan.touched}


def mailed() -> list[str]:
    return sorted(db.session.scalars(select(Mail.address)))
