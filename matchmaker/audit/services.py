"""Recording a change."""

from typing import Any

from flask import g, has_request_context
from flask_login import current_user

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
    """Add an entry to the audit log, in the transaction of the change itself.

    Where an organiser acts for somebody it was the organiser who did it, whomever the caller names.
    """
    if has_request_context() and "on_behalf" in g:
        actor_id = current_user.id
    entry = AuditEntry(
        action=action, event_id=event_id, actor_id=actor_id, subject=subject, details=details
    )
    db.session.add(entry)
    return entry
