"""What an offer or need says beside its text, in words: stage, rights, cooperation, partner."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from flask_babel import get_locale
from flask_babel import gettext as _

from matchmaker.marketplace.labels import (
    CATEGORY_LABELS,
    COOPERATION_LABELS,
    IPR_LABELS,
    PARTNER_LABELS,
    STAGE_LABELS,
)


class Fact(NamedTuple):
    label: str
    text: str


class Profiled(Protocol):
    """An item of the database or of a snapshot."""

    category: str
    stage: str
    ipr: str

    @property
    def cooperation(self) -> "list[str] | tuple[str, ...]": ...

    @property
    def partner_kinds(self) -> "list[str] | tuple[str, ...]": ...

    def role_in(self, locale: str, /) -> str: ...


class Titled(Protocol):
    def title_in(self, locale: str, /) -> str: ...


def title_here(item: Titled) -> str:
    """The title in the language of the page."""
    return item.title_in(get_locale().language)


def facts_of(item: Profiled) -> list[Fact]:
    """Those that were given, in the order of the form."""
    return [fact for fact in _facts(item) if fact.text]


def _facts(item: Profiled) -> Iterator[Fact]:
    yield Fact(_("What it is"), str(CATEGORY_LABELS.get(item.category, "")))
    yield Fact(_("How far it is developed"), str(STAGE_LABELS.get(item.stage, "")))
    yield Fact(_("Rights to it"), str(IPR_LABELS.get(item.ipr, "")))
    sought = [str(COOPERATION_LABELS[each]) for each in item.cooperation]
    yield Fact(_("Cooperation sought"), ", ".join(sought))
    partners = [str(PARTNER_LABELS[each]) for each in item.partner_kinds]
    yield Fact(_("Partner sought"), ", ".join(partners))
    yield Fact(_("What the partner would do"), item.role_in(get_locale().language))
