"""Three who meet as published, and what a test of changes does with them and reads of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant
from matchmaker.setup.models import SetupChange
from matchmaker.setup.parts import Part
from matchmaker.setup.plan import Plan
from matchmaker.setup.services import carry_out, plan_of_undoing


@dataclass
class Scene:
    """Aino meets Marek at 13:00 at table 1 and Claire at 13:20 at table 2, as published."""

    event: Event
    olli: User
    aino: Participant
    marek: Participant
    claire: Participant

    def meeting(self, one: Participant, other: Participant) -> Meeting:
        a, b = sorted((one.id, other.id))
        pair = select(Meeting).where(Meeting.a_id == a, Meeting.b_id == b)
        return db.session.scalars(pair.execution_options(populate_existing=True)).one()

    def do(self, work_out: Callable[[], Plan], way: str = "") -> SetupChange | None:
        fingerprint = work_out().fingerprint
        return carry_out(self.event, self.olli, work_out, fingerprint=fingerprint, way=way)

    def undo(self) -> SetupChange | None:
        return self.do(lambda: plan_of_undoing(self.event))


def edited(app: Flask, part: Part, event: Event, row: Any, **typed: Any) -> Plan:
    """The plan of what somebody typed."""
    pairs = MultiDict((name, each) for name, given in typed.items() for each in listed(given))
    with app.test_request_context(method="POST", data=pairs):
        form = part.form(event, row)
        form.process(pairs)
        return part.edited(event, row, form)


def listed(given: Any) -> list[str]:
    return given if isinstance(given, list) else [str(given)]


def block(start: str = "13:00", end: str = "14:20", **more: Any) -> dict[str, Any]:
    return {"day": "2027-04-28", "start": start, "end": end, "minutes": 20, "pause": 0} | more


def touched(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {each.kind: each.lines for each in plan.touched}


def counted(plan: Plan) -> dict[str, int]:
    return {each.kind: len(each.ids) for each in plan.touched}


def times(event: Event) -> list[str]:
    return [f"{slot.starts_at.astimezone(event.zone):%H:%M}" for slot in event.slots]


def mailed(person: Participant) -> list[str]:
    theirs = select(Mail.subject).where(Mail.user_id == person.user_id)
    return list(db.session.scalars(theirs.order_by(Mail.id)))
