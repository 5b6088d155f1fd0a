"""Sessions of the programme: entered, changed, taken out."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.formatting import clock_time, day
from matchmaker.programme.models import Session
from matchmaker.programme.queries import sessions_of
from matchmaker.registration.queries_sessions import attending_each
from matchmaker.setup.blocks import span_of, values_of
from matchmaker.setup.forms import SessionForm
from matchmaker.setup.parts import Draft, Entry
from matchmaker.setup.plan import Plan
from matchmaker.setup.rows import taken_out

TEXTS = ("title", "room", "speaker", "abstract")


class Sessions:
    name = "sessions"
    ordered = False

    def entries(self, event: Event) -> list[Entry]:
        attending = attending_each(event)
        return [_entry(event, each, attending.get(each.id, 0)) for each in sessions_of(event)]

    def find(self, event: Event, row_id: int) -> Session | None:
        found = db.session.get(Session, row_id)
        return found if found is not None and found.event_id == event.id else None

    def form(self, event: Event, row: Session | None, *, fresh: bool = False) -> SessionForm:
        if row is None:
            return SessionForm.of({"day": event.starts_on}, fresh=fresh)
        start, end = (each.astimezone(event.zone) for each in (row.starts_at, row.ends_at))
        texts = {name: getattr(row, name) for name in TEXTS}
        texts["travel_minutes"] = row.travel_minutes or None
        data = {"day": start.date(), "start": start.time(), "end": end.time(), **texts}
        return SessionForm.of(data, fresh=fresh)

    def edited(self, event: Event, row: Session | None, form: SessionForm) -> Plan:
        after: dict[str, Any] = {name: form[name].data or "" for name in TEXTS}
        after |= {"travel_minutes": form.travel_minutes.data or 0}
        after |= values_of(form.span(event.zone))
        draft = Draft(event, self.name, row.title if row else after["title"])
        if row is not None:
            draft.change("session", row.id, _values(row), after)
            return draft.plan()
        draft.add("session", {"position": 0, **after})
        draft.said |= {name: [None, value] for name, value in after.items() if value}
        return draft.plan()

    def removed(self, event: Event, row: Session, to: int) -> Plan:
        draft = Draft(event, self.name, row.title)
        draft.rows.append(taken_out("session", row.id, event.id))
        draft.said |= {name: [value, None] for name, value in _values(row).items() if value}
        return draft.plan()

    def targets(self, event: Event, row: Session) -> list[tuple[int, str]]:
        return []

    def moved(self, event: Event, row: Session, by: int) -> Plan:
        raise LookupError("Sessions stand in the order of time.")


def _values(row: Session) -> dict[str, Any]:
    texts = {name: getattr(row, name) for name in (*TEXTS, "travel_minutes")}
    return texts | values_of(span_of(row))


def _entry(event: Event, session: Session, attending: int) -> Entry:
    hours = [clock_time(each, event.zone) for each in (session.starts_at, session.ends_at)]
    way, number = "", ""
    if session.travel_minutes:
        way = _("%(num)d minutes there, and back", num=session.travel_minutes)
    if attending:
        number = ngettext("%(num)d participant attends", "%(num)d participants attend", attending)
    return Entry(
        id=session.id,
        title=session.title,
        details=tuple(filter(None, ("–".join(hours), session.room, session.speaker, way, number))),
        group=day(session.starts_at, event.zone),
    )
