"""Advice that a participant has put off, so that they never hear it again."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.registration.models_profile import AdvicePutOff


def put_off(me: Participant, advice: str) -> None:
    """Sent twice, it is put off once."""
    try:
        with db.session.begin_nested():
            db.session.add(AdvicePutOff(participant_id=me.id, advice=advice))
    except IntegrityError:
        return


def put_off_by(me: Participant) -> set[str]:
    own = select(AdvicePutOff.advice).where(AdvicePutOff.participant_id == me.id)
    return set(db.session.scalars(own))
