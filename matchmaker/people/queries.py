"""Questions of the pages that show people."""

from sqlalchemy import select

from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.registration.visibility import visible_to


def visible_ids(me: Participant) -> dict[str, int]:
    """The ids of everybody `me` may see, by their references."""
    rows = db.session.execute(select(Participant.ref, Participant.id).where(visible_to(me)))
    return {ref: number for ref, number in rows}
