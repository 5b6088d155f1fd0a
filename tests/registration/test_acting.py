"""Acting for several organisations: adding one, choosing one, handing one over."""

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.errors import Conflict, Invalid, NotAllowed
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.acting import own_participant
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.queries import own_participants
from matchmaker.registration.services import describe
from matchmaker.registration.several import (
    MOST_HELD,
    add_another,
    offer_handover,
    take_over,
    withdraw_handover,
)
from matchmaker.registration.visibility import visible_to
from tests.factories.events import make_event, make_organisation, make_participant, make_user
from tests.pages.client import PageClient, reload

pytestmark = pytest.mark.usefixtures("context")
ACTING = "/e/kittila/acting"


@pytest.fixture
def event() -> Event:
    return make_event(phase=Phase.REGISTRATION)


@pytest.fixture
def manager(event: Event) -> Participant:
    """A cluster manager who takes part for the cluster."""
    return make_participant(event, user=make_user("Aino Niskala", email="aino@cluster.example"))


def offer(participant: Participant, address: str) -> None:
    offer_handover(participant, address, next_path=f"/e/kittila/take-over/{participant.id}")


@pytest.mark.both_databases
def test_the_holder_comes_for_another_organisation_under_their_own_name(
    event: Event, manager: Participant
) -> None:
    another = add_another(event, manager.user)

    assert (another.number, another.in_person, another.name) == (2, True, "Aino Niskala")
    assert another.ref != manager.ref
    assert another.feed_token != manager.feed_token


@pytest.mark.both_databases
def test_a_double_click_adds_one(event: Event, manager: Participant) -> None:
    first = add_another(event, manager.user, name="Oiva Kallio")
    second = add_another(event, manager.user, name="Oiva Kallio")

    assert second.id == first.id
    assert not first.in_person


@pytest.mark.both_databases
def test_nobody_comes_twice_for_one_organisation(event: Event, manager: Participant) -> None:
    another = add_another(event, manager.user)
    said = {"name": "Aino", "type_name": "SME", "languages": ["en"], "listed": True}

    with pytest.raises(Invalid, match=r"already. Write another organisation here") as refusal:
        describe(another, organisation=manager.organisation, **said)  # type: ignore[arg-type]

    assert refusal.value.field == "organisation"


@pytest.mark.both_databases
def test_a_colleague_of_the_same_organisation_may_be_looked_after(
    event: Event, manager: Participant
) -> None:
    colleague = add_another(event, manager.user, name="Oiva Kallio")
    said = {"name": "Oiva Kallio", "type_name": "SME", "languages": ["en"], "listed": True}

    describe(colleague, organisation=manager.organisation, **said)  # type: ignore[arg-type]

    assert colleague.organisation_id == manager.organisation_id


@pytest.mark.both_databases
def test_one_account_holds_so_many_and_no_more(event: Event, manager: Participant) -> None:
    for number in range(2, MOST_HELD + 1):
        organisation = make_organisation(name=f"Member {number}")
        make_participant(event, user=manager.user, number=number, organisation=organisation)

    with pytest.raises(NotAllowed, match=f"You look after {MOST_HELD} participants"):
        add_another(event, manager.user)


@pytest.mark.both_databases
def test_whoever_withdrew_from_the_first_acts_for_the_second(
    event: Event, manager: Participant
) -> None:
    member = make_participant(event, user=manager.user, number=2)
    manager.status = Status.WITHDRAWN
    db.session.flush()

    assert own_participant(event, manager.user) is member


@pytest.mark.both_databases
def test_nobody_is_shown_themselves_in_another_role(event: Event, manager: Participant) -> None:
    myself = make_participant(event, user=manager.user, number=2)
    looked_after = make_participant(event, user=manager.user, number=3, in_person=False)
    stranger = make_participant(event)

    seen = db.session.scalars(select(Participant).where(visible_to(manager))).all()

    assert {one.id for one in seen} == {looked_after.id, stranger.id}
    assert myself.id not in {one.id for one in seen}


@pytest.mark.both_databases
def test_taken_over_it_is_the_others_with_another_feed(event: Event, manager: Participant) -> None:
    member = make_participant(event, user=manager.user, number=2, in_person=False)
    before = member.feed_token
    offer(member, "oiva@kierto.example")
    oiva = db.session.scalars(select(User).filter_by(email_key="oiva@kierto.example")).one()

    take_over(member, oiva)

    assert own_participants(event, manager.user) == [manager]
    assert own_participants(event, oiva) == [member]
    assert (member.number, member.in_person) == (1, True)
    assert member.feed_token != before
    subjects = db.session.scalars(select(Mail.subject).order_by(Mail.id)).all()
    assert subjects == [
        f"Take over a registration for {event.name}",
        f"Your handover for {event.name} is done",
    ]


@pytest.mark.both_databases
def test_who_takes_part_for_it_already_takes_nothing_over(
    event: Event, manager: Participant
) -> None:
    member = make_participant(event, user=manager.user, number=2)
    oiva = make_participant(event, organisation=member.organisation)
    offer(member, oiva.user.email)

    with pytest.raises(Conflict, match="already, so there is nothing to take over"):
        take_over(member, oiva.user)

    assert member.user_id == manager.user_id


@pytest.mark.both_databases
def test_an_offer_to_oneself_is_refused(event: Event, manager: Participant) -> None:
    with pytest.raises(Invalid, match="This is your own address"):
        offer(manager, "AINO@cluster.example")


@pytest.mark.both_databases
def test_many_offers_do_not_flood_an_address(event: Event, manager: Participant) -> None:
    for _again in range(7):
        offer(manager, "oiva@kierto.example")
        withdraw_handover(manager)

    assert len(db.session.scalars(select(Mail)).all()) == 5


def test_from_adding_a_member_to_handing_it_over(client: PageClient, manager: Participant) -> None:
    client.sign_in(manager.user)

    added = client.submit(f"{ACTING}/add", who="other", name="Oiva Kallio")
    you = client.get("/e/kittila/register/you")
    client.submit(
        "/e/kittila/register/you",
        name="Oiva Kallio",
        organisation="Kierto Oy",
        kind="SME",
        country="FI",
        type="SME",
        languages=["fi"],
    )
    member = own_participants(manager.event, manager.user)[1]
    listed = client.get(ACTING)
    client.submit(f"{ACTING}/{member.id}/hand-over", email="oiva@kierto.example")
    told = client.get(ACTING)

    assert added.response.headers["Location"] == "/e/kittila/register/you"
    assert you.find("//input[@name='name']/@value") == ["Oiva Kallio"]
    assert listed.texts("//h2") == [manager.organisation.name, "Kierto Oy"]  # type: ignore[union-attr]
    assert "Oiva Kallio attends; you look after the place." in listed.text
    assert "Offered to oiva@kierto.example" in told.text


def test_choosing_another_closes_the_forms_of_other_tabs(
    client: PageClient, event: Event, manager: Participant
) -> None:
    member = make_participant(event, user=manager.user, number=2)
    client.sign_in(manager.user)
    old_tab = client.token("/e/kittila/registration/withdraw")

    client.submit(f"{ACTING}/{member.id}", on=ACTING)
    refused = client.http.post("/e/kittila/registration/withdraw", data={"csrf_token": old_tab})

    assert refused.status_code == 400
    assert reload(manager).status == reload(member).status == Status.APPROVED
    assert "You act for" in client.get("/e/kittila/registration").texts("//body")[0]


def test_only_whom_it_is_offered_to_may_take_over(
    client: PageClient, event: Event, manager: Participant
) -> None:
    offer(manager, "oiva@kierto.example")
    db.session.commit()
    path = f"/e/kittila/take-over/{manager.id}"

    client.sign_in(make_user()).get(path, status=404)
    client.sign_in(make_participant(event).user).get(path, status=404)
    oiva = db.session.scalars(select(User).filter_by(email_key="oiva@kierto.example")).one()
    page = client.sign_in(oiva).get(path)
    client.submit(path)

    assert page.heading.startswith("Take over")
    assert reload(manager).user_id == oiva.id


def test_a_withdrawn_offer_no_longer_works(client: PageClient, manager: Participant) -> None:
    offer(manager, "oiva@kierto.example")
    db.session.commit()
    oiva = db.session.scalars(select(User).filter_by(email_key="oiva@kierto.example")).one()

    client.sign_in(manager.user).submit(f"{ACTING}/{manager.id}/hand-over/withdraw", on=ACTING)

    client.sign_in(oiva).get(f"/e/kittila/take-over/{manager.id}", status=404)


def test_others_organisations_cannot_be_acted_for(
    client: PageClient, event: Event, manager: Participant
) -> None:
    stranger = make_participant(event)
    client.sign_in(stranger.user)

    for action in ("", "/hand-over", "/hand-over/withdraw"):
        token = client.token("/e/kittila/registration/withdraw")
        path = f"{ACTING}/{manager.id}{action}"
        answer = client.http.post(path, data={"csrf_token": token, "email": "x@y.example"})
        assert answer.status_code == 404


def test_with_one_organisation_nothing_is_said_of_choosing(
    client: PageClient, manager: Participant
) -> None:
    page = client.sign_in(manager.user).get("/e/kittila/registration")

    assert "You act for" not in page.texts("//body")[0]
