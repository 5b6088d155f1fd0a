"""The grid of slots and meeting points with its cards, as the organiser's page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from matchmaker.agenda.board import Board, Target
from matchmaker.agenda.drawn import Pair
from matchmaker.collation import by_name
from matchmaker.events.models import MeetingPoint
from matchmaker.events.queries import point_names, slot_starts
from matchmaker.formatting import clock_time, day_short, initials
from matchmaker.matching.result_page import points_shown


@dataclass(frozen=True, slots=True)
class Card:
    key: str
    text: str
    people: str
    locked: bool
    changed: bool
    picked: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell: its card if any, and, while something is picked, what putting it here would be."""

    key: str
    where: str
    card: Card | None
    target: Target | None


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    times: list[str]
    rows: list[tuple[str, list[Spot]]]


@dataclass(frozen=True, slots=True)
class Picked:
    """The meeting in hand; it `can_be_locked` once it is published; `placed` is in the draft."""

    key: str
    people: str
    where: str
    can_be_locked: bool
    locked: bool
    placed: bool


@dataclass(frozen=True, slots=True)
class GridPage:
    days: list[Day]
    page: int
    pages: int
    picked: Picked | None
    changed: int
    misfits: list[str]
    revision: int
    people: list[tuple[int, str]]
    takes_part: bool


def grid_page(board: Board, pick: Pair | None, page: int) -> GridPage:
    others = [each for each in sorted(board.bodies) if board.accounts[each] != board.reader.id]
    points, page, pages = points_shown(board.event, page)
    targets = board.targets(pick, points) if pick else {}
    return GridPage(
        days=_days(board, points, pick, targets),
        page=page,
        pages=pages,
        picked=_picked(board, pick) if pick else None,
        changed=len(board.changed),
        misfits=[board.people(pair) for pair in board.misfits],
        revision=board.revision,
        people=by_name([(person, board.names[person]) for person in others], itemgetter(1)),
        takes_part=len(others) < len(board.bodies),
    )


def key_of(pair: tuple[int, int]) -> str:
    return f"{pair[0]}-{pair[1]}"


def _days(
    board: Board,
    points: Sequence[MeetingPoint],
    pick: Pair | None,
    targets: dict[tuple[int, int], Target],
) -> list[Day]:
    zone, by_day = board.event.zone, dict[date, list[tuple[int, str, str]]]()
    for slot in board.event.slots:
        time = clock_time(slot.starts_at, zone)
        words = f"{day_short(slot.starts_at, zone)} {time}"
        by_day.setdefault(slot.starts_at.astimezone(zone).date(), []).append((slot.id, time, words))
    changed = board.changed
    return [
        Day(
            date=day,
            times=[time for _slot, time, _words in slots],
            rows=[
                (
                    point.name,
                    [
                        Spot(
                            key=key_of((slot_id, point.id)),
                            where=f"{words}, {point.name}",
                            card=_card(board, board.cells.get((slot_id, point.id)), pick, changed),
                            target=targets.get((slot_id, point.id)),
                        )
                        for slot_id, _time, words in slots
                    ],
                )
                for point in points
            ],
        )
        for day, slots in by_day.items()
    ]


def _card(board: Board, pair: Pair | None, pick: Pair | None, changed: set[Pair]) -> Card | None:
    if pair is None:
        return None
    return Card(
        key=key_of(pair),
        text="–".join(initials(board.names[person]) for person in pair),
        people=board.people(pair),
        locked=pair in board.locked,
        changed=pair in changed,
        picked=pair == pick,
    )


def _picked(board: Board, pair: Pair) -> Picked:
    slots = slot_starts(board.event)
    points = point_names(board.event)
    cell, where = board.places.get(pair), ""
    if cell is not None and cell[0] in slots:
        zone = board.event.zone
        time = f"{day_short(slots[cell[0]], zone)} {clock_time(slots[cell[0]], zone)}"
        where = f"{time}, {points[cell[1]]}"
    return Picked(
        key=key_of(pair),
        people=board.people(pair),
        where=where,
        can_be_locked=pair in board.published,
        locked=pair in board.locked,
        placed=cell is not None,
    )
