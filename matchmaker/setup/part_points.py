"""Taking a meeting point out; adding and changing them has a page of its own."""

from matchmaker.events.models import Event, MeetingPoint
from matchmaker.setup.forms import PartForm
from matchmaker.setup.parts import Draft, Entry
from matchmaker.setup.plan import Plan
from matchmaker.setup.rows import taken_out


class Points:
    name = "points"
    ordered = False

    def entries(self, event: Event) -> list[Entry]:
        return [Entry(id=point.id, title=point.name) for point in event.points]

    def find(self, event: Event, row_id: int) -> MeetingPoint | None:
        return next((point for point in event.points if point.id == row_id), None)

    def form(self, event: Event, row: MeetingPoint | None, *, fresh: bool = False) -> PartForm:
        return PartForm.of({}, fresh=fresh)

    def edited(self, event: Event, row: MeetingPoint | None, form: PartForm) -> Plan:
        raise LookupError("Meeting points have a page of their own.")

    def removed(self, event: Event, row: MeetingPoint, to: int) -> Plan:
        draft = Draft(event, self.name, row.name)
        draft.rows.append(taken_out("point", row.id, event.id))
        draft.said["name"] = [row.name, None]
        return draft.plan()

    def targets(self, event: Event, row: MeetingPoint) -> list[tuple[int, str]]:
        return []

    def moved(self, event: Event, row: MeetingPoint, by: int) -> Plan:
        raise LookupError("Meeting points keep their order.")
