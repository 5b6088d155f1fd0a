"""An event of thousands as an organiser meets it: people, wishes, runs, an agenda, mailings."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select, text

from matchmaker.accounts.models import User
from matchmaker.agenda.services import publish_run
from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event, MeetingBlock, Slot
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.mailings.jobs import work_off
from matchmaker.mailings.models import Mailing
from matchmaker.mailings.occasions import Occasion
from matchmaker.mailings.services import schedule, start_mailing
from matchmaker.marketplace.models import Item
from matchmaker.matching.codec import to_json
from matchmaker.matching.jobs_needs_met import with_needs_met
from matchmaker.matching.models import Run, RunMeeting, RunState, RunUnplaced
from matchmaker.matching.queries import snapshot_of
from matchmaker.matching.run_settings import settings_of
from matchmaker.matching.snapshot import Snapshot
from matchmaker.organisations.models import KINDS
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.registration.models_disruptions import Disruption
from matchmaker.wishes.models import Request, Wish
from tests.factories.events import FIRST_SLOT, make_event, make_organisation, make_user

FIRST = 1000  # the id of the first of the crowd; the others follow
SLOTS_A_DAY = 18
COUNTRIES = ("FI", "SE", "NO", "DE", "PL", "ES", "FR", "IT")
WHY = ("person_full", "tables_full", "costs_more")

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Crowd:
    event: Event
    organiser: User
    mailings: tuple[int, ...]
    missed: tuple[str, str]


def build(people: int, points: int) -> Crowd:
    rng, organiser = Random(1), make_user("Olli")  # noqa: S311
    event = make_event(organiser=organiser, phase=Phase.WISHES, slots=SLOTS_A_DAY, points=points)
    _add_day(event)
    _people(event, people, rng)
    pairs = _wishes(event, people, rng)
    db.session.commit()
    snapshot = snapshot_of(event)
    ids = sorted({person for pair in pairs for person in pair})
    runs = [_run(event, number, ids, sorted(pairs), rng, snapshot) for number in (1, 2)]
    publish_run(event, runs[0], organiser)
    db.session.commit()
    _repair(event, organiser, runs[0], people)
    _log(event, organiser)
    mailings, missed = _mailings(event, organiser), _missed_in(runs[0])
    _settle()
    return Crowd(event, organiser, mailings, missed)


def _add_day(event: Event) -> None:
    start, length = FIRST_SLOT + timedelta(days=1), timedelta(minutes=20)
    block = MeetingBlock(
        event_id=event.id,
        starts_at=start,
        ends_at=start + length * SLOTS_A_DAY,
        slot_minutes=20,
    )
    starts = [start + length * number for number in range(SLOTS_A_DAY)]
    block.slots = [Slot(event_id=event.id, starts_at=at, ends_at=at + length) for at in starts]
    db.session.add(block)
    db.session.commit()
    db.session.refresh(event)


def _insert(model: type[Any], rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(model), rows)


def _people(event: Event, people: int, rng: Random) -> None:
    own = [
        make_organisation(kind=rng.choice(KINDS), country=rng.choice(COUNTRIES)).id
        for _ in range(300)
    ]
    types, topics, slots = event.types, event.topics, event.slots
    numbers, at = range(people), FIRST_SLOT - timedelta(days=60)
    same = {"locale": "en", "created_at": at, "password_hash": None}
    _insert(
        User,
        [same | {"id": FIRST + n, **_address(n), "name": _name(n)} for n in numbers],
    )
    same = {"event_id": event.id, "languages": ["en"], "status": "approved", "step": 3}
    _insert(
        Participant,
        [
            same
            | {
                **{"id": FIRST + n, "user_id": FIRST + n, "name": _name(n), "ref": f"r{n}"},
                **{"organisation_id": rng.choice(own), "type_id": types[n % len(types)].id},
                **{"feed_token": f"t{n}", "created_at": at, "listed_at": at},
            }
            for n in numbers
        ],
    )
    _insert(
        Item,
        [
            {
                **{"participant_id": FIRST + n, "kind": ("need", "offer")[n % 2]},
                **{"title": f"Thing {n}", "topic_id": topics[n % 2].id, "words": f"thing {n}"},
            }
            for n in numbers
            if n % 7
        ],
    )
    _insert(Absence, [_away(n, slots[n % 18], slots[n % 18 + 1]) for n in numbers])


def _address(number: int) -> dict[str, str]:
    return {"email": f"p{number}@crowd.example", "email_key": f"p{number}@crowd.example"}


def _name(number: int) -> str:
    return f"Person {number:04}"


def _away(number: int, first: Slot, last: Slot) -> dict[str, Any]:
    return {
        "participant_id": FIRST + number,
        "starts_at": first.starts_at,
        "ends_at": last.ends_at,
    }


def _is_away(person: int, slot: Slot, event: Event) -> bool:
    """As `_people` says: in two slots of the first day."""
    return slot in event.slots[(first := (person - FIRST) % 18) : first + 2]


def _wishes(event: Event, people: int, rng: Random) -> set[Pair]:
    """Ten wishes each; of every tenth nobody wishes."""
    pairs: set[Pair] = set()
    while len(pairs) < 10 * people:
        a, b = rng.randrange(people), rng.randrange(people)
        if a != b and a % 10:
            pairs.add((FIRST + a, FIRST + b))
    at = FIRST_SLOT - timedelta(days=20)
    same = {"event_id": event.id, "changed_at": at}
    levels = ("must", "want", "want", "want", "no")
    _insert(
        Wish,
        [
            same | {"person_id": a, "other_id": b, "level": levels[place % 5]}
            for place, (a, b) in enumerate(sorted(pairs))
        ],
    )
    same = {"event_id": event.id, "state": "pending", "created_at": at}
    _insert(
        Request,
        [same | {"asker_id": a, "answerer_id": b} for a, b in sorted(pairs)[: 2 * people]],
    )
    return {(min(pair), max(pair)) for pair in pairs}


def _run(
    event: Event, number: int, ids: list[int], pairs: list[Pair], rng: Random, snapshot: Snapshot
) -> Run:
    """Finished, with a meeting at most nine of ten points in every slot."""
    run = _finished(event, number, snapshot)
    db.session.add(run)
    db.session.flush()
    met: set[Pair] = set()
    rows = []
    for slot in event.slots:
        there = [person for person in ids if not _is_away(person, slot, event)]
        order = rng.sample(there, len(there))
        at_once = zip(order[::2], order[1::2], strict=False)
        for point, pair in zip(event.points[: 9 * len(event.points) // 10], at_once, strict=False):
            a, b = min(pair), max(pair)
            if (a, b) not in met:
                met.add((a, b))
                rows.append(_meeting(run, (a, b), slot, point.id))
    _insert(RunMeeting, rows)
    missed = [pair for pair in pairs if pair not in met][:30_000]
    _insert(RunUnplaced, [_missed(run, pair, place) for place, pair in enumerate(missed)])
    run.report = _report(len(ids), len(pairs), len(rows))
    db.session.commit()
    with_needs_met(event.id, run.id, snapshot)
    return run


def _finished(event: Event, number: int, snapshot: Snapshot) -> Run:
    return Run(
        event_id=event.id,
        number=number,
        seed=number,
        state=RunState.DONE,
        snapshot=to_json(snapshot),
        settings=settings_of(snapshot),
        finished_at=FIRST_SLOT - timedelta(days=9),
        report={},
    )


def _meeting(run: Run, pair: Pair, slot: Slot, point_id: int) -> dict[str, Any]:
    wishes = ",".join(
        f'{{"kind":"want","points":20,"person":"r{person - FIRST}"}}' for person in pair
    )
    return {
        **{"run_id": run.id, "a_id": pair[0], "b_id": pair[1], "slot_id": slot.id},
        **{"point_id": point_id, "value": 40, "reasons": f"[{wishes}]"},
    }


def _missed(run: Run, pair: Pair, place: int) -> dict[str, Any]:
    return {
        **{"run_id": run.id, "a_id": pair[0], "b_id": pair[1], "value": 20 + place % 7},
        **{"why": WHY[place % 3], "full": [pair[0]] if place % 3 == 0 else [], "cost": place % 9},
    }


def _missed_in(run: Run) -> tuple[str, str]:
    """The references of two who wished and do not meet."""
    row = RunUnplaced
    ids = select(row.a_id, row.b_id).where(row.run_id == run.id).order_by(row.a_id, row.b_id)
    one, other = db.session.execute(ids.limit(1)).one()
    return f"r{one - FIRST}", f"r{other - FIRST}"


def _report(people: int, pairs: int, meetings: int) -> dict[str, Any]:
    parts = ("pair_value", "sharing", "promises", "breaks", "point_changes")
    return {
        **{"participants": people, "pairs": pairs, "meetings": meetings, "gap": 0.01},
        **{"pair_value": 40 * meetings, "value": 40 * meetings, "bound": 41 * meetings},
        **{"breaks": people, "without_meeting": 3, "published": 0, "kept": 0, "seconds": 60.0},
        "terms": [{"name": name, "value": 9, "bound": None} for name in parts],
        **{"more": [], "scarce": []},
    }


def _repair(event: Event, organiser: User, published: Run, people: int) -> None:
    """A point is lost and two people do not come; the repair found three ways."""
    slots, lost = event.slots, event.points[0]
    start, end = slots[0].starts_at, slots[-1].ends_at
    _tell(event, organiser, start, end, kind="point", point_id=lost.id)
    away = {FIRST + people // 2, FIRST + people // 3}
    for person in sorted(away):
        _tell(event, organiser, start, end, kind="gone", participant_id=person)
        db.session.get_one(Participant, person).status = Status.WITHDRAWN
    spared = event.points[-1].id
    held = [row for row in published.meetings if away.isdisjoint((row.a_id, row.b_id))]
    rows = [row for row in held if row.point_id != lost.id]
    moved = [row for row in held if row.point_id == lost.id]
    first: Run | None = None
    for number in (3, 4, 5):
        run = _finished(event, number, snapshot_of(event))
        run.kind, run.report = "repair", {**(published.report or {}), "changes": 4, "fewest": 4}
        run.of_id = None if first is None else first.id
        db.session.add(run)
        db.session.flush()
        first = first or run
        copies = [_copy(run, row, row.point_id) for row in rows]
        copies += [_copy(run, row, spared) for row in moved[number - 3 :]]
        _insert(RunMeeting, copies)
    db.session.commit()


def _tell(event: Event, organiser: User, start: datetime, end: datetime, **what: object) -> None:
    same = {"event_id": event.id, "told_by_id": organiser.id}
    db.session.add(Disruption(**same, starts_at=start, ends_at=end, **what))


def _copy(run: Run, row: RunMeeting, point_id: int) -> dict[str, Any]:
    return {
        **{"run_id": run.id, "a_id": row.a_id, "b_id": row.b_id, "slot_id": row.slot_id},
        **{"point_id": point_id, "value": row.value, "reasons": row.reasons},
    }


def _log(event: Event, organiser: User) -> None:
    same = {"event_id": event.id, "actor_id": organiser.id}
    actions = ("participant approved", "run requested", "wish changed", "settings changed")
    _insert(
        AuditEntry,
        [
            same
            | {
                **{"action": actions[n % 4], "subject": f"participant r{n % 5000}"},
                **{
                    "at": FIRST_SLOT - timedelta(minutes=n),
                    "details": {"before": {"name": str(n)}, "after": {"name": "x"}},
                },
            }
            for n in range(20_000)
        ],
    )
    db.session.commit()


def _mailings(event: Event, organiser: User) -> tuple[int, ...]:
    """One on its way to everybody, two drafts."""
    sent = start_mailing(event, organiser, Occasion.PRACTICAL)
    schedule(sent, organiser)
    drafts = (Occasion.WISHES_OPEN, Occasion.REMIND_TIMES)
    mailings: list[Mailing] = [sent, *(start_mailing(event, organiser, each) for each in drafts)]
    db.session.commit()
    work_off(50)
    return tuple(mailing.id for mailing in mailings)


def _settle() -> None:
    """What a database does by itself after a while: PostgreSQL counts what it holds."""
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
