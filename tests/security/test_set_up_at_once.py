"""People and organisers at one moment: nobody is lost, joined twice or left with what is gone."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal
from time import sleep
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event, EventOrganiser, ParticipantType
from matchmaker.events.services import hold_parts
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant
from matchmaker.registration.models_tags import Tag
from matchmaker.registration.waiting import set_places
from matchmaker.setup.editing import PARTS
from matchmaker.setup.services import carry_out
from matchmaker.wishes.models import Wish
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import Page, PageClient, reload

pytestmark = pytest.mark.both_databases

ORGANISE = "/e/kittila/organise"
AINO = {
    "name": "Aino Niskala",
    "organisation": "Kierto",
    "same_as": "new",
    "type": "SME",
    "kind": "SME",
    "country": "FI",
    "languages": "en",
    "listed": "y",
}
Press = Callable[[], int]


@pytest.fixture
def event(app: Flask, context: object) -> Iterator[Event]:
    event = make_event(organiser=make_user("Olli Organiser"))
    db.session.add(EventOrganiser(event_id=event.id, user_id=make_user("Saara Levänen").id))
    db.session.commit()
    app.config["WTF_CSRF_ENABLED"] = False
    yield event
    app.config["WTF_CSRF_ENABLED"] = True


def clients(app: Flask, event: Event) -> list[PageClient]:
    return [PageClient(app).sign_in(each.user) for each in event.organisers]


def pressing(client: PageClient, path: str, form: dict[str, str]) -> Press:
    return lambda: client.http.post(path, data=form).status_code


def all_at_once(*presses: Press) -> list[int]:
    db.session.rollback()
    with ThreadPoolExecutor(len(presses)) as threads:
        return list(threads.map(lambda press: press(), presses))


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def form_to_merge(client: PageClient, path: str) -> dict[str, str]:
    page = client.get(f"{path}/confirm")
    inputs = page.find("//main//input[@type='hidden']")
    return {each.get("name"): each.get("value") for each in inputs}


def test_two_who_join_the_same_two_registrations_do_it_once(app: Flask, event: Event) -> None:
    a, b = make_participant(event, "Aino"), make_participant(event, "Aino N.")
    path = f"{ORGANISE}/people/{a.id}/merge/{b.id}"
    both = clients(app, event)
    forms = [form_to_merge(client, path) for client in both]

    answers = all_at_once(*(pressing(both[n % 2], path, forms[n % 2]) for n in range(4)))

    assert sorted(answers) == [302, 409, 409, 409]
    assert (count(Participant), count(Mail), count(AuditEntry)) == (1, 2, 1)


def test_of_two_who_join_overlapping_pairs_one_is_told_to_look_again(
    app: Flask, event: Event
) -> None:
    """The second would have joined somebody who is another by now."""
    a, b, c = (make_participant(event, f"Aino {n}") for n in range(3))
    paths = [f"{ORGANISE}/people/{one.id}/merge/{other.id}" for one, other in ((a, b), (b, c))]
    forms = [
        form_to_merge(client, path) | {"email": "b"}
        for client, path in zip(clients(app, event), paths, strict=True)
    ]

    answers = all_at_once(*map(pressing, clients(app, event), paths, forms))

    kept = count(Participant)
    assert (sorted(answers), kept) in (([302, 409], 2), ([302, 302], 1))
    assert count(AuditEntry) == 3 - kept


def test_of_two_who_tag_the_same_person_one_finds_it_done(app: Flask, event: Event) -> None:
    person = make_participant(event, "Aino")
    form = {"act": "tag", "tag": "vip", "number": "1", "id": str(person.id)}
    both = clients(app, event)

    answers = all_at_once(
        *(pressing(both[n % 2], f"{ORGANISE}/people/bulk", form) for n in range(4))
    )

    assert answers == [302] * 4
    assert (count(Tag), count(AuditEntry)) == (1, 1)


def out_of(app: Flask, event: Event, part: str, row_id: int, to: int) -> Callable[[], None]:
    """Take a type or topic out in a transaction that stays open a moment longer."""
    event_id, olli_id = event.id, event.organisers[0].user_id

    def take_out() -> None:
        with app.app_context(), force_locale("en"):
            own, olli = db.session.get_one(Event, event_id), db.session.get_one(User, olli_id)
            row = PARTS[part].find(own, row_id)

            def work_out() -> Any:
                return PARTS[part].removed(own, row, to)

            carry_out(own, olli, work_out, fingerprint=work_out().fingerprint)
            sleep(0.3)
            db.session.commit()

    return take_out


def meanwhile(app: Flask, first: Callable[[], None], then: Press) -> int:
    """Press while the first is on its way; whichever comes in earlier, both end well."""
    db.session.rollback()
    with ThreadPoolExecutor(1) as threads:
        going = threads.submit(first)
        sleep(0.1)
        answer = then()
        going.result()
    db.session.expire_all()
    return answer


def test_nobody_registers_with_a_type_in_the_moment_it_is_taken_out(
    app: Flask, event: Event
) -> None:
    sme, target = event.types[2], event.types[0]
    aino = PageClient(app).sign_in(make_user("Aino Niskala"))
    register = pressing(aino, "/e/kittila/register/you", AINO)

    answer = meanwhile(app, out_of(app, event, "types", sme.id, target.id), register)

    gone = db.session.get_one(ParticipantType, sme.id)
    held = db.session.scalars(select(Participant.type_id)).all()
    assert gone.event_id is None
    assert (answer, held) in ((422, []), (302, [target.id]))
    page = aino.http.post("/e/kittila/register/you", data=AINO).get_data(as_text=True)
    assert 'value="SME"' not in page.partition('name="type"')[2].partition("</fieldset>")[0]


def test_no_offer_stays_under_a_topic_in_the_moment_it_is_taken_out(
    app: Flask, event: Event
) -> None:
    raw, digital = event.topics
    aino = make_participant(event, "Aino")
    client = PageClient(app).sign_in(aino.user)
    typed = {"offer-0-title": "Ore sorting", "offer-0-topic": raw.key}
    offer = pressing(client, "/e/kittila/register/offers-and-needs", typed)

    answer = meanwhile(app, out_of(app, event, "topics", raw.id, digital.id), offer)

    under = db.session.scalars(select(Item.topic_id)).all()
    assert (answer, under) in ((422, []), (302, [digital.id]))


def test_who_changes_places_is_asked_again_if_they_became_others_in_that_moment(
    app: Flask, event: Event
) -> None:
    """Else people would come in up to the number that was."""
    event.places = 100
    db.session.commit()
    event_id, olli_id, of_type = event.id, event.organisers[0].user_id, event.types[0].id
    _olli, saara = clients(app, event)
    page = Page(saara.http.get(f"{ORGANISE}/people/places"))
    seen = page.find("//input[@name='seen']/@value")[0]
    typed = {"seen": str(seen), "all": "100", f"type-{of_type}": "5"}
    halved = Signal()

    def halve() -> None:
        with app.app_context(), force_locale("en"):
            own, olli = db.session.get_one(Event, event_id), db.session.get_one(User, olli_id)
            hold_parts(own)
            set_places(own, olli, 50, {})
            halved.set()
            sleep(0.3)
            db.session.commit()

    def raise_one() -> int:
        halved.wait(timeout=5)
        return pressing(saara, f"{ORGANISE}/people/places", typed)()

    assert meanwhile(app, halve, raise_one) == 409
    assert (event.places, event.types[0].places) == (50, None)


def test_who_is_taken_off_the_team_acts_for_nobody_from_that_moment(
    app: Flask, event: Event
) -> None:
    aino, bertta = make_participant(event, "Aino"), make_participant(event, "Bertta")
    olli, saara = clients(app, event)
    saara_id = event.organisers[1].user_id
    saara.http.post(f"{ORGANISE}/people/{aino.id}/act-for")
    wish = pressing(saara, f"/e/kittila/people/{bertta.id}/wish", {"level": "want"})
    remove = pressing(olli, f"{ORGANISE}/team/{saara_id}/remove", {})

    answers = all_at_once(wish, remove, wish, wish)

    assert answers[1] == 302
    assert set(answers) <= {302, 404}
    made = count(Wish)
    assert made <= 1
    aino = reload(aino)
    assert pressing(saara, f"/e/kittila/people/{bertta.id}/wish", {"level": "must"})() == 404
    assert [wish.level for wish in db.session.scalars(select(Wish))] == ["want"] * made
