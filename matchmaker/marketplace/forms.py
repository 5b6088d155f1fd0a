"""The form of all offers and needs of one participant: a row each, and a blank one of each kind."""

import re
from collections.abc import Iterator

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, ValidationError
from wtforms.validators import Length

from matchmaker.events.models import Event
from matchmaker.events.queries import topic_tree
from matchmaker.fields import TOO_LONG, LineField, ParagraphsField
from matchmaker.marketplace.models import ITEM_KINDS, Item
from matchmaker.marketplace.services import LONGEST_TEXT, LONGEST_TITLE, MOST_ITEMS, NewItem

INDENT = "\u2003"


class ItemForm(FlaskForm):
    """One row. Its CSRF token is that of the whole form."""

    class Meta:
        csrf = False

    item_id = HiddenField()
    title = LineField(
        _l("In a few words"), validators=[Length(max=LONGEST_TITLE, message=TOO_LONG)]
    )
    topic = SelectField(_l("Topic"), default="")
    text = ParagraphsField(
        _l("More about it"), validators=[Length(max=LONGEST_TEXT, message=TOO_LONG)]
    )

    @property
    def known_id(self) -> int | None:
        text = self.item_id.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else None

    @property
    def is_blank(self) -> bool:
        return self.known_id is None and not self.title.data and not self.text.data

    def validate_title(self, field: LineField) -> None:
        if field.data or self.is_blank:
            return
        if self.known_id is None:
            raise ValidationError(_("Say it in a few words too; the text alone finds nobody."))
        raise ValidationError(_("Say it in a few words, or remove it."))


class ItemsForm:
    """The rows by kind: those sent, or those of the database with a blank one after them."""

    def __init__(self, event: Event, items: list[Item]) -> None:
        self.topics = [("", _("No topic"))]
        self.topics += [(n.topic.key, INDENT * n.depth + n.topic.name) for n in topic_tree(event)]
        read = self._read_sent if request.method == "POST" else self._read_items
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
        return [(row.known_id, _new_item(kind, row)) for kind, row in self if not row.is_blank]

    def _read_items(self, kind: str, items: list[Item]) -> list[ItemForm]:
        own = [item for item in items if item.kind == kind]
        rows = [self._row(kind, n, _said(item)) for n, item in enumerate(own)]
        return [*rows, self._row(kind, len(rows), {})]

    def _read_sent(self, kind: str, items: list[Item]) -> list[ItemForm]:
        names = re.compile(rf"{kind}-(\d{{1,3}})-title")
        numbers = {int(m.group(1)) for name in request.form if (m := names.fullmatch(name))}
        return [self._row(kind, n, {}) for n in sorted(numbers)[: MOST_ITEMS + 1]]

    def _row(self, kind: str, number: int, said: dict[str, str]) -> ItemForm:
        row = ItemForm(prefix=f"{kind}-{number}-", data=said)
        row.topic.choices = self.topics
        row.title.flags.required = True
        return row


def _said(item: Item) -> dict[str, str]:
    topic = item.topic.key if item.topic else ""
    return {"item_id": str(item.id), "title": item.title, "topic": topic, "text": item.text}


def _new_item(kind: str, row: ItemForm) -> NewItem:
    return NewItem(kind, row.title.data or "", row.topic.data or "", row.text.data or "")
