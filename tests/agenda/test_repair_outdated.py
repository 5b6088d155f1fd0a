"""What organisers say has happened, and what a repair worked out before does not know of."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Agenda
from matchmaker.agenda.services import publish_run
from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.models import Participant, Status
from matchmaker.wishes.models import Wish
from tests.agenda.repairing import REPAIR, say, work_out
from tests.factories.runs import make_run
from tests.pages.client import PageClient, reload


def test_what_is_said_twice_is_noted_once_and_taken_back_at_once(
    client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    for _click in range(2):
        say(client, "late", person=six[0].id, start=event.slots[2].id)
    address = client.get(REPAIR).find("//form[contains(@action, 'take-back')]/@action")
    for _click in range(2):
        client.submit(str(address[0]), on=REPAIR)

    assert len(address) == 1
    assert reload(six[0]).absences == []
    told = db.session.scalars(
        select(AuditEntry.action).where(AuditEntry.action != "agenda published")
    )
    assert sorted(told) == ["disruption taken back", "disruption told"]


def test_what_is_said_again_after_it_no_longer_held_is_done_and_noted_anew(
    app: Flask, client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    aino, bjorn, *_others = six
    say(client, "gone", person=bjorn.id)
    say(client, "late", person=aino.id, start=event.slots[2].id)
    run = work_out(app, client)
    reload(bjorn).status = Status.APPROVED
    db.session.commit()
    db.session.delete(reload(aino).absences[0])
    db.session.commit()

    say(client, "gone", person=bjorn.id)
    gone_again = client.get(f"{REPAIR}/{run.number}")
    say(client, "late", person=aino.id, start=event.slots[2].id)

    assert (reload(bjorn).status, len(reload(aino).absences)) == (Status.WITHDRAWN, 1)
    assert "Something happened after this repair began" in gone_again.text
    assert len(client.get(REPAIR).find("//form[contains(@action, 'take-back')]/@action")) == 2
    told = db.session.scalars(select(AuditEntry).filter_by(action="disruption told"))
    assert sorted(entry.subject for entry in told) == ["away", "away", "gone", "gone"]


@pytest.mark.parametrize("what", ["withdrawn", "no", "table", "own no"])
def test_a_repair_says_that_it_leaves_what_can_no_longer_be_held(
    app: Flask,
    client: PageClient,
    event: Event,
    six: list[Participant],
    published: Agenda,
    what: str,
) -> None:
    """But to an organiser who takes part it tells nothing of a "no" said of them."""
    _aino, _bjorn, carla, _dora, elias, frida = six
    say(client, "gone", person=carla.id)
    run = work_out(app, client)
    before = client.get(f"{REPAIR}/{run.number}")
    if what == "withdrawn":
        reload(frida).status = Status.WITHDRAWN
    elif what == "table":
        table = event.points[0]
        table.event_id, table.removed_from_id = None, event.id
    else:
        db.session.execute(update(Wish).values(level="no").where(Wish.person_id == elias.id))
    if what == "own no":
        olli = db.session.scalars(select(User).where(User.name == "Olli")).one()
        reload(frida).user_id = olli.id
    db.session.commit()

    page, offered = client.get(f"{REPAIR}/{run.number}"), client.get(REPAIR)

    hidden = what == "own no"
    assert "Work the repair out again." not in before.text
    assert ("Something happened after this repair began" in page.text) is not hidden
    assert ("Look at the repair" in offered.text) is hidden


def test_a_repair_says_what_it_does_not_know_of(
    app: Flask, client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    say(client, "point", point=event.points[1].id)
    run = work_out(app, client)
    before = client.get(f"{REPAIR}/{run.number}")
    found_again = client.get(REPAIR).find("//a[.='Look at the repair']/@href")
    say(client, "gone", person=six[4].id)
    noted = client.get(f"{REPAIR}/{run.number}")
    assert found_again == [f"{REPAIR}/{run.number}"]
    assert "Look at the repair" not in client.get(REPAIR).text
    publish_run(event, make_run(event, (six[0], six[1], 3, 0)), None)
    db.session.commit()
    other = client.get(f"{REPAIR}/{run.number}")

    assert "Work the repair out again." not in before.text
    assert "Something happened after this repair began" in noted.text
    assert "Agenda 2 was published after this repair began" in other.text


def test_an_organiser_who_takes_part_reads_of_no_no_said_of_them(
    client: PageClient, event: Event, six: list[Participant], published: Agenda
) -> None:
    olli = db.session.scalars(select(User).where(User.name == "Olli")).one()
    six[1].user_id = olli.id
    db.session.execute(update(Wish).values(level="no").where(Wish.person_id != six[4].id))
    db.session.commit()

    page = client.get(REPAIR)

    assert page.heading == "1 thing changed since agenda 1"
    assert "Carla and Dora" in page.text
    assert "Aino and Björn" not in page.text
