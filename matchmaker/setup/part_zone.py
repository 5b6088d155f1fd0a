"""The event's time zone: either the times of day stay, or the moments do."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import Select, select

from matchmaker.errors import Invalid
from matchmaker.events.models import Event, MeetingBlock, Slot
from matchmaker.extensions import db
from matchmaker.programme.models import Session
from matchmaker.registration.models import Absence, Participant
from matchmaker.registration.models_disruptions import Disruption
from matchmaker.setup.blocks import span_of, values_of
from matchmaker.setup.forms import ZoneForm
from matchmaker.setup.parts import Draft, Entry
from matchmaker.setup.plan import Plan
from matchmaker.setup.touched_times import begun_of_moving

Spans = Sequence[Any]


class Zone:
    name = "zone"
    ordered = False

    def entries(self, event: Event) -> list[Entry]:
        return []

    def find(self, event: Event, row_id: int) -> None:
        return None

    def form(self, event: Event, row: None, *, fresh: bool = False) -> ZoneForm:
        return ZoneForm.of({"timezone": event.timezone}, fresh=fresh)

    def edited(self, event: Event, row: None, form: ZoneForm) -> Plan:
        before, after = event.timezone, form.timezone.data
        draft = Draft(event, self.name, after)
        draft.change("event", event.id, {"timezone": before}, {"timezone": after})
        if draft.rows and form.keep.data == "clock":
            for table, rows in _spans(event):
                for each in rows:
                    _shift(draft, table, each, ZoneInfo(before), ZoneInfo(after))
        if begun_of_moving(event, draft.rows):
            sentence = _("Meetings have begun, or would have. Keep the moments as they are.")
            raise Invalid(sentence, field="keep")
        return draft.plan()

    def removed(self, event: Event, row: None, to: int) -> Plan:
        raise LookupError("An event has a zone.")

    def targets(self, event: Event, row: None) -> list[tuple[int, str]]:
        return []

    def moved(self, event: Event, row: None, by: int) -> Plan:
        raise LookupError("An event has one zone.")


def _spans(event: Event) -> Iterator[tuple[str, Spans]]:
    of_people = select(Absence.id, Absence.starts_at, Absence.ends_at).join(Absence.participant)
    queries: dict[str, Select[*tuple[Any, ...]]] = {
        "block": _of(MeetingBlock).where(MeetingBlock.event_id == event.id),
        "slot": _of(Slot).where(Slot.event_id == event.id),
        "session": _of(Session).where(Session.event_id == event.id),
        "absence": of_people.where(Participant.event_id == event.id, Absence.session_id.is_(None)),
        "disruption": _of(Disruption).where(Disruption.event_id == event.id),
    }
    for table, query in queries.items():
        yield table, db.session.execute(query.order_by("id")).all()


def _of(model: Any) -> Select[*tuple[Any, ...]]:
    return select(model.id, model.starts_at, model.ends_at)


def _shift(draft: Draft, table: str, row: Any, before: ZoneInfo, after: ZoneInfo) -> None:
    start, end = (moment.astimezone(before).replace(tzinfo=after) for moment in span_of(row))
    said = {"timezone": draft.said["timezone"]}
    draft.change(table, row.id, values_of(span_of(row)), values_of((start, end)))
    draft.said = said
