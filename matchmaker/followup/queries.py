"""Whom an account was to meet, and what it says of that. Nothing here reads another's words."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from matchmaker.agenda.models import Meeting
from matchmaker.agenda.queries import meetings_of, people_in
from matchmaker.agenda.queries_changes import find_own_meeting
from matchmaker.clock import now
from matchmaker.extensions import db
from matchmaker.followup.models import MeetingOutcome, MeetingWord
from matchmaker.registration.models import Participant
from matchmaker.registration.on_behalf import hidden_account
from matchmaker.registration.queries import own_participants

Pair = tuple[int, int]


class MeetingSide(NamedTuple):
    """A meeting as `me`, one of the two, sees it."""

    meeting: Meeting
    me: Participant
    other: Participant

    @property
    def pair(self) -> Pair:
        return self.me.id, self.other.id

    @property
    def has_begun(self) -> bool:
        return self.meeting.state == "confirmed" and self.meeting.slot.starts_at <= now()


def roles_of(me: Participant) -> list[Participant]:
    """All that the account of `me` holds at the event and that are in."""
    return [one for one in own_participants(me.event, me.user) if one.is_approved]


def begun_meetings(people: Collection[Participant]) -> list[MeetingSide]:
    """Every meeting of these that has begun, in order of time, once for each of them in it."""
    meetings = meetings_of(people)
    others = people_in(meetings)
    met = (
        MeetingSide(meeting, me, others[meeting.b_id if meeting.a_id == me.id else meeting.a_id])
        for meeting in meetings
        for me in people
        if me.id in (meeting.a_id, meeting.b_id)
    )
    return [each for each in met if each.has_begun]


def find_met(me: Participant, meeting_id: int, person_id: int) -> MeetingSide | None:
    """The meeting of one of the account's people, who is `me` unless another is named.

    An organiser who acts for somebody does not find a meeting with themselves.
    """
    person = next((one for one in roles_of(me) if one.id == (person_id or me.id)), None)
    found = find_own_meeting(person, meeting_id) if person is not None else None
    if person is None or found is None or found.other.user_id == hidden_account():
        return None
    return MeetingSide(found.meeting, person, found.other)


def words_of(people: Iterable[Participant]) -> dict[Pair, MeetingWord]:
    """What these say of their meetings, by the pair; of the reader's own nothing while hidden."""
    ids = [person.id for person in people]
    own = select(MeetingWord).where(MeetingWord.person_id.in_(ids))
    if hidden_account():
        theirs = select(Participant.id).where(Participant.user_id == hidden_account())
        own = own.where(MeetingWord.other_id.not_in(theirs))
    found = db.session.scalars(own.execution_options(populate_existing=True))
    return {(word.person_id, word.other_id): word for word in found}


def find_word(me: Participant, other: Participant) -> MeetingWord | None:
    own = select(MeetingWord).where(
        MeetingWord.person_id == me.id, MeetingWord.other_id == other.id
    )
    return db.session.scalar(own.execution_options(populate_existing=True))


def said_of(meeting: Meeting, word: MeetingWord | None) -> str:
    """What is said of the meeting at its present time."""
    if word is None or word.said_at < meeting.slot.starts_at:
        return ""
    return word.said


def outcomes_of(people: Iterable[Participant]) -> Sequence[MeetingOutcome]:
    """Everything these answered, the latest round last."""
    ids = [person.id for person in people]
    own = select(MeetingOutcome).where(MeetingOutcome.person_id.in_(ids))
    return db.session.scalars(
        own.order_by(MeetingOutcome.months).execution_options(populate_existing=True)
    ).all()
