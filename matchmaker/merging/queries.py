"""Reads for joining: who may be there twice, what each has, and what stands in the way."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting, Seat
from matchmaker.agenda.models_draft import DraftStep
from matchmaker.events.models import Event, Slot
from matchmaker.extensions import db
from matchmaker.formatting import at
from matchmaker.marketplace.models import Item
from matchmaker.matching.run_queries import run_at_work
from matchmaker.merging.likeness import Entered, Pair, likely_pairs
from matchmaker.merging.models import Apart
from matchmaker.organisations.models import Organisation
from matchmaker.registration.models import OUT, Participant
from matchmaker.wishes.models import Request, Wish


@dataclass(frozen=True, slots=True)
class Belongings:
    """How much of each kind somebody has; a "no" counts as nothing."""

    items: int
    wishes: int
    requests: int
    meetings: int


def duplicates(event: Event) -> list[Pair]:
    """Without those of whom an organiser said that they are two people."""
    rows = (
        select(
            Participant.id,
            Participant.user_id,
            Participant.name,
            func.coalesce(Organisation.name, ""),
            User.email,
            Participant.phone,
        )
        .join(User, User.id == Participant.user_id)
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .where(Participant.event_id == event.id, Participant.status.not_in(OUT))
        .order_by(Participant.id)
    )
    apart = {(a, b) for a, b in db.session.execute(select(Apart.a_id, Apart.b_id))}
    likely = likely_pairs([Entered(*row) for row in db.session.execute(rows)])
    return [pair for pair in likely if (pair.a.id, pair.b.id) not in apart]


def belongings_of(person: Participant) -> Belongings:
    asked = or_(Request.asker_id == person.id, Request.answerer_id == person.id)
    return Belongings(
        items=_count(Item.participant_id == person.id),
        wishes=_count(Wish.person_id == person.id, Wish.level != "no"),
        requests=_count(asked),
        meetings=_count(Seat.participant_id == person.id),
    )


def hindrances(event: Event, a: Participant, b: Participant) -> list[str]:
    """Why the two cannot be joined now, each with what to do; empty where nothing stands against.

    Wishes are no hindrance: whatever they were, none is told of.
    """
    found = []
    if run_at_work(event) is not None:
        found.append(_("A run is at work with both of them. Wait until it has ended, or stop it."))
    if _count(DraftStep.event_id == event.id, _either(DraftStep, a, b)):
        found.append(
            _("The grid has changes with one of them that are not published. Publish or undo them.")
        )
    return found + _clashes(event, a, b)


def _clashes(event: Event, a: Participant, b: Participant) -> list[str]:
    sentences = []
    both = {a.id, b.id}
    met: dict[int, int] = {}
    mine, theirs = aliased(Seat), aliased(Seat)
    same = (
        select(Slot.starts_at, mine.meeting_id, theirs.meeting_id)
        .join(mine, mine.slot_id == Slot.id)
        .join(theirs, theirs.slot_id == Slot.id)
        .where(mine.participant_id == a.id, theirs.participant_id == b.id)
        .order_by(Slot.starts_at)
    )
    for starts_at, one, other in db.session.execute(same):
        when = at(starts_at, event.zone)
        sentences.append(
            _("They have a meeting with each other: %(when)s. Cancel it first.", when=when)
            if one == other
            else _("Both have a meeting at the same time: %(when)s. Move one first.", when=when)
        )
    confirmed = select(Meeting).where(Meeting.state == "confirmed", _either(Meeting, a, b))
    for meeting in db.session.scalars(confirmed):
        partner = next((id_ for id_ in (meeting.a_id, meeting.b_id) if id_ not in both), 0)
        met[partner] = met.get(partner, 0) + bool(partner)
    for partner in (one for one, number in met.items() if number > 1):
        name = db.session.get_one(Participant, partner).name
        sentences.append(_("Both meet %(name)s. Cancel one of the meetings first.", name=name))
    return sentences


def _either(table: Any, a: Participant, b: Participant) -> Any:
    both = (a.id, b.id)
    return or_(table.a_id.in_(both), table.b_id.in_(both))


def _count(*conditions: Any) -> int:
    return db.session.scalar(select(func.count()).where(*conditions)) or 0
