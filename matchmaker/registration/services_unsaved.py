"""Keeping what is typed into a step before it is saved, so that nothing is lost on any device."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict

from matchmaker.clock import now
from matchmaker.errors import Invalid, NotAllowed
from matchmaker.extensions import db
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_profile import Unsaved
from matchmaker.registration.on_behalf import acts_on_behalf

MOST_SIGNS = 200_000
NOT_TYPED = frozenset({"csrf_token", "to"})


def keep_unsaved(participant: Participant, step: int, sent: "MultiDict[str, str]") -> datetime:
    """Keep a step as its form was sent, right or wrong; the last one kept counts."""
    if participant.status == Status.REJECTED:
        raise NotAllowed(_("The organiser declined this registration, so nothing was kept."))
    if acts_on_behalf():
        return now()
    typed = {
        name: [value.replace("\0", "") for value in values]
        for name, values in sent.lists()
        if name not in NOT_TYPED
    }
    if sum(len(name) + sum(map(len, values)) for name, values in typed.items()) > MOST_SIGNS:
        raise Invalid(_("That is too long to be kept. Shorten it, then save it with the button."))
    row = _find(participant, step) or _enter(participant, step)
    row.typed, row.kept_at = typed, now()
    db.session.flush()
    return row.kept_at


def find_unsaved(participant: Participant | None, step: int) -> Unsaved | None:
    return _find(participant, step) if participant is not None else None


def typed_in(unsaved: Unsaved | None) -> "MultiDict[str, str] | None":
    """What was typed as a form takes it; nothing where nothing was kept."""
    if unsaved is None:
        return None
    return MultiDict([(name, value) for name, values in unsaved.typed.items() for value in values])


def unsaved_steps(participant: Participant) -> list[int]:
    """The steps with something not saved, the one typed into last first."""
    if acts_on_behalf():
        return []
    kept = select(Unsaved.step).where(Unsaved.participant_id == participant.id)
    return list(db.session.scalars(kept.order_by(Unsaved.kept_at.desc(), Unsaved.step)))


def forget_unsaved(participant: Participant, step: int) -> None:
    """The step is saved, or what was typed is not wanted."""
    row = _find(participant, step)
    if row is not None:
        db.session.delete(row)
        db.session.flush()


def _find(participant: Participant, step: int) -> Unsaved | None:
    """What somebody typed and did not save is theirs: an organiser neither sees nor drops it."""
    return None if acts_on_behalf() else db.session.get(Unsaved, (participant.id, step))


def _enter(participant: Participant, step: int) -> Unsaved:
    """A new row; if a second tab made it a moment before, that one."""
    row = Unsaved(participant_id=participant.id, step=step, typed={})
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return db.session.get_one(Unsaved, (participant.id, step))
    return row
