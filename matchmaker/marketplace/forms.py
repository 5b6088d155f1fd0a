"""The form of all offers and needs of one participant: a row each, and a blank one of each kind."""

import re
from collections.abc import Iterator

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from matchmaker.events.models import Event
from matchmaker.events.queries import topic_tree
from matchmaker.marketplace.forms_item import ItemForm, said_of
from matchmaker.marketplace.models import ITEM_KINDS, Item
from matchmaker.marketplace.services import MOST_ITEMS, NewItem

INDENT = "\u2003"


class ItemsForm:
    """The rows by kind: those sent or `typed`, or those of the database with a blank one after."""

    def __init__(
        self, event: Event, items: list[Item], typed: "MultiDict[str, str] | None" = None
    ) -> None:
        self.sent = request.form if request.method == "POST" else typed
        self.topics = [("", _("No topic"))]
        self.topics += [(n.topic.key, INDENT * n.depth + n.topic.name) for n in topic_tree(event)]
        read = self._read_items if self.sent is None else self._read_sent
        self.rows = {kind: read(kind, items) for kind in ITEM_KINDS}

    def __iter__(self) -> Iterator[tuple[str, ItemForm]]:
        return ((kind, row) for kind, rows in self.rows.items() for row in rows)

    def validate(self) -> bool:
        return all([row.validate() for _kind, row in self])

    @property
    def has_errors(self) -> bool:
        return any(row.errors for _kind, row in self)

    def drop(self, item_id: int) -> None:
        """Leave out the row of one item."""
        self.rows = {
            kind: [row for row in rows if row.known_id != item_id]
            for kind, rows in self.rows.items()
        }

    def given(self) -> list[tuple[int | None, NewItem]]:
        """The rows that say something, each with the id of the item it changes, if any."""
        return [(row.known_id, row.new_item(kind)) for kind, row in self if not row.is_blank]

    def _read_items(self, kind: str, items: list[Item]) -> list[ItemForm]:
        own = [item for item in items if item.kind == kind]
        rows = [self._row(kind, n, said_of(item)) for n, item in enumerate(own)]
        if rows and request.args.get("more") != kind:
            return rows
        return [*rows, self._row(kind, len(rows), {})]

    def _read_sent(self, kind: str, items: list[Item]) -> list[ItemForm]:
        names = re.compile(rf"{kind}-(\d{{1,3}})-title")
        numbers = {int(m.group(1)) for name in self.sent or () if (m := names.fullmatch(name))}
        return [self._row(kind, n, {}) for n in sorted(numbers)[: MOST_ITEMS + 1]]

    def _row(self, kind: str, number: int, said: dict[str, object]) -> ItemForm:
        row = ItemForm(formdata=self.sent, prefix=f"{kind}-{number}-", data=said)
        row.offer_choices(self.topics)
        row.title.flags.required = True
        return row
