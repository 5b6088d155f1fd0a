"""Publishing changes what differs and nothing else, and tells those concerned."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from matchmaker.agenda.models import Agenda, Meeting, Seat
from matchmaker.agenda.queries_difference import difference
from matchmaker.agenda.services import publish_run
from matchmaker.errors import NotAllowed
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunState
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant, Status
from tests.factories.events import make_event, make_participant, make_user, make_wish
from tests.factories.runs import Place, make_run

pytestmark = pytest.mark.both_databases


@pytest.fixture
def event(context: object) -> Event:
    return make_event()


@pytest.fixture
def four(event: Event) -> list[Participant]:
    return [make_participant(event, name) for name in ("Aino", "Björn", "Carla", "Dora")]


def publish(event: Event, *places: Place) -> Agenda:
    agenda = publish_run(event, make_run(event, *places), None)
    db.session.commit()
    db.session.expire_all()
    return agenda


def meetings() -> dict[tuple[int, int], Meeting]:
    return {(row.a_id, row.b_id): row for row in db.session.scalars(select(Meeting))}


def addressees() -> list[str]:
    mails = db.session.scalars(select(Mail.address).order_by(Mail.id)).all()
    db.session.execute(Mail.__table__.delete())
    db.session.commit()
    return sorted(mails)


def test_the_first_agenda_creates_meetings_and_tells_everybody(
    event: Event, four: list[Participant]
) -> None:
    aino, bjorn, carla, dora = four

    agenda = publish(event, (aino, bjorn, 0, 0), (carla, dora, 0, 1))

    assert agenda.number == 1
    assert event.phase == Phase.PUBLISHED
    assert {(m.sequence, m.state) for m in meetings().values()} == {(0, "confirmed")}
    assert addressees() == sorted(person.user.email for person in four)


def test_a_later_agenda_touches_only_what_differs(event: Event, four: list[Participant]) -> None:
    aino, bjorn, carla, dora = four
    publish(event, (aino, bjorn, 0, 0), (carla, dora, 0, 1), (aino, carla, 1, 0))
    addressees()
    before = {pair: (m.uid, m.changed_at) for pair, m in meetings().items()}

    publish(event, (aino, bjorn, 0, 0), (carla, dora, 2, 1))

    after = meetings()
    same, moved = after[aino.id, bjorn.id], after[carla.id, dora.id]
    gone = after[aino.id, carla.id]
    assert (same.sequence, same.changed_at) == (0, before[aino.id, bjorn.id][1])
    assert (moved.sequence, moved.slot_id) == (1, event.slots[2].id)
    assert (gone.sequence, gone.state) == (1, "cancelled")
    assert {pair: m.uid for pair, m in after.items()} == {p: uid for p, (uid, _) in before.items()}
    assert addressees() == sorted(person.user.email for person in (aino, carla, dora))


def test_two_meetings_may_swap_their_places(event: Event, four: list[Participant]) -> None:
    aino, bjorn, carla, dora = four
    publish(event, (aino, bjorn, 0, 0), (carla, dora, 1, 0), (aino, carla, 2, 0))

    publish(event, (aino, bjorn, 1, 0), (carla, dora, 0, 0), (aino, carla, 2, 0))

    places = {pair: (m.slot_id, m.sequence) for pair, m in meetings().items()}
    assert places[aino.id, bjorn.id] == (event.slots[1].id, 1)
    assert places[carla.id, dora.id] == (event.slots[0].id, 1)
    assert places[aino.id, carla.id] == (event.slots[2].id, 0)


def test_a_cancelled_meeting_comes_back_as_the_same_calendar_entry(
    event: Event, four: list[Participant]
) -> None:
    aino, bjorn, *_others = four
    publish(event, (aino, bjorn, 0, 0))
    uid = meetings()[aino.id, bjorn.id].uid
    publish(event)

    publish(event, (aino, bjorn, 3, 1))

    back = meetings()[aino.id, bjorn.id]
    assert (back.uid, back.sequence, back.state) == (uid, 2, "confirmed")
    assert db.session.scalar(select(func.count()).select_from(Seat)) == 2


def test_publishing_twice_is_publishing_once(event: Event, four: list[Participant]) -> None:
    aino, bjorn, *_others = four
    run = make_run(event, (aino, bjorn, 0, 0))

    numbers = [publish_run(event, run, None).number for _click in range(2)]

    assert numbers == [1, 1]
    assert db.session.scalar(select(func.count()).select_from(Mail)) == 4


def test_a_second_run_changes_nothing_until_it_is_published(
    event: Event, four: list[Participant]
) -> None:
    aino, bjorn, carla, _dora = four
    publish(event, (aino, bjorn, 0, 0))

    make_run(event, (aino, carla, 0, 0))

    assert list(meetings()) == [(aino.id, bjorn.id)]


def test_who_left_or_said_no_since_the_run_is_left_out(
    event: Event, four: list[Participant]
) -> None:
    aino, bjorn, carla, dora = four
    run = make_run(event, (aino, bjorn, 0, 0), (carla, dora, 0, 1), (aino, carla, 1, 0))
    dora.status = Status.WITHDRAWN
    make_wish(bjorn, aino, "no")

    left_out = set(difference(run).left_out)
    publish_run(event, run, None)

    assert left_out == {(aino.id, bjorn.id), (carla.id, dora.id)}
    assert list(meetings()) == [(aino.id, carla.id)]


def test_a_run_without_a_result_is_refused(event: Event) -> None:
    run = Run(event_id=event.id, number=1, snapshot="{}", state=RunState.RUNNING)
    db.session.add(run)
    db.session.flush()

    with pytest.raises(NotAllowed, match="no result to publish"):
        publish_run(event, run, make_user())


def test_the_database_itself_refuses_two_meetings_at_one_time(
    event: Event, four: list[Participant]
) -> None:
    aino, bjorn, carla, _dora = four
    run = make_run(event, (aino, bjorn, 0, 0), (aino, carla, 0, 1))

    with pytest.raises(IntegrityError):
        publish_run(event, run, None)
