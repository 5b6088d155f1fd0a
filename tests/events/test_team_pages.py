"""The team's page and joining by a link, in the browser."""

import re

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.events.queries_team import team_of
from matchmaker.events.roles import Role
from matchmaker.events.services import add_organiser
from matchmaker.extensions import db
from tests.accounts.apps import code, with_app
from tests.accounts.mailed import mails_to
from tests.factories.events import make_event, make_user
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

TEAM = "/e/kittila/organise/team"
ADDRESS = "hilla@niskala.example"

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def owner(context: object) -> User:
    return make_user("Olli Owner")


@pytest.fixture
def event(owner: User) -> Event:
    return make_event(organiser=owner)


def link_to_join(address: str = ADDRESS) -> str:
    found = re.search(r"(/join/\S+)", mails_to(address)[-1].text)
    assert found
    return found[1]


def roles(event: Event) -> dict[str, str]:
    return {each.user.email: each.role for each in team_of(event)}


def test_an_owner_invites_and_the_link_asks_before_it_joins(
    client: PageClient, event: Event, owner: User
) -> None:
    client.sign_in(owner)
    client.submit(TEAM, email=ADDRESS, role="helper")
    assert ADDRESS in client.get(TEAM).text
    guest = PageClient(client.app)
    page = guest.get(link_to_join())
    assert page.heading == f"Join the team of {event.name}?"
    assert ADDRESS not in roles(event), "mail scanners open links"

    joined = guest.submit(link_to_join())

    assert joined.response.location == "/e/kittila/organise/"
    assert roles(event)[ADDRESS] == "helper"
    assert guest.get("/e/kittila/organise/").heading == "The event in figures"
    assert guest.get(link_to_join(), status=302).response.location == "/e/kittila/organise/"
    stranger = PageClient(client.app)
    assert stranger.get(link_to_join(), status=410).heading == "This invitation has ended"
    stranger.get(link_to_join()[:-3] + "abc", status=404)


def test_a_link_to_join_does_not_spare_the_second_step(
    client: PageClient, event: Event, owner: User
) -> None:
    hilla = make_user("Hilla", email=ADDRESS)
    with_app(hilla)
    client.sign_in(owner)
    client.submit(TEAM, email=ADDRESS, role="organiser")
    guest = PageClient(client.app)

    joined = guest.submit(link_to_join())

    assert joined.response.location == "/sign-in/second-step"
    guest.get("/e/kittila/organise/", status=302)
    guest.submit("/sign-in/second-step", code=code(later=1))
    guest.get("/e/kittila/organise/people")


def test_organisers_see_the_team_and_change_nothing(
    client: PageClient, event: Event, owner: User
) -> None:
    saara = make_user("Saara")
    db.session.add(EventOrganiser(event_id=event.id, user_id=saara.id, role=Role.ORGANISER))
    db.session.commit()
    page = client.sign_in(saara).get(TEAM)

    assert page.texts("//main//li/h2") == ["Olli Owner", "Saara (you)"]
    assert page.find("//main//form") == []
    for path in ("", f"/{saara.id}/role", f"/{owner.id}/remove", "/second-step"):
        client.submit(TEAM + path, on="/account", role="owner", required="1", status=403)
    assert roles(event)[saara.email] == "organiser"


def test_an_owner_changes_roles_and_may_leave_once_there_is_another(
    client: PageClient, event: Event, owner: User
) -> None:
    saara = make_user("Saara")
    db.session.add(EventOrganiser(event_id=event.id, user_id=saara.id, role=Role.VIEWER))
    db.session.commit()
    client.sign_in(owner)
    client.submit(f"{TEAM}/{saara.id}/role", on=TEAM, role="owner")
    client.submit(f"{TEAM}/{saara.id}/role", on=TEAM, role="emperor", status=422)
    outsider = make_user("Outsider")
    client.submit(f"{TEAM}/{outsider.id}/role", on=TEAM, role="owner", status=404)
    assert roles(event) == {owner.email: "owner", saara.email: "owner"}

    left = client.submit(f"{TEAM}/{owner.id}/remove", on=TEAM)

    assert left.response.location == "/"
    client.get(TEAM, status=404)
    assert roles(event) == {saara.email: "owner"}


def test_the_page_takes_the_same_queries_for_any_team(
    client: PageClient, event: Event, owner: User
) -> None:
    client.sign_in(owner).get(TEAM)
    with counted_queries() as few:
        client.get(TEAM)
    for _each in range(5):
        add_organiser(event, make_user("Hilla"), Role.HELPER)
    db.session.commit()
    with counted_queries() as many:
        page = client.get(TEAM)

    assert len(page.texts("//main//li/h2")) == 6
    assert len(many) == len(few)


def test_asking_the_second_step_of_the_team_begins_with_the_owner(
    client: PageClient, event: Event, owner: User
) -> None:
    client.sign_in(owner)
    client.submit(f"{TEAM}/second-step", on=TEAM, required="1")

    assert "/account/two-factor?next=" in str(client.get(TEAM, status=302).response.location)
    with_app(owner)
    db.session.refresh(owner)
    page = client.sign_in(owner).get(TEAM)
    assert "Everybody on the team signs in by two steps" in page.text
    assert page.texts("//main//li//p/*[contains(@class, 'chip')]") == ["Owner", "Two steps"]


@pytest.mark.parametrize("role", [Role.HELPER, Role.VIEWER, Role.ORGANISER])
def test_who_helps_leaves_by_themselves_once_asked(
    client: PageClient, event: Event, role: Role
) -> None:
    hilla = make_user("Hilla", email=ADDRESS)
    add_organiser(event, hilla, role)
    db.session.commit()
    client.sign_in(hilla)
    start = "/e/kittila/organise/" if role != Role.ORGANISER else TEAM
    (link,) = client.get(start).find("//main//a[normalize-space()='Leave the team']/@href")
    assert client.get(str(link)).heading == "Leave the team?"
    assert ADDRESS in roles(event), "opening the page changes nothing"

    left = client.submit(str(link))

    assert left.response.location == "/"
    assert ADDRESS not in roles(event)
    client.get("/e/kittila/organise/", status=404)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject) == ("team: left", ADDRESS)
    assert entry.details == {"role": [role, None]}


def test_the_only_owner_stays_and_is_told_what_to_do(
    client: PageClient, event: Event, owner: User
) -> None:
    client.sign_in(owner)

    page = client.get(f"{TEAM}/leave")
    refused = client.submit(f"{TEAM}/leave", on=TEAM, status=403)

    assert page.heading == "You are the only owner"
    assert page.find("//main//form") == []
    assert "Make somebody else owner first" in refused.text
    assert roles(event) == {owner.email: "owner"}
