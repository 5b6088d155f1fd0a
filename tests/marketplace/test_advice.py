"""Advice on one's profile: one thing, with how many people answer it, and never again."""

import pytest

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace.advice import advice_for
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.registration.models_profile import AdvicePutOff
from matchmaker.registration.services_advice import put_off
from tests.factories.events import make_event, make_item, make_participant, make_wish
from tests.pages.client import PageClient, reload

pytestmark = pytest.mark.usefixtures("context")

STATE = "/e/kittila/registration"


@pytest.fixture
def event() -> Event:
    return make_event()


@pytest.fixture
def aino(event: Event) -> Participant:
    return make_participant(event)


def kind_of(me: Participant) -> str:
    advice = advice_for(me)
    return advice.kind if advice else ""


def test_the_first_thing_is_what_one_needs_with_how_many_offer_it(
    event: Event, aino: Participant
) -> None:
    make_item(aino, "offer", "Drones", topic="digital")
    for name in ("Sami", "Lars"):
        make_item(make_participant(event, name), "offer", "Tailings treatment", topic="digital")
        make_item(make_participant(event, name), "offer", "Ore", topic="raw")
    make_item(make_participant(event, "Uma", listed=False), "offer", "Hidden", topic="digital")
    private = make_participant(event, "Petra")
    private.audiences = {"items": "met"}
    make_item(private, "offer", "Private", topic="digital")

    advice = advice_for(aino)

    assert advice is not None
    assert (advice.kind, advice.text) == (
        "needs",
        "2 people here offer something in Digitalisation.",
    )


def test_a_no_changes_no_number(event: Event, aino: Participant) -> None:
    sami = make_participant(event, "Sami")
    make_item(sami, "offer", "Tailings treatment")
    before = advice_for(aino)

    make_wish(sami, aino, "no")

    assert advice_for(aino) == before


def test_advice_follows_the_order_of_what_helps_matching_most(
    event: Event, aino: Participant
) -> None:
    seen = [kind_of(aino)]
    make_item(aino, "need", "Tailings treatment")
    seen.append(kind_of(aino))
    make_item(aino, "offer", "Drones").topic_id = None
    seen.append(kind_of(aino))
    for kind in ("topics", "picture"):
        put_off(aino, kind)
    seen.append(kind_of(aino))
    aino.absences = [
        Absence(starts_at=slot.starts_at, ends_at=slot.ends_at) for slot in event.slots[:3]
    ]
    seen.append(kind_of(aino))
    aino.absences = [Absence(starts_at=event.slots[0].starts_at, ends_at=event.slots[-1].ends_at)]
    seen.append(kind_of(aino))

    assert seen == ["needs", "offers", "topics", "", "times", "free"]


def test_what_is_put_off_is_never_said_again(client: PageClient, aino: Participant) -> None:
    client.sign_in(aino.user)

    first = client.get(STATE).texts("//section[@aria-labelledby='advice']//a")
    client.submit(f"{STATE}/advice/needs/put-off", on=STATE)
    client.submit(f"{STATE}/advice/needs/put-off", on=STATE)
    second = client.get(STATE).texts("//section[@aria-labelledby='advice']//a")

    assert (first, second) == (["Say what you need"], ["Say what you offer"])
    assert db.session.query(AdvicePutOff).count() == 1
    client.submit(f"{STATE}/advice/anything/put-off", on=STATE, status=404)


def test_who_has_not_sent_their_registration_gets_no_advice(
    client: PageClient, aino: Participant
) -> None:
    aino.status = Status.REGISTERING
    db.session.commit()
    client.sign_in(aino.user)

    assert client.get(STATE).find("//section[@aria-labelledby='advice']") == []
    assert reload(aino).status == Status.REGISTERING
