"""The grid: organisers change the agenda by hand, checked by the server, and publish the draft."""

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting
from matchmaker.agenda.services import publish_run
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.queries import snapshot_of
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Absence, Participant
from tests.factories.events import make_event, make_participant, make_wish
from tests.factories.runs import make_run
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

GRID = "/e/kittila/organise/grid"
OWN = "Another organiser can place your own meetings."


@pytest.fixture
def four(event: Event) -> list[Participant]:
    people = [make_participant(event, name) for name in ("Aino", "Björn", "Carla", "Dora")]
    aino, bjorn, carla, dora = people
    publish_run(event, make_run(event, (aino, bjorn, 0, 0), (carla, dora, 1, 0)), None)
    db.session.execute(Mail.__table__.delete())
    db.session.commit()
    return people


def key(one: Participant, other: Participant) -> str:
    return f"{min(one.id, other.id)}-{max(one.id, other.id)}"


def cell(event: Event, slot: int, point: int) -> str:
    return f"{event.slots[slot].id}-{event.points[point].id}"


def put(client: PageClient, pair: str, to: str, **more: str) -> None:
    revision = str(client.get(GRID).find("//form[@id='put']/input[@name='revision']/@value")[0])
    client.submit(f"{GRID}/put", on=GRID, pick=pair, to=to, **{"revision": revision, **more})


def undo(client: PageClient) -> None:
    revision = str(client.get(GRID).find("//form[@id='put']/input[@name='revision']/@value")[0])
    client.submit(f"{GRID}/undo", on=GRID, revision=revision)


def published() -> dict[str, tuple[int, int, str, bool]]:
    db.session.expire_all()
    rows = db.session.scalars(select(Meeting))
    return {
        f"{row.a_id}-{row.b_id}": (row.slot_id, row.point_id, row.state, row.locked) for row in rows
    }


def test_a_move_is_seen_by_nobody_until_published_then_locked_and_told_to_the_two(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    aino, bjorn, carla, dora = four
    pair, before = key(aino, bjorn), published()

    put(client, pair, cell(event, 2, 1))
    draft, mails = published(), db.session.scalars(select(Mail)).all()
    client.submit(f"{GRID}/publish", on=f"{GRID}/review", in_force="1")

    assert (draft, mails) == (before, [])
    to = (event.slots[2].id, event.points[1].id)
    assert published()[pair] == (*to, "confirmed", True)
    assert published()[key(carla, dora)] == before[key(carla, dora)]
    assert sorted(db.session.scalars(select(Mail.address))) == sorted(
        (aino.user.email, bjorn.user.email)
    )
    assert client.get(GRID).heading == "Grid"


def test_each_place_says_whether_it_is_possible_costly_or_forbidden_and_why(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    aino, bjorn, carla, _dora = four
    publish_run(
        event, make_run(event, (aino, bjorn, 0, 0), (aino, carla, 1, 0), (bjorn, carla, 2, 0)), None
    )
    db.session.commit()

    found = client.http.get(f"{GRID}/targets?pick={key(aino, bjorn)}").get_json()

    assert found[cell(event, 0, 1)] == ["possible", "Free."]
    assert found[cell(event, 3, 0)] == ["costly", "Another break for Aino."]
    assert found[cell(event, 1, 1)] == ["forbidden", "Aino has another meeting then."]

    event.most_in_a_row = 1
    db.session.commit()
    found = client.http.get(f"{GRID}/targets?pick={key(aino, bjorn)}").get_json()
    assert found[cell(event, 0, 1)] == [
        "costly",
        "Aino would have more than 1 meeting in a row.",
    ]


def test_what_the_server_forbids_is_not_done_however_it_is_sent(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    aino, _bjorn, carla, dora = four
    make_wish(dora, aino, "no")
    db.session.commit()

    put(client, key(aino, carla), cell(event, 0, 1))
    page = client.get(GRID)
    put(client, key(aino, dora), cell(event, 3, 1))

    assert "Aino has another meeting then." in " ".join(page.texts("//body"))
    assert client.get(GRID).heading == "Grid"


def test_two_meetings_swap_and_undo_takes_several_steps_back(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    aino, bjorn, carla, _dora = four
    put(client, key(aino, bjorn), cell(event, 1, 0))
    swapped = client.get(GRID).heading
    put(client, key(aino, carla), cell(event, 3, 0))
    added = client.get(GRID).heading
    undo(client)
    undo(client)

    assert swapped == "2 meetings changed by hand, not yet published"
    assert added == "3 meetings changed by hand, not yet published"
    assert client.get(GRID).heading == "Grid"


def test_of_two_organisers_at_once_the_second_is_told_and_nothing_is_overwritten(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    aino, bjorn, *_others = four
    put(client, key(aino, bjorn), cell(event, 2, 0))
    put(client, key(aino, bjorn), cell(event, 3, 0), revision="0")
    page = client.get(f"{GRID}?pick={key(aino, bjorn)}")

    assert "The draft changed meanwhile" in " ".join(page.texts("//body"))
    assert "15:40" not in page.texts("//section")[0]


def test_a_locked_meeting_is_kept_by_the_next_run_even_if_nobody_wished_for_it(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    aino, bjorn, *_others = four
    client.submit(f"{GRID}/lock", on=GRID, pick=key(aino, bjorn), locked="1")
    db.session.expire_all()

    (settled,) = snapshot_of(event).settled

    assert {settled.a, settled.b} == {aino.ref, bjorn.ref}
    assert (settled.start, settled.firm) == (event.slots[0].starts_at, True)


def test_an_organiser_who_takes_part_learns_of_no_no_by_placing_their_own_meetings(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    olli = db.session.scalars(select(User).where(User.name == "Olli")).one()
    me = make_participant(event, "Olli", user=olli)
    make_wish(four[3], me, "no")
    db.session.commit()

    offered = client.get(GRID).find("//select[@name='one']/option/@value")
    for other in four[2:]:
        told = client.http.get(f"{GRID}/targets?pick={key(me, other)}").get_json()
        assert set(map(tuple, told.values())) == {("forbidden", OWN)}
        put(client, key(me, other), cell(event, 3, 1))
        assert OWN in client.get(GRID).text

    assert client.get(GRID).heading == "Grid"
    assert offered == [str(person.id) for person in four]


def test_an_organiser_who_takes_part_learns_of_no_no_by_the_meetings_they_have(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    """The meeting with Dora, who says "no" afterwards, reads like the one with Carla."""
    aino, bjorn, carla, dora = four
    olli = db.session.scalars(select(User).where(User.name == "Olli")).one()
    me = make_participant(event, "Olli", user=olli)
    held = ((aino, bjorn, 0, 0), (carla, me, 1, 0), (dora, me, 2, 0))
    publish_run(event, make_run(event, *held), None)
    make_wish(dora, me, "no")
    db.session.commit()

    for other, slot in ((carla, 1), (dora, 2)):
        told = client.http.get(f"{GRID}/targets?pick={key(me, other)}").get_json()
        assert set(map(tuple, told.values())) == {("forbidden", OWN)}
        swap = client.http.get(f"{GRID}/targets?pick={key(aino, bjorn)}").get_json()
        assert swap[cell(event, slot, 0)] == ["forbidden", OWN]

    before = published()
    put(client, key(aino, bjorn), cell(event, 3, 1))
    review = client.get(f"{GRID}/review")
    client.submit(f"{GRID}/publish", on=f"{GRID}/review", in_force="2")
    to = (event.slots[3].id, event.points[1].id, "confirmed", True)

    assert "Dora" not in review.text
    assert published() == before | {key(aino, bjorn): to}


def test_what_no_longer_fits_says_what_becomes_of_it(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    """Of two changes that fit no longer, one is of a meeting, the other was to be a new one."""
    aino, bjorn, carla, dora = four
    put(client, key(aino, bjorn), cell(event, 2, 0))
    put(client, key(aino, carla), cell(event, 3, 0))
    put(client, key(carla, dora), cell(event, 1, 1))
    for slot in event.slots[2:]:
        times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
        db.session.add(Absence(participant_id=aino.id, **times))
    db.session.commit()

    grid, review = client.get(GRID), client.get(f"{GRID}/review")

    assert "Who meets already stays where they are; the others get no meeting." in grid.text
    assert "Where they meet already and can, they still do." in review.text
    for page in (grid, review):
        left_out = page.texts("//section[contains(@class, 'panel--attention')]/ul/li")
        assert left_out == ["Aino and Björn", "Aino and Carla"]


def test_people_of_another_event_are_not_known(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    other = make_event("kokkola")
    strangers = [make_participant(other, name) for name in ("Secret One", "Secret Two")]

    page = client.get(f"{GRID}?pick={key(*strangers)}")
    put(client, key(*strangers), cell(event, 3, 0))

    assert "Secret" not in page.text
    assert client.get(GRID).heading == "Grid"


def test_the_grid_costs_the_same_for_one_change_as_for_many(
    client: PageClient, event: Event, four: list[Participant]
) -> None:
    costs = []
    for slot in (2, 3):
        put(client, key(four[0], four[1]), cell(event, slot, 1))
        with counted_queries() as queries:
            client.get(f"{GRID}?pick={key(four[2], four[3])}")
        costs.append(len(queries))

    assert costs[0] == costs[1]
