"""Bookmarking and skipping people; both are one's own business, in every phase of the event."""

from sqlalchemy import delete

from matchmaker.extensions import db
from matchmaker.people.models import Mark
from matchmaker.people.queries import find_mark
from matchmaker.registration.models import Participant


def set_mark(me: Participant, other: Participant, kind: str) -> None:
    """Mark somebody; twice is once."""
    db.session.refresh(me, with_for_update={"key_share": True})
    if find_mark(me, other, kind) is None:
        db.session.add(Mark(person_id=me.id, other_id=other.id, kind=kind))
        db.session.flush()


def clear_mark(me: Participant, other: Participant, kind: str) -> None:
    """Take a mark back; where there is none, nothing happens."""
    db.session.execute(
        delete(Mark).where(Mark.person_id == me.id, Mark.other_id == other.id, Mark.kind == kind)
    )
