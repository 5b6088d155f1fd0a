"""What an entry of the log says of before and after, for people to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from flask_babel import gettext as _

from matchmaker.audit.models import AuditEntry
from matchmaker.audit.subjects import Named
from matchmaker.audit.words import VALUE_WORDS, field_words
from matchmaker.formatting import at

NOTHING = "–"
DRAFTED = ("draft changed", "draft undone")
_UNSAID = object()


@dataclass(frozen=True, slots=True)
class Change:
    """`before` is empty where the entry only states something."""

    name: str
    before: str
    after: str


def changes_of(entry: AuditEntry, zone: tzinfo, named: Named) -> list[Change]:
    """Each field with its values in words; ids as the names they stand for."""
    if entry.action in DRAFTED and "after" in entry.details:
        places = (named.place(entry.details.get(side), zone) for side in ("before", "after"))
        return [Change(str(_("Place")), *(place or NOTHING for place in places))]
    return [
        Change(
            field_words(name),
            "" if before is _UNSAID else _told(name, before, zone, named),
            _told(name, after, zone, named),
        )
        for name, before, after in _pairs(entry.details)
    ]


def in_words(name: str, value: Any, zone: tzinfo) -> str:
    """A value of the field, however it was recorded."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dict):
        said = (f"{field_words(key)}: {in_words(key, each, zone)}" for key, each in value.items())
        return "; ".join(said)
    if isinstance(value, list):
        return ", ".join(in_words(name, each, zone) for each in value)
    return _moment(str(value), zone) or str(VALUE_WORDS.get(name, {}).get(str(value), value))


def _told(name: str, value: Any, zone: tzinfo, named: Named) -> str:
    return named.of_field(name, value, zone) or in_words(name, value, zone)


def _pairs(details: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Field, before and after, whichever of the two shapes the entry has."""
    rest = dict(details)
    if "before" in rest and "after" in rest:
        yield from _sides(rest.pop("before") or {}, rest.pop("after") or {})
    for name, value in rest.items():
        two = isinstance(value, list) and len(value) == 2
        yield (name, *value) if two else (name, _UNSAID, value)


def _sides(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)


def _moment(text: str, zone: tzinfo) -> str:
    """An ISO text that names a moment, in the event's zone; empty for any other text."""
    if text[4:5] != "-" or "T" not in text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return "" if moment.tzinfo is None else at(moment, zone)
