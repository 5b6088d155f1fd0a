"""Participant types: named, ordered, taken out once their people have another."""

from itertools import chain
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, or_, select

from matchmaker.errors import Invalid
from matchmaker.events.models import Event, ParticipantType, TypePermission
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.setup.forms import TypeForm
from matchmaker.setup.parts import Draft, Entry, put_in_order
from matchmaker.setup.plan import Plan
from matchmaker.setup.rows import RowChange, taken_out


class Types:
    name = "types"
    ordered = True

    def entries(self, event: Event) -> list[Entry]:
        people = _people_by_type(event)
        return [
            Entry(
                id=kind.id,
                title=kind.name,
                details=(
                    ngettext("%(num)d participant", "%(num)d participants", people.get(kind.id, 0)),
                ),
                first=kind is event.types[0],
                last=kind is event.types[-1],
            )
            for kind in event.types
        ]

    def find(self, event: Event, row_id: int) -> ParticipantType | None:
        return next((kind for kind in event.types if kind.id == row_id), None)

    def form(self, event: Event, row: ParticipantType | None, *, fresh: bool = False) -> TypeForm:
        return TypeForm.of({"name": row.name} if row else {}, fresh=fresh)

    def edited(self, event: Event, row: ParticipantType | None, form: TypeForm) -> Plan:
        name = form.name.data or ""
        if any(kind is not row and kind.name == name for kind in event.types):
            raise Invalid(_("There is a type of this name already."), field="name")
        draft = Draft(event, self.name, row.name if row else name)
        if row is not None:
            draft.change("type", row.id, {"name": row.name}, {"name": name})
            return draft.plan()
        last = max((kind.position for kind in event.types), default=-1)
        new = draft.add("type", {"name": name, "position": last + 1})
        draft.said["name"] = [None, name]
        everybody = [kind.id for kind in event.types]
        cells = {*((new, other) for other in everybody), *((one, new) for one in everybody)}
        draft.rows += [_cell(*cell) for cell in sorted({*cells, (new, new)})]
        return draft.plan()

    def removed(self, event: Event, row: ParticipantType, to: int) -> Plan:
        draft = Draft(event, self.name, row.name)
        people = select(Participant.id).where(
            Participant.event_id == event.id, Participant.type_id == row.id
        )
        ids = list(db.session.scalars(people.order_by(Participant.id)))
        target = self.find(event, to) if to != row.id else None
        if ids and target is None:
            raise Invalid(_("Its participants need another type. Add one first."), field="to")
        draft.rows += [
            RowChange("person", (person,), {"type_id": row.id}, {"type_id": to}) for person in ids
        ]
        draft.rows += _cells_of(row)
        draft.rows.append(taken_out("type", row.id, event.id))
        draft.said["name"] = [row.name, None]
        if target is not None and ids:
            draft.said["type"] = [row.name, target.name]
        return draft.plan()

    def targets(self, event: Event, row: ParticipantType) -> list[tuple[int, str]]:
        has_people = select(Participant.id).where(Participant.type_id == row.id).limit(1)
        if db.session.scalar(has_people) is None:
            return []
        return [(kind.id, kind.name) for kind in event.types if kind is not row]

    def moved(self, event: Event, row: ParticipantType, by: int) -> Plan:
        draft = Draft(event, self.name, row.name)
        put_in_order(draft, "type", event.types, row, by)
        return draft.plan()


def _cell(one: int, other: int) -> RowChange:
    values = {"type_id": one, "other_id": other, "preferred": False, "asks": True, "sees": True}
    return RowChange("cell", (one, other), None, values)


def _cells_of(row: ParticipantType) -> list[RowChange]:
    cell = TypePermission
    rows = db.session.scalars(
        select(cell)
        .where(or_(cell.type_id == row.id, cell.other_id == row.id))
        .order_by(cell.type_id, cell.other_id)
    )
    return [RowChange("cell", (each.type_id, each.other_id), said(each), None) for each in rows]


def said(cell: TypePermission) -> dict[str, Any]:
    names = ("type_id", "other_id", "preferred", "asks", "sees")
    return dict(chain((name, getattr(cell, name)) for name in names))


def _people_by_type(event: Event) -> dict[int | None, int]:
    counted = (
        select(Participant.type_id, func.count())
        .where(Participant.event_id == event.id)
        .group_by(Participant.type_id)
    )
    return {kind: number for kind, number in db.session.execute(counted)}
