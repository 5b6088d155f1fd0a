"""Who may see what: usual audiences, own choices, people one meets, and the public page."""

import pytest
from sqlalchemy import select

from matchmaker.agenda.services import publish_run
from matchmaker.clock import stopped_at
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.queries import snapshot_for, snapshot_of
from matchmaker.registration.audience import (
    ANYBODY,
    Audience,
    Field,
    contact_of,
    organiser_of,
    viewer_for,
    visible,
)
from matchmaker.registration.consents import (
    Purpose,
    consents_of,
    set_consents,
    standing_consents,
)
from matchmaker.registration.models import Participant
from matchmaker.registration.models_consents import Consent
from matchmaker.registration.services_privacy import save_own_words, set_audiences
from tests.factories.events import FIRST_SLOT, make_event, make_item, make_participant
from tests.factories.runs import make_run
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

EVERYTHING = frozenset(Field)
CONTACT = {Field.EMAIL, Field.PHONE}


@pytest.fixture
def event(context: object) -> Event:
    return make_event()


@pytest.fixture
def aino(event: Event) -> Participant:
    aino = make_participant(event, "Aino Niskala")
    save_own_words(
        aino,
        job_title="Engineer",
        phone="+358 40 1234567",
        link="https://niskala.example",
        about="Ore sorting since 1999",
    )
    db.session.commit()
    return aino


@pytest.fixture
def marek(event: Event) -> Participant:
    return make_participant(event, "Marek Kuusi")


@pytest.mark.both_databases
def test_usually_participants_see_all_but_mail_and_phone(
    aino: Participant, marek: Participant
) -> None:
    assert visible(aino, viewer_for(marek)) == EVERYTHING - CONTACT
    assert visible(aino, ANYBODY) == frozenset()
    assert visible(aino, organiser_of(aino.event_id)) == EVERYTHING
    assert visible(aino, viewer_for(aino)) == EVERYTHING


@pytest.mark.both_databases
def test_whom_one_meets_sees_mail_and_phone_until_it_is_cancelled(
    event: Event, aino: Participant, marek: Participant
) -> None:
    publish_run(event, make_run(event, (aino, marek, 0, 0)), None)
    met = contact_of(aino, viewer_for(marek))

    publish_run(event, make_run(event), None)

    assert (met.email, met.phone) == (aino.user.email, "+358 40 1234567")
    assert contact_of(aino, viewer_for(marek)).email == ""


@pytest.mark.both_databases
def test_each_field_has_the_audience_its_person_chose(
    aino: Participant, marek: Participant
) -> None:
    set_audiences(aino, {Field.JOB_TITLE: Audience.ORGANISERS, Field.EMAIL: Audience.PUBLIC})

    contact = contact_of(aino, viewer_for(marek))

    assert (contact.job_title, contact.email) == ("", aino.user.email)
    assert visible(aino, ANYBODY) == {Field.EMAIL}


def test_another_event_is_no_audience(aino: Participant) -> None:
    elsewhere = make_participant(make_event("kokkola"))

    assert visible(aino, viewer_for(elsewhere)) == frozenset()
    assert visible(aino, organiser_of(elsewhere.event_id)) == frozenset()


def test_whom_one_meets_is_one_query_however_many_are_looked_at(
    aino: Participant, marek: Participant
) -> None:
    people = db.session.scalars(select(Participant)).all()

    with counted_queries() as statements:
        viewer = viewer_for(marek)
        for person in people:
            visible(person, viewer)

    assert len(statements) == 1


@pytest.mark.both_databases
def test_what_is_kept_from_participants_speaks_for_no_meeting(
    event: Event, aino: Participant, marek: Participant
) -> None:
    make_item(aino, "offer", "Ore sorting")
    set_audiences(aino, {Field.ITEMS: Audience.MET, Field.LANGUAGES: Audience.ORGANISERS})
    db.session.commit()

    held = [
        (person.items, person.languages)
        for snapshot in (snapshot_of(event), snapshot_for(event, marek))
        for person in snapshot.people
        if person.id == aino.ref
    ]

    assert held == [((), ()), ((), ())]


@pytest.mark.both_databases
def test_a_consent_keeps_its_wording_and_moment_and_so_does_taking_it_back(
    aino: Participant,
) -> None:
    with stopped_at(FIRST_SLOT):
        set_consents(aino, {Purpose.SHOWN: True, Purpose.PHOTOS: True})
        set_consents(aino, {Purpose.SHOWN: True, Purpose.PHOTOS: False})
        set_consents(aino, {Purpose.PHOTOS: True})

    told = [
        (each.purpose, each.version, each.given_at, each.withdrawn_at) for each in consents_of(aino)
    ]
    assert told == [
        ("shown", 1, FIRST_SLOT, None),
        ("photos", 1, FIRST_SLOT, FIRST_SLOT),
        ("photos", 1, FIRST_SLOT, None),
    ]
    assert standing_consents(aino).keys() == {Purpose.SHOWN, Purpose.PHOTOS}


@pytest.mark.both_databases
def test_what_an_organiser_told_is_not_taken_for_the_persons_own_word(aino: Participant) -> None:
    db.session.add(Consent(participant_id=aino.id, purpose="shown", version=1, told_by="organiser"))
    db.session.flush()
    set_consents(aino, {Purpose.SHOWN: True})
    tellers = [each.told_by for each in consents_of(aino)]
    set_consents(aino, {Purpose.SHOWN: False})

    assert tellers == ["organiser", "person"]
    assert all(each.withdrawn_at for each in consents_of(aino))
    assert standing_consents(aino) == {}


@pytest.mark.both_databases
def test_the_consent_to_be_shown_is_what_lists_ask(aino: Participant) -> None:
    set_consents(aino, {Purpose.SHOWN: False})
    hidden = aino.is_listed
    set_consents(aino, {Purpose.SHOWN: True})

    assert (hidden, aino.is_listed) == (False, True)


def test_nothing_is_agreed_to_before_its_box_is_ticked(
    client: PageClient, aino: Participant
) -> None:
    page = client.sign_in(aino.user).get("/e/kittila/register/you")

    boxes = page.find("//input[@type='checkbox'][starts-with(@name, 'agree_')]")
    assert [box.get("name") for box in boxes] == ["agree_series", "agree_photos"]
    assert [box.get("checked") for box in boxes] == [None, None]


def test_who_sees_what_is_chosen_on_a_page(client: PageClient, aino: Participant) -> None:
    page = client.sign_in(aino.user).get("/e/kittila/registration/privacy")
    assert page.find("//select[@id='see_email']/option[@selected]/@value") == ["met"]
    path = "/e/kittila/registration/privacy"

    client.submit(path, see_email="organisers", agree_photos="y", listed="y", phone="040 1234567")

    db.session.expire_all()
    assert aino.audiences == {"email": "organisers"}
    assert aino.phone == "040 1234567"
    assert {each.purpose for each in db.session.scalars(select(Consent))} == {"shown", "photos"}


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("phone", "call me", "Write the number in figures, like +358 40 123 4567."),
        ("link", "my page", "Write the address like https://www.example.org."),
    ],
)
def test_what_cannot_be_is_kept_and_explained(
    client: PageClient, aino: Participant, field: str, typed: str, told: str
) -> None:
    client.sign_in(aino.user)

    page = client.submit("/e/kittila/registration/privacy", status=422, **{field: typed})

    assert told in page.text
    assert page.find(f"//input[@id='{field}']/@value") == [typed]


def test_only_those_who_wish_it_stand_on_the_public_page(
    client: PageClient, aino: Participant, marek: Participant
) -> None:
    set_audiences(aino, {Field.NAME: Audience.PUBLIC, Field.ABOUT: Audience.PUBLIC})
    set_audiences(marek, {Field.ABOUT: Audience.PUBLIC})
    db.session.commit()

    text = client.get("/e/kittila/").text

    assert "Aino Niskala" in text
    assert "Ore sorting since 1999" in text
    assert "Marek" not in text
    assert "Engineer" not in text
