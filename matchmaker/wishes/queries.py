"""Questions about wishes and requests."""

from sqlalchemy import exists, func, select

from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import Request, RequestState, Wish


def count_requests_waiting(me: Participant) -> int:
    """How many people wait for an answer; one whom I told "no" waits in vain and is not counted."""
    refused = exists().where(Wish.person_id == me.id, Wish.other_id == Request.asker_id)
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Request)
            .where(
                Request.answerer_id == me.id,
                Request.state == RequestState.PENDING,
                ~refused.where(Wish.level == "no"),
            )
        )
        or 0
    )
