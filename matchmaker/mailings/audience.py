"""To whom a mailing goes, as plain values that a form gives and a row keeps."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from matchmaker.insights.conditions import Condition
from matchmaker.registration.models import OUT, STATUSES, Status


@dataclass(frozen=True, slots=True)
class Audience:
    """Who fits all of what is set; what is empty leaves nobody out. `people` are ids."""

    statuses: tuple[str, ...] = (str(Status.APPROVED),)
    type_ids: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    condition: str = ""
    people: tuple[int, ...] = ()

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Audience":
        """What a row keeps; a condition or state that is no more is left out."""
        known = {each.name for each in fields(cls)} - {"condition"}
        lists = {name: tuple(value) for name, value in kept.items() if name in known}
        condition = kept.get("condition", "")
        return cls(**lists, condition=condition if condition in set(Condition) else "")

    def kept(self) -> dict[str, Any]:
        values = asdict(self)
        return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}

    @property
    def known_statuses(self) -> list[str]:
        """Never those who withdrew or were turned down."""
        allowed = [status for status in STATUSES if status not in OUT]
        return [status for status in self.statuses or allowed if status in allowed]
