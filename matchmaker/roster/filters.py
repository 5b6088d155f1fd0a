"""What an organiser narrows the table of people to, how it is ordered and what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from matchmaker.fields import one_line
from matchmaker.registration.models import STATUSES

WITH, WITHOUT = "with", "without"
HAS = ("offers", "needs", "wishes", "meetings", "sessions")
COLUMNS = {
    "organisation": _l("Organisation"),
    "kind": _l("Kind of organisation"),
    "size": _l("Size of organisation"),
    "type": _l("Type"),
    "country": _l("Country"),
    "languages": _l("Languages"),
    "offers": _l("Offers"),
    "needs": _l("Needs"),
    "wishes": _l("Wishes"),
    "meetings": _l("Meetings"),
    "sessions": _l("Sessions"),
    "tags": _l("Tags"),
    "registered": _l("Since"),
    "state": _l("State"),
}
USUAL_COLUMNS = ("organisation", "type", "country", "offers", "needs", "tags", "state")
SORTS = {
    "name": _l("Name"),
    "organisation": _l("Organisation"),
    "country": _l("Country"),
    "newest": _l("Newest first"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Empty means all. `q` is looked for in name, organisation and address."""

    status: str = ""
    type: str = ""
    country: str = ""
    kind: str = ""
    size: str = ""
    language: str = ""
    tag: str = ""
    offers: str = ""
    needs: str = ""
    wishes: str = ""
    meetings: str = ""
    sessions: str = ""
    q: str = ""
    sort: str = "name"
    columns: tuple[str, ...] = USUAL_COLUMNS

    @classmethod
    def of(cls, args: MultiDict[str, str]) -> "Wanted":
        """As an address says it; a value we do not know filters nothing."""
        plain = {name: one_line(args.get(name))[:80] for name in NAMES}
        for name in HAS:
            plain[name] = plain[name] if plain[name] in (WITH, WITHOUT) else ""
        plain["status"] = plain["status"] if plain["status"] in STATUSES else ""
        plain["sort"] = plain["sort"] if plain["sort"] in SORTS else "name"
        asked = args.getlist("columns")
        columns = tuple(name for name in COLUMNS if name in asked) or USUAL_COLUMNS
        return cls(**plain, columns=columns)

    def given(self) -> dict[str, Any]:
        """What differs from the plain table, as an address carries it."""
        plain = Wanted()
        return {
            each.name: list(value) if isinstance(value, tuple) else value
            for each in fields(self)
            if (value := getattr(self, each.name)) != getattr(plain, each.name)
        }

    def changed(self, **changes: Any) -> "Wanted":
        return replace(self, **changes)

    @property
    def query(self) -> str:
        return urlencode(self.given(), doseq=True)

    @property
    def narrowed(self) -> Mapping[str, str]:
        """What leaves somebody out."""
        return {name: getattr(self, name) for name in (*NARROWING, "q") if getattr(self, name)}


NARROWING = ("status", "type", "country", "kind", "size", "language", "tag", *HAS)
NAMES = (*NARROWING, "q", "sort")
