"""`settings.json`: how an event goes and looks, its types with their places, and who may whom."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, replace
from itertools import product
from typing import Any

import msgspec
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.events.colours import READABLE, contrast, nearest_readable
from matchmaker.events.models import Event, ParticipantType, TypePermission
from matchmaker.events.parts import NewPermission
from matchmaker.events.plain import PlainCell, PlainSettings, PlainType, PlainView
from matchmaker.events.said import LONGEST, offered_languages
from matchmaker.exchange.json_files import read_json, write_json
from matchmaker.exchange.problems import Place, Problems, shown
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Person, Settings
from matchmaker.registration.models_views import SavedView

FILE = "settings.json"
LOGO = "logos/event.webp"
# All but those that are no columns of `Event`, and the days and the logo, which are told apart.
COLUMNS = tuple(
    each.name
    for each in fields(PlainSettings)
    if each.name not in ("types", "matrix", "views", "logo", "starts_on", "ends_on")
)


def read_settings(text: str, problems: Problems) -> PlainSettings | None:
    """The settings, or what is wrong with them."""
    settings = read_json(FILE, text, PlainSettings, problems)
    for wrong, right in _wrong(settings) if settings else ():
        problems.add(Place(FILE), wrong, right)
    return settings


def write_settings(settings: PlainSettings) -> bytes:
    return write_json(settings)


def settings_in(event: Event) -> PlainSettings:
    """In two queries besides the event's own types."""
    said = {name: getattr(event, name) for name in COLUMNS}
    said["languages"] = offered_languages(event)
    types = [PlainType(kind.name, kind.places) for kind in event.types]
    days = {"starts_on": event.starts_on, "ends_on": event.ends_on}
    rules = {"types": types, "matrix": list(_matrix(event)), "views": list(_views(event))}
    logo = {"logo": LOGO if event.logo else ""}
    plain: PlainSettings = msgspec.convert({**days, **said, **rules, **logo}, PlainSettings)
    return plain


def columns_of(settings: PlainSettings) -> dict[str, Any]:
    """What stands in the event's own row, the days apart."""
    columns = {name: value for name, value in asdict(settings).items() if name in COLUMNS}
    return columns | {"languages": list(settings.languages)}


def permissions_of(settings: PlainSettings, names: Sequence[str]) -> list[NewPermission]:
    """Both matrices; a type that they say nothing of may ask and see everybody, and be so."""
    known = {kind.name for kind in settings.types}
    given = [NewPermission(**asdict(cell)) for cell in settings.matrix]
    more = [
        NewPermission(one, other)
        for one, other in product(names, repeat=2)
        if one not in known or other not in known
    ]
    return [*given, *more]


def matching_of(matching: Settings, settings: PlainSettings, people: Sequence[Person]) -> Settings:
    """The rules a run works by, with who may meet whom."""
    cells = permissions_of(settings, sorted({*types_of(settings), *(p.type for p in people)}))
    return replace(
        matching,
        may_meet=frozenset((cell.kind, cell.other) for cell in cells if cell.asks),
        preferred=frozenset(
            (min(cell.kind, cell.other), max(cell.kind, cell.other))
            for cell in cells
            if cell.preferred
        ),
    )


def types_of(settings: PlainSettings) -> list[str]:
    return [kind.name for kind in settings.types]


def enter_places(event: Event, settings: PlainSettings) -> None:
    """How many of each type can be in."""
    places = {kind.name: kind.places for kind in settings.types}
    for kind in event.types:
        kind.places = places.get(kind.name)
    db.session.flush()


def enter_views(event: Event, settings: PlainSettings) -> None:
    views = [SavedView(event_id=event.id, **asdict(view)) for view in settings.views]
    db.session.add_all(views)


def _views(event: Event) -> Iterator[PlainView]:
    views = select(SavedView).where(SavedView.event_id == event.id).order_by(SavedView.name)
    for view in db.session.scalars(views):
        yield PlainView(view.name, view.query)


def _matrix(event: Event) -> Iterator[PlainCell]:
    names = {kind.id: kind.name for kind in event.types}
    cell = TypePermission
    rows = db.session.execute(
        select(cell.type_id, cell.other_id, cell.asks, cell.sees, cell.preferred)
        .join(ParticipantType, ParticipantType.id == cell.type_id)
        .where(ParticipantType.event_id == event.id)
    )
    order = {kind: number for number, kind in enumerate(names)}
    here = [row for row in rows if row.other_id in names]
    for row in sorted(here, key=lambda row: (order[row.type_id], order[row.other_id])):
        yield PlainCell(names[row.type_id], names[row.other_id], row.asks, row.sees, row.preferred)


def _wrong(settings: PlainSettings) -> Iterator[tuple[str, str]]:
    if settings.ends_on < settings.starts_on:
        yield _("the event ends before it starts"), _("correct one of the two days")
    if len(set(settings.languages)) < len(settings.languages):
        yield _("a language is named twice"), _("name each language once")
    for name, times in Counter(view.name for view in settings.views).items():
        if times > 1:
            wrong = _("the saved view %(name)s is there twice", name=shown(name))
            yield wrong, _("keep one of them")
    yield from _wrong_types(settings)
    yield from _wrong_looks(settings)


def _wrong_types(settings: PlainSettings) -> Iterator[tuple[str, str]]:
    known = Counter(kind.name for kind in settings.types)
    for name, times in known.items():
        if times > 1:
            wrong = _("the participant type %(name)s is there twice", name=shown(name))
            yield wrong, _("give each type a name of its own")
    pairs = Counter((cell.kind, cell.other) for cell in settings.matrix)
    for pair, times in pairs.items():
        unknown = [name for name in pair if name not in known]
        if unknown:
            wrong = _("there is no participant type %(name)s", name=shown(unknown[0]))
            yield wrong, _("correct the name in the matrix, or add the type")
        elif times > 1:
            wrong = _("the matrix says twice what %(name)s may", name=shown(pair[0]))
            yield wrong, _("keep one of them")


def _wrong_looks(settings: PlainSettings) -> Iterator[tuple[str, str]]:
    for said in settings.texts.values():
        for word, text in said.items():
            if len(text) > LONGEST[word]:
                wrong = _("%(text)s is too long", text=shown(text))
                yield wrong, _("shorten it to %(most)d or fewer", most=LONGEST[word])
    if settings.colours and len(settings.colours) < 2:
        yield _("one of the two colours is missing"), _("give both, or neither")
    for colour in settings.colours.values():
        if contrast(colour) < READABLE:
            wrong = _("words in the colour %(colour)s cannot be read", colour=shown(colour))
            yield wrong, _("take %(colour)s", colour=nearest_readable(colour))
