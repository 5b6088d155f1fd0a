"""Keeping which offers meet which needs for the pages."""

from matchmaker.extensions import db
from matchmaker.matching.models import NeedsMet
from matchmaker.matching.needs_met import Found, to_bytes


def keep_found(event_id: int, key: str, found: Found) -> None:
    """Keep what was found on the basis of this key, in place of what was found before."""
    db.session.merge(NeedsMet(event_id=event_id, key=key, found=to_bytes(found)))
    db.session.flush()
