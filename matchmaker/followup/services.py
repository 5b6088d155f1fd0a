"""People say what became of their meetings; each word is its author's own."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.clock import now
from matchmaker.errors import NotAllowed
from matchmaker.events.models import Event
from matchmaker.events.phases import AGENDA_SHOWN, Phase
from matchmaker.extensions import db
from matchmaker.followup.models import MeetingOutcome, MeetingWord, OutcomeRound
from matchmaker.followup.queries import MeetingSide, Pair, find_word, outcomes_of, said_of
from matchmaker.followup.rounds import round_now
from matchmaker.followup.said import bits_of
from matchmaker.registration.models import Participant


class Answer(NamedTuple):
    """What came of one meeting; no results mean nothing yet."""

    results: Collection[str]
    line: str = ""


def takes_words(event: Event) -> bool:
    return event.phase in AGENDA_SHOWN and event.phase != Phase.CLOSED


def say(met: MeetingSide, said: str) -> MeetingWord:
    """Say what became of the meeting; nothing takes it back. A rating stands with a held one."""
    _check_begun(met)
    word = _own_word(met)
    word.said, word.said_at = said, now()
    if said != "held":
        word.rating = None
    db.session.flush()
    return word


def rate(met: MeetingSide, rating: int | None) -> MeetingWord:
    """Say how useful the meeting was; `None` takes it back."""
    _check_begun(met)
    word = _own_word(met)
    if said_of(met.meeting, word) != "held":
        raise NotAllowed(_("Say first that you met; then you can say how useful it was."))
    word.rating = rating
    db.session.flush()
    return word


def keep_note(met: MeetingSide, note: str) -> MeetingWord:
    word = _own_word(met)
    word.note = note
    db.session.flush()
    return word


def save_outcomes(people: Collection[Participant], answers: Mapping[Pair, Answer | None]) -> bool:
    """Keep what came of these meetings in the round that it is; `None` takes an answer back.

    Whether anything is answered in it now. Whoever has answered is not asked again in it.
    """
    event = next(iter(people)).event
    months = _round_open(event)
    for person in sorted(people, key=lambda one: one.id):
        _hold(person)
    before = {
        (row.person_id, row.other_id): row for row in outcomes_of(people) if row.months == months
    }
    for pair, answer in answers.items():
        _put(before.get(pair), pair, months, answer)
    db.session.flush()
    answering = {row.person_id for row in outcomes_of(people) if row.months == months}
    for person_id in {pair[0] for pair in answers}:
        _note_answered(person_id, months, has_answered=bool(answering))
    db.session.flush()
    return bool(answering)


def _put(row: MeetingOutcome | None, pair: Pair, months: int, answer: Answer | None) -> None:
    if answer is None:
        if row is not None:
            db.session.delete(row)
        return
    if row is None:
        row = MeetingOutcome(person_id=pair[0], other_id=pair[1], months=months)
        db.session.add(row)
    row.results = bits_of(answer.results)
    row.line, row.answered_at = answer.line, now()


def _note_answered(person_id: int, months: int, *, has_answered: bool) -> None:
    asked = db.session.get(OutcomeRound, (person_id, months))
    if has_answered:
        asked = asked or OutcomeRound(participant_id=person_id, months=months)
        asked.answered_at = now()
        db.session.add(asked)
    elif asked is not None and asked.asked_at is None:
        db.session.delete(asked)
    elif asked is not None:
        asked.answered_at = None


def _round_open(event: Event) -> int:
    months = round_now(event)
    if months is None or event.phase not in AGENDA_SHOWN:
        raise NotAllowed(
            _("What came of your meetings is asked from the last day of the event on.")
        )
    return months


def _check_begun(met: MeetingSide) -> None:
    if not takes_words(met.me.event):
        raise NotAllowed(_("The event is closed, so nothing changes any more."))
    if met.meeting.state != "confirmed":
        raise NotAllowed(_("This meeting is cancelled, so there is nothing to say of it."))
    if not met.has_begun:
        raise NotAllowed(_("The meeting has not begun yet. Come back when it has."))


def _own_word(met: MeetingSide) -> MeetingWord:
    _hold(met.me)
    word = find_word(met.me, met.other)
    if word is None:
        word = MeetingWord(person_id=met.me.id, other_id=met.other.id, said="", note="")
        word.said_at = now()
        db.session.add(word)
    return word


def _hold(person: Participant) -> None:
    """Two presses of one button come one after the other."""
    db.session.execute(select(Participant.id).where(Participant.id == person.id).with_for_update())
