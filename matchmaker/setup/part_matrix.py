"""The two matrices of types: who may ask whom for a meeting, and who may see whom."""

from itertools import product
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.events.models import Event, ParticipantType, TypePermission
from matchmaker.extensions import db
from matchmaker.setup.forms import MatrixForm
from matchmaker.setup.part_types import said
from matchmaker.setup.parts import Draft, Entry
from matchmaker.setup.plan import Plan
from matchmaker.setup.rows import RowChange

Pair = tuple[int, int]


class Matrix:
    name = "matrix"
    ordered = False

    def entries(self, event: Event) -> list[Entry]:
        return []

    def find(self, event: Event, row_id: int) -> None:
        return None

    def form(self, event: Event, row: None, *, fresh: bool = False) -> MatrixForm:
        cells = _cells(event).values()
        data = {
            "asks": [_value(cell.type_id, cell.other_id) for cell in cells if cell.asks],
            "sees": [_value(cell.type_id, cell.other_id) for cell in cells if cell.sees],
        }
        form = MatrixForm.of(data, fresh=fresh)
        form.types = list(event.types)
        choices = [
            (_value(one.id, other.id), _("%(one)s → %(other)s", one=one.name, other=other.name))
            for one, other in product(event.types, repeat=2)
        ]
        form.asks.choices, form.sees.choices = choices, choices
        return form

    def edited(self, event: Event, row: None, form: MatrixForm) -> Plan:
        draft = Draft(event, self.name, "")
        asks, sees = set(form.asks.data or ()), set(form.sees.data or ())
        cells = _cells(event)
        for one, other in product(event.types, repeat=2):
            value = _value(one.id, other.id)
            after = {"asks": value in asks, "sees": value in sees}
            _put(draft, (one, other), cells.get((one.id, other.id)), after)
        return draft.plan()

    def removed(self, event: Event, row: None, to: int) -> Plan:
        raise LookupError("The matrices stay.")

    def targets(self, event: Event, row: None) -> list[tuple[int, str]]:
        return []

    def moved(self, event: Event, row: None, by: int) -> Plan:
        raise LookupError("The matrices follow the types.")


def _put(
    draft: Draft,
    types: tuple[ParticipantType, ParticipantType],
    cell: TypePermission | None,
    after: dict[str, Any],
) -> None:
    """A cell that says neither is no row."""
    ids = (types[0].id, types[1].id)
    before = {"asks": cell is not None and cell.asks, "sees": cell is not None and cell.sees}
    if before == after:
        return
    names = f"{types[0].name} → {types[1].name}"
    draft.said[names] = [_allowed(before), _allowed(after)]
    if cell is None:
        values = {"type_id": ids[0], "other_id": ids[1], "preferred": False, **after}
        draft.rows.append(RowChange("cell", ids, None, values))
    elif not any(after.values()):
        draft.rows.append(RowChange("cell", ids, said(cell), None))
    else:
        draft.rows.append(RowChange("cell", ids, before, after))


def _allowed(cell: dict[str, bool]) -> list[str]:
    return [name for name, yes in cell.items() if yes]


def _cells(event: Event) -> dict[Pair, TypePermission]:
    cell = TypePermission
    own = select(cell).join(ParticipantType, ParticipantType.id == cell.type_id)
    rows = db.session.scalars(own.where(ParticipantType.event_id == event.id))
    return {(row.type_id, row.other_id): row for row in rows}


def _value(one: int, other: int) -> str:
    return f"{one}-{other}"
