"""Organisations as plain values, as files hold them. Knows no database."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from msgspec import Meta

from matchmaker.organisations.names import LONGEST_NAME

Kind = Literal[
    "cluster",
    "public authority",
    "SME",
    "large company",
    "research body",
    "investor",
    "support organisation",
    "other",
]
Description = Annotated[str, Meta(max_length=4000)]
PictureFile = Annotated[
    str, Meta(pattern=r"^((pictures|logos)/\w([\w .@+-]{0,80}[\w@+-])?\.(webp|png|jpg|jpeg|gif))?$")
]


@dataclass(frozen=True, slots=True)
class PlainOrganisation:
    """An organisation that people come for; its `logo` is a file of the folder."""

    name: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    country: Annotated[str, Meta(max_length=2)] = ""
    region: Annotated[str, Meta(max_length=5)] = ""
    kind: Kind = "other"
    size: Literal["", "micro", "small", "medium", "large"] = ""
    website: Annotated[str, Meta(max_length=300, pattern=r"^(https?://\S+)?$")] = ""
    description: Description = ""
    description_language: Literal["", "en", "fi", "sv"] = ""
    description_texts: dict[Literal["en", "fi", "sv"], Description] = field(default_factory=dict)
    logo: PictureFile = ""

    @property
    def says_something(self) -> bool:
        """More than the people who come for it say."""
        words = (self.size, self.website, self.description, self.logo)
        return self.kind != "other" or any(words)


@dataclass(frozen=True, slots=True)
class PlainPicture:
    """A picture or logo in two sizes, under its name in the folder."""

    file: str
    large: bytes
    small: bytes
