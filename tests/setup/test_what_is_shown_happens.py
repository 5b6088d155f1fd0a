"""Of events and changes drawn by chance: what is shown is what happens, and undo undoes it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import permutations, product
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting, MeetingMove
from matchmaker.agenda.services import publish_run
from matchmaker.errors import Invalid
from matchmaker.events.models import Event, TypePermission
from matchmaker.events.phases import Phase
from matchmaker.exchange.services import event_files
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.registration.models import Absence, Participant
from matchmaker.registration.services_sessions import attend
from matchmaker.registration.visibility import visible_to
from matchmaker.setup.editing import PARTS
from matchmaker.setup.plan import Plan
from matchmaker.setup.services import carry_out, plan_of_undoing
from matchmaker.wishes.models import Request, RequestState, Wish
from tests.factories.events import (
    FIRST_SLOT,
    TYPES,
    make_event,
    make_item,
    make_participant,
    make_session,
    make_user,
)
from tests.factories.runs import make_run
from tests.setup.scene import edited

pytestmark = pytest.mark.usefixtures("context")

Rows = set[tuple[Any, ...]]
CUT = {"minutes": 20, "pause": 0}
# What stands of an event by kind, and the groups of a plan that name what is hit of it.
NAMED_BY = {
    "held somewhere": ("unplaced",),
    "held then": ("moving", "in the way", "shifted"),
    "permitted": ("unpermitted",),
    "wished": ("wishes",),
    "asked": ("requests",),
    "of a type": ("people", "renamed"),
    "on a topic": ("items",),
    "agreed": ("agreed",),
    "offered": ("offered",),
    "may move": ("moves",),
    "attended": ("attending",),
}


def test_whom_a_change_names_is_whom_it_hits_and_undo_brings_all_back(app: Flask) -> None:
    chance, olli = Random(2), make_user("Olli Organiser")  # noqa: S311 - no secrets
    event = drawn_event(olli, chance)
    before, files, sights = standing(event), event_files(event), seen(event)
    done = 0
    for work_out in chance.sample(changes(app, event, chance), 8):
        try:
            plan = work_out()
        except Invalid:
            continue
        do(event, olli, work_out)
        after = standing(event)
        for kind, groups in NAMED_BY.items():
            named = {one for group in groups for one in plan.ids(group)}
            assert named == {row[0] for row in before[kind] - after[kind]}, (plan.part, kind)
        if plan.part in ("types", "matrix"):
            assert {me for me, _other in sights - seen(event)} <= set(plan.ids("hidden"))
        if plan.rows:
            do(event, olli, lambda: plan_of_undoing(event))
            assert (standing(event), event_files(event)) == (before, files), plan.part
            done += 1
    assert done > 3


def do(event: Event, olli: User, work_out: Callable[[], Plan]) -> None:
    plan = work_out()
    way = next(iter(plan.ways), "")
    carry_out(event, olli, work_out, fingerprint=plan.fingerprint, way=way)
    db.session.expire_all()


def drawn_event(olli: User, chance: Random) -> Event:
    event = make_event(organiser=olli, phase=Phase.SCHEDULING, slots=6, points=3)
    people = [make_participant(event, f"P{n}", type_name=chance.choice(TYPES)) for n in range(8)]
    places = {}
    for slot in range(6):
        two = chance.sample(people, 4)
        for point in range(2):
            pair = frozenset(two[2 * point : 2 * point + 2])
            places.setdefault(pair, (*pair, slot, point))
    publish_run(event, make_run(event, *places.values()), olli)
    lectures = [
        make_session(event, title, FIRST_SLOT + at, FIRST_SLOT + at + timedelta(minutes=30))
        for title, at in (("Keynote", timedelta(hours=-2)), ("Visit", timedelta(minutes=30)))
    ]
    for person in people:
        make_item(person, "offer", "Ore", topic=chance.choice(("raw", "digital")))
        if chance.random() < 0.4:
            attend(person, chance.choice(lectures))
    db.session.add_all(drawn_words(event, people, chance))
    db.session.commit()
    return event


def drawn_words(event: Event, people: list[Participant], chance: Random) -> Iterator[Any]:
    """Wishes, requests that wait or are accepted, meetings that shall move, somebody away."""
    for one, other in chance.sample(list(permutations(people, 2)), 16):
        two = {"person_id": one.id, "other_id": other.id}
        yield Wish(event_id=event.id, level=chance.choice(("must", "want", "no")), **two)
    for one, other in chance.sample(list(permutations(people, 2)), 40):
        request = Request(event_id=event.id, asker_id=one.id, answerer_id=other.id)
        request.state = chance.choice((RequestState.PENDING, RequestState.ACCEPTED))
        request.slot_id = chance.choice([None, *(slot.id for slot in event.slots)])
        if request.state == RequestState.PENDING and chance.random() < 0.5:
            request.times = chance.sample(event.slots, 2)
        yield request
    for meeting in db.session.scalars(select(Meeting).where(Meeting.event_id == event.id)):
        meeting.kept, meeting.locked = chance.random() < 0.3, chance.random() < 0.2
        if chance.random() < 0.3:
            wanted = {"slot_id": chance.choice(event.slots).id, "sequence": meeting.sequence}
            yield MeetingMove(meeting_id=meeting.id, by_id=meeting.a_id, **wanted)
    start = FIRST_SLOT + timedelta(hours=3)
    yield Absence(participant_id=people[0].id, starts_at=start, ends_at=start + timedelta(hours=1))


def changes(app: Flask, event: Event, chance: Random) -> list[Callable[[], Plan]]:
    """Everything taken out once, and a few things of each part edited."""
    found: list[Callable[[], Plan]] = []
    for name in ("times", "types", "topics", "sessions", "points"):
        part = PARTS[name]
        for entry in part.entries(event):
            targets = [value for value, _label in part.targets(event, part.find(event, entry.id))]
            to = chance.choice(targets or [entry.id])
            found.append(partial(removed, event, name, entry.id, to))
    hour = f"1{chance.randrange(2, 5)}:{chance.randrange(0, 60, 20):02}"
    pairs = [f"{one.id}-{other.id}" for one, other in product(event.types, repeat=2)]
    typed: list[tuple[str, dict[str, Any]]] = [
        ("times", {"start": hour, "end": "15:20", "day": "2027-04-28"} | CUT),
        ("times", {"start": "13:00", "end": "14:00", "day": "2027-04-28"} | CUT),
        ("types", {"name": "policy"}),
        ("matrix", {name: chance.sample(pairs, 5) for name in ("asks", "sees")}),
        ("zone", {"timezone": "Europe/Lisbon", "keep": "clock"}),
        ("zone", {"timezone": "Europe/Lisbon", "keep": "moment"}),
    ]
    for slot in chance.sample(event.slots, 3):
        to_where = {"first": slot.id, "start": f"1{chance.randrange(3, 8)}:00", "day": ""}
        typed.append(("moving", to_where | {"extent": chance.choice(("rest", "alone"))}))
    found += [partial(changed, app, event, name, form) for name, form in typed]
    return found


def removed(event: Event, part: str, row_id: int, to: int) -> Plan:
    return PARTS[part].removed(event, PARTS[part].find(event, row_id), to)


def changed(app: Flask, event: Event, part: str, typed: dict[str, Any]) -> Plan:
    entries = PARTS[part].entries(event)
    row = PARTS[part].find(event, entries[0].id) if entries else None
    return edited(app, PARTS[part], event, row, **typed)


def standing(event: Event) -> dict[str, Rows]:
    """What stands, as rows of an id and what is so of it."""
    db.session.expire_all()
    starts = {slot.id: slot.starts_at for slot in event.slots}
    points = {point.id for point in event.points}
    people = {row.id: row for row in db.session.scalars(own(Participant, event))}
    cells = {(row.type_id, row.other_id) for row in db.session.scalars(own_cells(event))}
    met = list(db.session.scalars(own(Meeting, event)))
    asked = list(db.session.scalars(own(Request, event)))
    moves = select(MeetingMove).join(Meeting, Meeting.id == MeetingMove.meeting_id)

    def may(one: int, other: int) -> bool:
        types = people[one].type_id, people[other].type_id
        return types in cells or types[::-1] in cells

    return {
        "held somewhere": {
            (row.id,) for row in met if row.slot_id in starts and row.point_id in points
        },
        "held then": {(row.id, row.slot.starts_at) for row in met},
        "permitted": {(row.id,) for row in met if may(row.a_id, row.b_id)},
        "wished": {
            (row.id,)
            for row in db.session.scalars(own(Wish, event))
            if row.level != "no" and may(row.person_id, row.other_id)
        },
        "asked": {(row.id,) for row in asked if may(row.asker_id, row.answerer_id)},
        "of a type": {(row.id, row.type and row.type.name) for row in people.values()},
        "on a topic": {
            (item.id, item.topic_id)
            for item in db.session.scalars(select(Item).where(Item.participant_id.in_(people)))
        },
        "agreed": {(row.id, row.slot_id) for row in asked if row.state == RequestState.ACCEPTED},
        "offered": {
            (row.id, slot)
            for row in asked
            for slot in (row.slot_id, *(time.id for time in row.times))
            if row.state == RequestState.PENDING and slot in starts
        },
        "may move": {
            (row.id,)
            for row in db.session.scalars(moves.where(Meeting.event_id == event.id))
            if row.state == "pending" and row.slot_id in starts
        },
        "attended": {
            (row.id, away.starts_at, away.ends_at)
            for row in people.values()
            for away in row.absences
            if away.session_id is not None
        },
        "kept": {(row.id, row.kept, row.locked, row.state, row.point_id) for row in met},
    }


def own(table: Any, event: Event) -> Any:
    return select(table).where(table.event_id == event.id)


def own_cells(event: Event) -> Any:
    cell = TypePermission
    kinds = [kind.id for kind in event.types]
    return select(cell).where(cell.type_id.in_(kinds), cell.other_id.in_(kinds), cell.asks)


def seen(event: Event) -> set[tuple[int, int]]:
    """Who sees whom."""
    return {
        (me.id, other)
        for me in db.session.scalars(own(Participant, event))
        for other in db.session.scalars(select(Participant.id).where(visible_to(me)))
    }
