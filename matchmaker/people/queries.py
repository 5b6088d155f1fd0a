"""Questions of the pages that show people."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.people.models import MARKS, Mark
from matchmaker.registration.models import Participant
from matchmaker.registration.on_behalf import acts_on_behalf
from matchmaker.registration.visibility import visible_to


class Visible(NamedTuple):
    """Somebody one may see: what a list needs to know besides the event as plain values."""

    ref: str
    id: int
    organisation_id: int
    organisation_kind: str
    organisation_key: str


def everybody_visible(me: Participant) -> list[Visible]:
    """Everybody `me` may see."""
    rows = db.session.connection().execute(  # the session would look at each of a thousand
        select(
            Participant.ref,
            Participant.id,
            Organisation.id.label("organisation_id"),
            Organisation.kind,
            Organisation.name_key,
        )
        .join(Participant.organisation)
        .where(visible_to(me))
    )
    return [Visible._make(row) for row in rows]


def marks_of(me: Participant) -> dict[str, frozenset[int]]:
    """Whom `me` marked, by the kind of mark; only ever shown to `me`."""
    own = select(Mark.kind, Mark.other_id).where(Mark.person_id == me.id)
    rows = [] if acts_on_behalf() else db.session.execute(own).all()
    return {kind: frozenset(row.other_id for row in rows if row.kind == kind) for kind in MARKS}


def find_mark(me: Participant, other: Participant, kind: str) -> Mark | None:
    return db.session.scalar(
        select(Mark).where(Mark.person_id == me.id, Mark.other_id == other.id, Mark.kind == kind)
    )


def people_of(me: Participant, organisation_id: int) -> Sequence[int]:
    """The ids of those of an organisation whom `me` may see."""
    here = (visible_to(me), Participant.organisation_id == organisation_id)
    return db.session.scalars(select(Participant.id).where(*here).order_by(Participant.id)).all()
