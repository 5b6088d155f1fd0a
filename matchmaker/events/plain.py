"""How an event is set up beyond what a run works on, as plain values. Knows no database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from matchmaker.organisations.plain import PictureFile

Language = Literal["en", "fi", "sv"]
Word = Literal["name", "tagline", "description", "practical", "place", "venue"]
Text = Annotated[str, Meta(max_length=10_000)]
Line = Annotated[str, Meta(max_length=200)]
Name = Annotated[str, Meta(min_length=1, max_length=60)]
Colour = Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}$")]
Query = Annotated[str, Meta(max_length=1000)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class PlainType:
    """A participant type; at most `places` of it are in, any number where nothing is said."""

    name: Name
    places: Count | None = None


@dataclass(frozen=True, slots=True)
class PlainCell:
    """Whether people of one type may ask, and see, those of another."""

    kind: Name
    other: Name
    asks: bool = True
    sees: bool = True
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class PlainView:
    """A saved filter of the organiser's people, as an address carries it."""

    name: Name
    query: Query = ""


@dataclass(frozen=True, slots=True)
class PlainSettings:
    """The columns of `Event` that say how it goes and looks, its types, and who may whom.

    `logo` is a file of the folder. `texts` are those of the other languages than the first.
    """

    starts_on: date
    ends_on: date
    tagline: Line = ""
    description: Text = ""
    practical: Text = ""
    venue: Annotated[str, Meta(max_length=160)] = ""
    languages: Annotated[tuple[Language, ...], Meta(min_length=1)] = ("en",)
    texts: dict[Language, dict[Word, Text]] = field(default_factory=dict)
    colours: dict[Literal["brand", "accent"], Colour] = field(default_factory=dict)
    approval: Literal["automatic", "organiser"] = "organiser"
    most_pending: Annotated[int, Meta(ge=1, le=200)] = 10
    request_days: Annotated[int, Meta(ge=0, le=90)] = 7
    placement: Literal["run", "at once"] = "run"
    change_hours: Annotated[int, Meta(ge=0, le=720)] | None = 1
    places: Count | None = None
    two_factor_required: bool = False
    types: tuple[PlainType, ...] = ()
    matrix: tuple[PlainCell, ...] = ()
    views: tuple[PlainView, ...] = ()
    logo: PictureFile = ""
