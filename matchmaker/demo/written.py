"""The written lists the demonstration is made from, read from the files in `content/`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from matchmaker.locales import LOCALES
from matchmaker.matching.snapshot import Item, ItemKind, Topic
from matchmaker.own_texts import OwnText

CONTENT = files("matchmaker.demo") / "content"
NORTH = frozenset({"FI", "NO", "SE"})


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """An offer or a need, the types that would say it, and the offers that answer a need.

    One that makes sense only in cold countries, or only outside them, says so in `only_in`.
    """

    key: str
    kind: ItemKind
    topic: str
    title: str
    text: str
    by: tuple[str, ...]
    met_by: tuple[str, ...] = ()
    language: str = "en"
    only_in: Literal["north", "south", ""] = ""
    category: str = ""
    stage: str = ""
    ipr: str = ""
    cooperation: tuple[str, ...] = ()
    partner_kinds: tuple[str, ...] = ()
    partner_role: str = ""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def as_item(self) -> Item:
        known = {each.name for each in fields(self)} & {each.name for each in fields(Item)}
        said: dict[str, Any] = {name: getattr(self, name) for name in known}
        texts = tuple(OwnText(code, **text) for code, text in sorted(self.texts.items()))
        language = self.language if self.language in LOCALES else ""
        return Item(**{**said, "language": language, "texts": texts})

    def fits(self, type_name: str, country: str, languages: tuple[str, ...]) -> bool:
        """Whether somebody of this type, country and languages would say it."""
        here = "north" if country in NORTH else "south"
        return type_name in self.by and self.language in languages and self.only_in in ("", here)


@dataclass(frozen=True, slots=True)
class WrittenOrganisation:
    """An organisation and the people it sends, with items by key where they are given."""

    name: str
    type: str
    kind: str
    country: str
    region: str
    description: str
    people: tuple[str, ...]
    topics: tuple[str, ...]
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    status: str = "approved"


@cache
def read(name: str) -> dict[str, Any]:
    return _parse(CONTENT / name)


@cache
def read_topics() -> tuple[Topic, ...]:
    """The roots, each followed by its branches."""
    topics: list[Topic] = []
    for key, root in read("topics.toml").items():
        topics.append(Topic(id=key, name=root["name"]))
        topics += (Topic(branch, name, key) for branch, name in root["branches"].items())
    return tuple(topics)


@cache
def read_offers() -> dict[str, WrittenItem]:
    return {item.key: item for item in _read_items("offers", "offer")}


@cache
def read_needs() -> dict[str, WrittenItem]:
    return {item.key: item for item in _read_items("needs", "need")}


@cache
def read_organisations() -> tuple[WrittenOrganisation, ...]:
    return tuple(
        WrittenOrganisation(type=table["type"], kind=table["kind"], **_with_tuples(organisation))
        for table in _read_folder("organisations")
        for organisation in table["organisation"]
    )


def _read_items(folder: str, kind: ItemKind) -> Iterator[WrittenItem]:
    for table in _read_folder(folder):
        for key, item in table.items():
            yield WrittenItem(key=key, kind=kind, **_with_tuples(item))


def _read_folder(folder: str) -> Iterator[dict[str, Any]]:
    # By name: a folder lists its files in another order on another machine.
    for file in sorted((CONTENT / folder).iterdir(), key=lambda file: file.name):
        yield _parse(file)


def _parse(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _with_tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
