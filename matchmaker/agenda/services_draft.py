"""Changing the agenda by hand: move, add, swap, cancel, undo, lock, and publish the draft."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from matchmaker.accounts.models import User
from matchmaker.agenda.board import FORBIDDEN, Board
from matchmaker.agenda.drawn import Cell, Pair
from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.agenda.models_draft import Draft, DraftStep
from matchmaker.agenda.queries import meeting_of
from matchmaker.agenda.queries_difference import Difference
from matchmaker.agenda.services import Details, check_in_force, publish_changes
from matchmaker.agenda.services_placing import worth_of
from matchmaker.audit.services import record
from matchmaker.errors import Conflict, NotAllowed
from matchmaker.events.models import Event
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.registration.models import Participant


def put(event: Event, user: User, pair: Pair, cell: Cell, *, revision: int) -> None:
    """Move the meeting there, add it, or swap it with the one that is there.

    Raises:
        Conflict: the draft changed since `revision`.
        NotAllowed: it cannot be there, with the reason.
    """
    board = _begin(event, user, revision)
    if board.places.get(pair) == cell:
        return
    points = [point for point in event.points if point.id == cell[1]]
    target = board.targets(pair, points).get(cell)
    if target is None or target.level == FORBIDDEN:
        raise NotAllowed(target.why if target else _("This time or place is not to be had."))
    steps: list[tuple[Pair, Cell | None]] = [(pair, cell)]
    if target.swaps:
        steps.append((board.cells[cell], board.places[pair]))
    _write(board, user, steps)


def cancel(event: Event, user: User, pair: Pair, *, revision: int) -> None:
    """Take the meeting out of the draft.

    Raises:
        Conflict: the draft changed since `revision`.
        NotAllowed: the meeting has begun.
    """
    board = _begin(event, user, revision)
    if pair not in board.places:
        return
    if pair in board.begun:
        raise NotAllowed(board.why_never(pair))
    _write(board, user, [(pair, None)])


def undo(event: Event, user: User, *, revision: int, all_of_it: bool = False) -> None:
    """Take the last turn back, or the whole draft.

    Raises:
        Conflict: the draft changed since `revision`.
    """
    board = _begin(event, user, revision)
    if not board.steps:
        return
    first = 0 if all_of_it else board.steps[-1].turn
    undone = {(step.a_id, step.b_id) for step in board.steps if step.turn >= first}
    db.session.execute(
        delete(DraftStep).where(DraftStep.event_id == event.id, DraftStep.turn >= first)
    )
    _raise_revision(event)
    after = Board(event, user)
    for pair in sorted(undone):
        _record("draft undone", user, pair, board, after.places.get(pair))


def lock(event: Event, user: User, meeting: Meeting, *, locked: bool) -> None:
    """From now on the next run leaves the meeting where it is, or no longer does."""
    hold_agenda(event)
    if meeting.locked == locked:
        return
    meeting.locked = locked
    action = "meeting locked" if locked else "meeting unlocked"
    record(action, event_id=event.id, actor_id=user.id, subject=f"meeting {meeting.id}")
    db.session.flush()


def draft_difference(board: Board) -> Difference:
    """What publishing the draft would change; what no longer fits of it is left out.

    What nobody drew stays, and waits for the repair where it cannot be held.
    """
    found = board.against.difference_to(board.places, by_hand=True)
    return replace(found, left_out=(*found.left_out, *board.misfits))


def publish_draft(
    event: Event, user: User, *, note: str, in_force: int | None, revision: int | None = None
) -> Agenda:
    """Publish what was changed by hand. What was put somewhere by hand is locked there.

    Raises:
        Conflict: another version was published, or the draft changed from `revision`, since the
            difference was shown.
    """
    hold_agenda(event)
    check_in_force(event, in_force)
    board = Board(event, user)
    if revision not in (None, board.revision):
        raise Conflict(
            _(
                "The draft changed meanwhile, perhaps in another tab or by another organiser. "
                "This is what would change now; look at it again before you publish."
            )
        )
    changes = draft_difference(board)
    agenda = publish_changes(
        event, changes, user, kind="grid", note=note, details=_details(event, changes)
    )
    db.session.execute(delete(DraftStep).where(DraftStep.event_id == event.id))
    _raise_revision(event)
    return agenda


def _details(event: Event, changes: Difference) -> Details:
    """All is locked where it was put; what a meeting is worth is known where the two once met."""
    details: dict[Pair, dict[str, Any]] = {
        pair: {"locked": True} for pair in (*changes.moved, *changes.new)
    }
    for pair in changes.new:
        if meeting_of(event, pair) is None:
            one, other = (db.session.get_one(Participant, person) for person in pair)
            value, reasons = worth_of(one, other)
            details[pair] |= {"value": value, "reasons": reasons}
    return details


def _begin(event: Event, user: User, revision: int) -> Board:
    hold_agenda(event)
    board = Board(event, user)
    if board.revision != revision:
        raise Conflict(
            _(
                "The draft changed meanwhile, perhaps in another tab or by another organiser. "
                "This is how it is now; yours was not done. Do it again if it still fits."
            )
        )
    return board


def _write(board: Board, user: User, steps: list[tuple[Pair, Cell | None]]) -> None:
    event, turn = board.event, (board.steps[-1].turn if board.steps else 0) + 1
    for pair, cell in steps:
        slot_id, point_id = cell or (None, None)
        step = DraftStep(event_id=event.id, turn=turn, a_id=pair[0], b_id=pair[1], by_id=user.id)
        step.slot_id, step.point_id = slot_id, point_id
        db.session.add(step)
        _record("draft changed", user, pair, board, cell)
    _raise_revision(event)


def _record(action: str, user: User, pair: Pair, before: Board, after: Cell | None) -> None:
    record(
        action,
        event_id=before.event.id,
        actor_id=user.id,
        subject=f"pair {pair[0]} {pair[1]}",
        before=before.places.get(pair),
        after=after,
    )


def _raise_revision(event: Event) -> None:
    draft = db.session.get(Draft, event.id)
    if draft is None:
        draft = Draft(event_id=event.id, revision=0)
        db.session.add(draft)
    draft.revision += 1
    db.session.flush()
