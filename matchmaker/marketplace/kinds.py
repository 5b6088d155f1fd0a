"""What an offer or need can be about, and what is asked of each category.

The fields and their choices are those of the cooperation profiles of the Enterprise Europe
Network, so that an item can become such a profile: docs/files.md says which.
"""

from typing import Literal

Field = Literal["stage", "ipr", "cooperation", "partner"]

# By category: what is asked besides title, topic and text.
ASKED: dict[str, tuple[Field, ...]] = {
    "product": ("stage", "ipr", "cooperation", "partner"),
    "service": ("cooperation", "partner"),
    "technology": ("stage", "ipr", "cooperation", "partner"),
    "know-how": ("ipr", "cooperation", "partner"),
    "research": ("stage", "cooperation", "partner"),
    "site": ("cooperation", "partner"),
    "funding": ("partner",),
    "partner": ("cooperation", "partner"),
}
CATEGORIES = tuple(ASKED)
STAGES = ("concept", "development", "lab", "demonstration", "field", "market")
IPR = ("none", "know-how", "applied", "granted", "other")
COOPERATION = (
    "supply",
    "commercial",
    "technical",
    "outsourcing",
    "licence",
    "research",
    "investment",
)
PARTNER_KINDS = ("SME", "large company", "research body", "cluster", "public authority", "investor")


def asks(kind: str, category: str, field: Field) -> bool:
    """Whether an item of this kind and category has the field; rights are asked of offers only."""
    return field in ASKED.get(category, ()) and (field != "ipr" or kind == "offer")
