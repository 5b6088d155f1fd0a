"""What would become of each row of a table: entered, changed, left, or wrong. Changes nothing."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from matchmaker.accounts.addresses import address_key
from matchmaker.events.models import Event
from matchmaker.exchange.problems import NotRight
from matchmaker.organisations.names import fold, fold_name, nearly_same
from matchmaker.registration.models import Participant
from matchmaker.roster import queries_import
from matchmaker.roster.cells import computed, readers
from matchmaker.roster.columns import FIELDS, letter
from matchmaker.roster.models import Sheet

STATES = ("error", "new", "update", "unchanged")
PLAIN = ("name", "languages", "job_title", "phone", "link", "about", "max_meetings")
ADDED = ("offers", "needs", "tags")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one cell; without a column, with the row."""

    wrong: str
    right: str
    column: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str

    @property
    def label(self) -> str:
        return str(FIELDS[self.field])


@dataclass(slots=True)
class Fate:
    """`row` counts as the spreadsheet program does. `person` is whom an update changes."""

    row: int
    values: dict[str, Any]
    wrongs: list[Wrong] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    person: Participant | None = None

    @property
    def state(self) -> str:
        if self.wrongs:
            return "error"
        if self.person is None:
            return "new"
        return "update" if self.changes else "unchanged"

    @property
    def name(self) -> str:
        return str(self.values.get("name") or (self.person.name if self.person else ""))


@dataclass(frozen=True, slots=True)
class DryRun:
    fates: list[Fate]

    @property
    def counts(self) -> Mapping[str, int]:
        counted = Counter(fate.state for fate in self.fates)
        return {state: counted[state] for state in STATES}

    @property
    def mark(self) -> str:
        """Another one where the same file would do something else than when it was looked at."""
        told = [(fate.row, fate.state, fate.values, fate.changes) for fate in self.fates]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:24]


def dry_run(event: Event, sheet: Sheet) -> DryRun:
    """The fate of every row that holds anything."""
    fates = list(_read(event, sheet))
    known = queries_import.known_people(event)
    seen: dict[tuple[str, str], int] = {}
    for fate in fates:
        _check_once(fate, seen)
        _match(fate, known.by_address)
        if fate.person is None:
            _check_complete(fate, sheet)
        else:
            fate.changes = list(_changes(fate, fate.person, known))
    return DryRun(fates)


def _read(event: Event, sheet: Sheet) -> Iterable[Fate]:
    read = readers([kind.name for kind in event.types])
    left_out = set(sheet.hidden) if sheet.choices.get("without_hidden") else ()
    for number, row in enumerate(sheet.rows[sheet.heading :], start=sheet.heading + 1):
        if any(row) and number not in left_out:
            yield _read_row(number, row, sheet, read)


def _read_row(number: int, row: Sequence[str], sheet: Sheet, read: Mapping[str, Any]) -> Fate:
    fate = Fate(number, {})
    for at, (field_, cell) in enumerate(zip(sheet.columns, row, strict=False)):
        if not field_ or not cell:
            continue
        try:
            fate.values[field_] = read[field_](computed(cell))
        except NotRight as error:
            fate.wrongs.append(Wrong(error.wrong, error.right, letter(at), sheet.headings[at]))
    _join_names(fate.values)
    return fate


def _join_names(values: dict[str, Any]) -> None:
    parts = [values.pop("first_name", ""), values.pop("last_name", "")]
    joined = " ".join(part for part in parts if part)
    if joined and not values.get("name"):
        values["name"] = joined[:120]


def _check_once(fate: Fate, seen: dict[tuple[str, str], int]) -> None:
    if not fate.values.get("email"):
        return
    home = fold_name(fate.values.get("organisation", ""))
    first = seen.setdefault((address_key(fate.values["email"]), home), fate.row)
    if first != fate.row:
        wrong = _("row %(row)d has the same address and organisation", row=first)
        fate.wrongs.append(Wrong(wrong, _("delete one of the two, or give each their own address")))


def _match(fate: Fate, by_address: Mapping[str, Sequence[Participant]]) -> None:
    """Whom the row means: the same address, for the same organisation or one written alike."""
    held = by_address.get(address_key(fate.values.get("email", "")), ())
    home = fate.values.get("organisation", "")
    if home:
        fate.person = next((one for one in held if _comes_for(one, home)), None)
    elif len(held) == 1:
        fate.person = held[0]
    elif held:
        wrong = _("this address takes part for several organisations")
        fate.wrongs.append(Wrong(wrong, _("write for which one in the column of organisations")))


def _comes_for(person: Participant, home: str) -> bool:
    return person.organisation is None or nearly_same(person.organisation.name, home)


def _check_complete(fate: Fate, sheet: Sheet) -> None:
    """A cell that could not be read is told of already."""
    unread = {wrong.heading for wrong in fate.wrongs}
    for needed in ("name", "email", "organisation"):
        heading = _heading_of(needed, sheet)
        if not fate.values.get(needed) and heading not in unread:
            wrong = _("%(field)s is missing", field=FIELDS[needed])
            at = sheet.columns.index(needed) if needed in sheet.columns else -1
            right = _("fill this cell, or delete the row") if at >= 0 else _("map a column to it")
            fate.wrongs.append(Wrong(wrong, right, letter(at) if at >= 0 else "", heading))


def _heading_of(field_: str, sheet: Sheet) -> str:
    at = sheet.columns.index(field_) if field_ in sheet.columns else None
    return sheet.headings[at] if at is not None else ""


def _changes(fate: Fate, person: Participant, known: queries_import.Known) -> Iterable[Change]:
    """Field by field; an empty cell changes nothing, and what is listed is only added to."""
    for name in PLAIN:
        if name in fate.values and fate.values[name] != getattr(person, name):
            yield Change(name, said(getattr(person, name)), said(fate.values[name]))
    home = person.organisation
    for name in ("country", "region"):
        before = getattr(person, name) or (getattr(home, name) if home else "") or ""
        if fate.values.get(name, before) != before:
            yield Change(name, before, fate.values[name])
    before = person.type.name if person.type else ""
    if fate.values.get("type", before) != before:
        yield Change("type", before, fate.values["type"])
    if home is None and fate.values.get("organisation"):
        yield Change("organisation", "", fate.values["organisation"])
    if home is not None and not home.size and fate.values.get("size"):
        yield Change("size", "", fate.values["size"])
    for name in ADDED:
        if added := missing(fate, name, known.listed[name].get(person.id, ())):
            yield Change(name, "", said(added))


def missing(fate: Fate, name: str, has: Iterable[str]) -> list[str]:
    """What the row lists and the person has not."""
    there = {fold(each) for each in has}
    return [each for each in fate.values.get(name, ()) if fold(each) not in there]


def said(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def grouped(fates: Iterable[Fate]) -> Mapping[str, list[Fate]]:
    by_state: dict[str, list[Fate]] = defaultdict(list)
    for fate in fates:
        by_state[fate.state].append(fate)
    return by_state
