"""What is typed into a step is kept before it is saved: on leaving it, and on another device."""

import pytest
from flask import Flask

from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.queries import items_of
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_profile import Unsaved
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import Page, PageClient, reload

pytestmark = pytest.mark.usefixtures("context")

REGISTER = "/e/kittila/register"
YOU = f"{REGISTER}/you"
ITEMS = f"{REGISTER}/offers-and-needs"
TIMES = f"{REGISTER}/availability"
STATE = "/e/kittila/registration"


@pytest.fixture
def event() -> Event:
    return make_event()


@pytest.fixture
def aino(client: PageClient, event: Event) -> Participant:
    """Somebody on their way, at the third step."""
    participant = make_participant(event, status=Status.REGISTERING)
    client.sign_in(participant.user)
    return participant


def leads_to(page: Page) -> str:
    return str(page.response.headers["Location"])


def test_half_a_first_step_is_found_again_on_another_device(app: Flask, event: Event) -> None:
    user = make_user("Aino Niskala")
    laptop, phone = PageClient(app).sign_in(user), PageClient(app).sign_in(user)

    kept = laptop.submit(
        f"{REGISTER}/1/keep",
        on=YOU,
        status=200,
        name="Aino Ö 🪨",
        organisation="Pohjol",
        website="not a site",
        languages=["fi"],
    )

    assert kept.response.mimetype == "text/plain"
    assert kept.response.text.startswith("What you typed is kept: ")
    assert leads_to(phone.get(REGISTER, status=302)) == YOU
    page = phone.get(YOU)
    assert page.find("//input[@name='name' or @name='organisation' or @name='website']/@value") == [
        "Aino Ö 🪨",
        "Pohjol",
        "not a site",
    ]
    assert page.find("//input[@name='languages'][@checked]/@value") == ["fi"]
    me = db.session.query(Participant).one()
    assert (me.name, me.status, me.organisation_id) == (
        "Aino Niskala",
        Status.REGISTERING,
        None,
    )


def test_back_saves_what_is_right_and_sends_nothing(client: PageClient, aino: Participant) -> None:
    slots = [str(slot.id) for slot in aino.event.slots]

    back = client.submit(f"{TIMES}/leave", on=TIMES, free=slots[1:], max_meetings="4", to="1")

    assert leads_to(back) == YOU
    assert (reload(aino).max_meetings, len(aino.absences)) == (4, 1)
    assert (aino.status, db.session.query(Unsaved).count()) == (Status.REGISTERING, 0)


def test_back_keeps_what_is_not_right_yet(client: PageClient, aino: Participant) -> None:
    slots = [str(slot.id) for slot in aino.event.slots]

    back = client.submit(f"{TIMES}/leave", on=TIMES, free=slots[1:], max_meetings="many", to="2")

    page = client.get(TIMES)
    assert leads_to(back) == ITEMS
    assert page.find("//input[@name='max_meetings']/@value") == ["many"]
    assert len(page.find("//input[@name='free'][@checked]")) == 3
    assert (reload(aino).max_meetings, aino.absences) == (None, [])
    assert leads_to(client.get(REGISTER, status=302)) == TIMES


def test_back_from_offers_and_needs_loses_nothing(client: PageClient, aino: Participant) -> None:
    right = {"offer-0-title": "Drone surveys 🛸", "offer-0-topic": "raw"}
    half = {"need-0-title": "", "need-0-text": "Somebody who knows mould"}

    client.submit(f"{ITEMS}/leave", on=ITEMS, **right)
    saved = [item.title for item in items_of(aino)]
    back = client.submit(f"{ITEMS}/leave", on=ITEMS, **half, to="1")

    page = client.get(ITEMS)
    assert (saved, leads_to(back)) == (["Drone surveys 🛸"], YOU)
    assert "Somebody who knows mould" in page.texts("//textarea[@name='need-0-text']")
    assert "have not saved it yet" in page.text
    assert db.session.query(Item).count() == 1


def test_saving_a_step_forgets_what_was_kept(client: PageClient, aino: Participant) -> None:
    slots = [str(slot.id) for slot in aino.event.slots]
    client.submit(f"{REGISTER}/3/keep", on=TIMES, status=200, free=slots[:1], max_meetings="9")

    client.submit(TIMES, free=slots, max_meetings="5")
    client.submit(TIMES, free=slots, max_meetings="5")  # pressed twice

    assert (reload(aino).status, aino.max_meetings) == (Status.PENDING, 5)
    assert db.session.query(Unsaved).count() == 0


def test_of_two_tabs_the_last_one_typed_in_counts(client: PageClient, aino: Participant) -> None:
    for typed in ("4", "4", "7"):
        client.submit(f"{REGISTER}/3/keep", on=TIMES, status=200, max_meetings=typed)

    assert client.get(TIMES).find("//input[@name='max_meetings']/@value") == ["7"]
    assert db.session.query(Unsaved).count() == 1


def test_who_is_in_sees_what_they_typed_and_may_throw_it_away(
    client: PageClient, event: Event
) -> None:
    aino = make_participant(event, max_meetings=6)
    client.sign_in(aino.user)
    slots = [str(slot.id) for slot in event.slots]
    client.submit(f"{REGISTER}/3/keep", on=TIMES, status=200, free=slots, max_meetings="8")

    told = client.get(STATE).text
    client.submit(f"{REGISTER}/3/forget", on=TIMES)

    assert "You typed something under “When you can meet” and have not saved it." in told
    assert reload(aino).max_meetings == 6
    assert client.get(TIMES).find("//input[@name='max_meetings']/@value") == ["6"]


def test_what_says_the_same_as_is_saved_is_not_shown_as_unsaved(
    client: PageClient, event: Event
) -> None:
    aino = make_participant(event, max_meetings=6)
    client.sign_in(aino.user)
    slots = [str(slot.id) for slot in event.slots]

    client.submit(f"{REGISTER}/3/keep", on=TIMES, status=200, free=slots, max_meetings="6")

    assert "have not saved it yet" not in client.get(TIMES).text


def test_keeping_brings_nobody_back_in(client: PageClient, event: Event) -> None:
    gone = make_participant(event, status=Status.WITHDRAWN)
    client.sign_in(gone.user)

    client.submit(f"{REGISTER}/1/keep", on=YOU, status=200, name="Aino")

    assert reload(gone).status == Status.WITHDRAWN


def test_nothing_is_kept_for_the_declined_of_a_step_there_is_not_or_while_closed(
    client: PageClient, event: Event
) -> None:
    declined = make_participant(event, status=Status.REJECTED)
    client.sign_in(declined.user)
    client.submit(f"{REGISTER}/1/keep", on=STATE, status=403, name="Aino")
    client.submit(f"{REGISTER}/4/keep", on=STATE, status=404, name="Aino")
    client.sign_in(make_user())
    client.submit(f"{REGISTER}/2/keep", on="/account", status=404, name="Aino")
    event.phase = Phase.SCHEDULING
    db.session.commit()
    client.submit(f"{REGISTER}/1/keep", on="/account", status=403, name="Aino")

    assert db.session.query(Unsaved).count() == 0


def test_a_text_without_end_is_not_kept(client: PageClient, aino: Participant) -> None:
    page = client.submit(f"{REGISTER}/1/keep", on=YOU, status=422, description="x" * 250_000)

    assert "too long to be kept" in page.text
    assert db.session.query(Unsaved).count() == 0
