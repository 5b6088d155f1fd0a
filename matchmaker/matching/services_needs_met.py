"""Keeping which offers meet which needs, for the pages and for a run."""

from sqlalchemy import update

from matchmaker.extensions import db
from matchmaker.matching.codec import to_json
from matchmaker.matching.models import NeedsMet, Run
from matchmaker.matching.needs_met import Found, to_bytes
from matchmaker.matching.snapshot import Snapshot


def keep_found(event_id: int, key: str, found: Found) -> None:
    """Keep what was found on the basis of this key, in place of what was found before."""
    db.session.merge(NeedsMet(event_id=event_id, key=key, found=to_bytes(found)))
    db.session.flush()


def complete_run(run_id: int, snapshot: Snapshot, complete: Snapshot) -> None:
    """Let a run hold what it works on, unless somebody was taken out of it meanwhile."""
    unchanged = (Run.id == run_id) & (Run.snapshot == to_json(snapshot))
    db.session.execute(update(Run).where(unchanged).values(snapshot=to_json(complete)))
