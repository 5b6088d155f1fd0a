"""Where two people may meet: in a video room, at the booth of one, else at a table. Pure."""

from collections.abc import Collection, Hashable, Sequence
from typing import Generic, TypeVar

Person = TypeVar("Person", bound=Hashable)

TABLE, VIDEO, FIRST_BOOTH = 0, 1, 2


class PointKinds(Generic[Person]):
    """Kinds as numbers, the same for a meeting point and for those who meet there.

    Whoever is online meets by video alone. Who has a booth meets everybody else there; of two
    booths the first in the list. Everybody else meets at tables and at booths kept for nobody, or
    by video where there is nothing else.
    """

    def __init__(
        self, points: Sequence[tuple[str, Person | None]], online: Collection[Person]
    ) -> None:
        self._online = frozenset(online)
        self._booths: dict[Person, int] = {}
        self.of_points = [self._kind(kind, owner) for kind, owner in points]
        self._usual = VIDEO if self.of_points and TABLE not in self.of_points else TABLE

    def of_pair(self, a: Person, b: Person) -> int:
        if a in self._online or b in self._online:
            return VIDEO
        booths = [self._booths[person] for person in (a, b) if person in self._booths]
        return min(booths, default=self._usual)

    def _kind(self, kind: str, owner: Person | None) -> int:
        if kind == "video":
            return VIDEO
        if owner is None:
            return TABLE
        return self._booths.setdefault(owner, FIRST_BOOTH + len(self._booths))
