"""Moving what one participant has to another: nothing twice, nothing lost, a "no" always kept.

Every column that refers to a participant is dealt with here; a test holds the tables against it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import undefer

from matchmaker.agenda.models import Agenda, Meeting, MeetingMove, Seat, Visit
from matchmaker.clock import now
from matchmaker.extensions import db
from matchmaker.followup.models import MeetingOutcome, MeetingWord, OutcomeRound
from matchmaker.followup.said import joined_notes
from matchmaker.mailings.models import Delivery
from matchmaker.marketplace.models import Item
from matchmaker.people.models import Mark
from matchmaker.questions.models import Answer
from matchmaker.registration.models import Participant
from matchmaker.registration.models_disruptions import Disruption
from matchmaker.registration.models_points import Booth
from matchmaker.registration.models_profile import Portrait
from matchmaker.registration.models_sessions import SessionChoice
from matchmaker.registration.models_tags import Tag
from matchmaker.roster.models import Invitation
from matchmaker.wishes.models import Request, RequestState, RequestStep, Wish

# What moves as it is; what moves where the other has none by this key; pairs that are joined.
MOVED: tuple[Any, ...] = (Disruption.participant_id, MeetingMove.by_id)
MOVED_BY_KEY: tuple[tuple[Any, Any], ...] = (
    (Answer, Answer.question_id),
    (Tag, Tag.tag),
    (Delivery, Delivery.mailing_id),
    (SessionChoice, SessionChoice.session_id),
    (OutcomeRound, OutcomeRound.months),
    (Portrait, None),
    (Invitation, None),
    (Visit, None),
    (Booth, None),
)
STRENGTH = ("want", "must", "no")
STANDING = (
    RequestState.WITHDRAWN,
    RequestState.EXPIRED,
    RequestState.DECLINED,
    RequestState.PENDING,
    RequestState.ACCEPTED,
)


def join_belongings(kept: Participant, gone: Participant) -> None:
    for column in MOVED:
        _move(column, kept, gone)
    for table, key in MOVED_BY_KEY:
        _move_by_key(table, key, kept, gone)
    _join_items(kept, gone)
    _join_pairs(kept, gone, Wish, ("person_id", "other_id"), lambda row: STRENGTH.index(row.level))
    _join_marks(kept, gone)
    _join_pairs(kept, gone, Request, ("asker_id", "answerer_id"), _standing)
    _take_back_what_is_refused(kept)
    _join_words_of_meetings(kept, gone)
    _join_meetings(kept, gone)
    _join_versions(kept, gone)
    db.session.flush()


def _move(column: Any, kept: Participant, gone: Participant, *also: Any) -> None:
    changed = update(column.class_).where(column == gone.id, *also).values({column: kept.id})
    db.session.execute(changed.execution_options(synchronize_session=False))


def _move_by_key(table: Any, key: Any, kept: Participant, gone: Participant) -> None:
    """What both have stays as `kept` has it; the other goes with `gone`."""
    own = table.participant_id == kept.id
    if key is None:
        if db.session.scalar(select(table.participant_id).where(own)) is None:
            _move(table.participant_id, kept, gone)
        return
    held = list(db.session.scalars(select(key).where(own)))
    _move(table.participant_id, kept, gone, key.not_in(held))


def _join_items(kept: Participant, gone: Participant) -> None:
    """An offer that both made is one; what a request was about stays."""
    own = {_meant(item): item for item in _items(kept)}
    last = max((item.position for item in own.values()), default=0)
    for item in _items(gone):
        same = own.get(_meant(item))
        if same is None:
            item.participant_id, item.position = kept.id, last + 1 + item.position
        else:
            changed = update(Request).where(Request.about_id == item.id)
            db.session.execute(changed.values(about_id=same.id))
    db.session.flush()


def _items(person: Participant) -> Sequence[Item]:
    rows = select(Item).where(Item.participant_id == person.id)
    return db.session.scalars(rows.order_by(Item.position, Item.id)).all()


def _meant(item: Item) -> tuple[str, str, str]:
    return item.kind, " ".join(item.title.casefold().split()), item.text.strip()


def _join_pairs(
    kept: Participant,
    gone: Participant,
    table: Any,
    sides: tuple[str, str],
    rank: Any,
    *also: str,
) -> None:
    """Of two rows that come to one pair the stronger stays; nobody is paired with themselves.

    What rows have in the columns `also` tells them apart as well.
    """
    left, right = (getattr(table, side) for side in sides)
    both = (kept.id, gone.id)
    rows = db.session.scalars(select(table).where(or_(left.in_(both), right.in_(both)))).all()
    best: dict[tuple[int, ...], Any] = {}
    for row in sorted(rows, key=rank):
        pair = (
            _mapped(getattr(row, sides[0]), kept, gone),
            _mapped(getattr(row, sides[1]), kept, gone),
            *(getattr(row, name) for name in also),
        )
        weaker = best.get(pair)
        if weaker is not None:
            db.session.delete(weaker)
        best[pair] = row
    for pair in [pair for pair in best if pair[0] == pair[1]]:
        db.session.delete(best.pop(pair))
    db.session.flush()
    for pair, row in best.items():
        for side, person_id in zip(sides, pair[:2], strict=True):
            setattr(row, side, person_id)
    db.session.flush()


def _mapped(person_id: int, kept: Participant, gone: Participant) -> int:
    return kept.id if person_id == gone.id else person_id


def _standing(request: Request) -> tuple[int, Any]:
    return STANDING.index(RequestState(request.state)), request.created_at


def _join_words_of_meetings(kept: Participant, gone: Participant) -> None:
    """The later word and answer stand; the notes are all there."""
    sides, both = ("person_id", "other_id"), (kept.id, gone.id)
    either = or_(MeetingWord.person_id.in_(both), MeetingWord.other_id.in_(both))
    of_pairs: dict[tuple[int, int], list[MeetingWord]] = {}
    for word in db.session.scalars(select(MeetingWord).where(either).order_by(MeetingWord.id)):
        pair = _mapped(word.person_id, kept, gone), _mapped(word.other_id, kept, gone)
        of_pairs.setdefault(pair, []).append(word)
    for words in of_pairs.values():
        note = joined_notes([word.note for word in words])
        for word in words:
            word.note = note
    _join_pairs(kept, gone, MeetingWord, sides, lambda row: (bool(row.said), row.said_at))
    _join_pairs(kept, gone, MeetingOutcome, sides, lambda row: row.answered_at, "months")


def _join_marks(kept: Participant, gone: Participant) -> None:
    for kind in ("bookmark", "skip"):
        for mine, other in ((Mark.person_id, Mark.other_id), (Mark.other_id, Mark.person_id)):
            held = select(other).where(mine == kept.id, Mark.kind == kind)
            free = (Mark.kind == kind, other.not_in([*db.session.scalars(held), kept.id]))
            _move(mine, kept, gone, *free)


def _take_back_what_is_refused(kept: Participant) -> None:
    """A "no" takes back one's own request, whichever of the two had said it."""
    refused = select(Wish.other_id).where(Wish.person_id == kept.id, Wish.level == "no")
    own = select(Request).where(
        Request.asker_id == kept.id,
        Request.state == RequestState.PENDING,
        Request.answerer_id.in_(refused),
    )
    for request in db.session.scalars(own):
        request.state, request.answered_at, request.proposed_at = (
            RequestState.WITHDRAWN,
            now(),
            None,
        )
        request.times = []
        db.session.add(RequestStep(request_id=request.id, side="asker", deed="withdrawn"))


def _join_meetings(kept: Participant, gone: Participant) -> None:
    """Calendars learn of the new name; where both had met somebody, the one in force stays."""
    held = select(Meeting).where(or_(Meeting.a_id == kept.id, Meeting.b_id == kept.id))
    by_pair = {(row.a_id, row.b_id): row for row in db.session.scalars(held)}
    rows = select(Meeting).where(or_(Meeting.a_id == gone.id, Meeting.b_id == gone.id))
    for meeting in db.session.scalars(rows).all():
        a, b = sorted(_mapped(one, kept, gone) for one in (meeting.a_id, meeting.b_id))
        same = by_pair.get((a, b))
        if a == b or (same is not None and meeting.state == "cancelled"):
            db.session.delete(meeting)
            continue
        if same is not None:
            db.session.delete(same)
            db.session.flush()
        meeting.a_id, meeting.b_id = a, b
        meeting.sequence, meeting.changed_at = meeting.sequence + 1, now()
    db.session.flush()
    _move(Seat.participant_id, kept, gone)


def _join_versions(kept: Participant, gone: Participant) -> None:
    """Earlier agendas, to go back to, name people by id."""
    versions = select(Agenda).where(Agenda.event_id == kept.event_id)
    for agenda in db.session.scalars(versions.options(undefer(Agenda.contents))):
        if any(gone.id in cell[:2] for cell in agenda.contents):
            agenda.contents = _without_clashes(agenda.contents, kept, gone)


def _without_clashes(
    contents: list[list[int]], kept: Participant, gone: Participant
) -> list[list[int]]:
    """Of what the two had at one time or with one person, the first."""
    seen: set[tuple[int, ...]] = set()
    joined = []
    for a, b, slot, point in contents:
        pair = tuple(sorted((_mapped(a, kept, gone), _mapped(b, kept, gone))))
        taken = {pair, *((one, -slot) for one in pair if one == kept.id)}
        if pair[0] != pair[1] and not taken & seen:
            seen |= taken
            joined.append([*pair, slot, point])
    return joined


def drop(gone: Participant) -> None:
    """What is left of it goes with its row."""
    db.session.execute(
        delete(Participant)
        .where(Participant.id == gone.id)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
