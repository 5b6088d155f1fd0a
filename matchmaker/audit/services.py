"""Recording a change."""

from typing import Any

from matchmaker.audit.models import AuditEntry
from matchmaker.extensions import db


def record(
    action: str,
    *,
    event_id: int | None,
    actor_id: int | None,
    subject: str = "",
    **details: Any,
) -> AuditEntry:
    """Add an entry to the audit log, in the transaction of the change itself."""
    entry = AuditEntry(
        action=action, event_id=event_id, actor_id=actor_id, subject=subject, details=details
    )
    db.session.add(entry)
    return entry
