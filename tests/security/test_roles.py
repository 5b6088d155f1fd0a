"""Each role of an event's team gets exactly its pages; the others say so in a sentence."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from matchmaker.accounts.models import User
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.events.phases import Phase
from matchmaker.events.roles import Role
from matchmaker.extensions import db
from tests.architecture.test_routes import address, our_rules
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import PageClient

VIEWERS = {"insights.overview", "followup.figures", "team.ask_to_leave", "team.leave"}
HELPERS = VIEWERS | {
    *("registration.people", "roster.person"),
    *("grid.show", "grid.targets", "grid.move", "grid.call_off", "grid.step_back"),
    *("repair.show", "repair.happened", "repair.undo"),
}
OWNERS_ALONE = {
    *("team.ask_in", "team.take_back", "team.give_role", "team.remove"),
    *("team.give_ownership", "team.second_step"),
}
REFUSED = "Your role at this event is"


@pytest.fixture
def event(context: object) -> Event:
    event = make_event(phase=Phase.PUBLISHED, organiser=make_user("Olli Owner"))
    aino, marek = make_participant(event, "Aino Niskala"), make_participant(event, "Marek")
    make_run(event, (aino, marek, 0, 0))
    return event


@pytest.fixture
def without_tokens(app: Flask) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = False
    yield
    app.config["WTF_CSRF_ENABLED"] = True


def member(event: Event, role: Role) -> User:
    user = make_user("Hilla Helper")
    db.session.add(EventOrganiser(event_id=event.id, user_id=user.id, role=role))
    db.session.commit()
    return user


def path_of(rule: Rule) -> str:
    """An address the rule matches; of a choice of words the first."""
    return address(Rule(re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)), "kittila")


def endpoints_open_to(app: Flask, client: PageClient, tried: set[str] | None = None) -> set[str]:
    """Those of the organiser's pages that do not refuse the client's role; none leaks a name."""
    found, leaks = set(), []
    for rule in our_rules(app):
        if getattr(app.view_functions[rule.endpoint], "guard", "") != "organiser":
            continue
        if tried is not None and rule.endpoint not in tried:
            continue
        if rule.endpoint == "team.leave":
            found.add(rule.endpoint)  # tried on its own: who has left opens nothing any more
            continue
        for method in {"GET", "POST"} & (rule.methods or set()):
            response = client.http.open(path_of(rule), method=method)
            text = response.get_data(as_text=True)
            if response.status_code != 403 or REFUSED not in text:
                found.add(rule.endpoint)
            elif "Niskala" in text:
                leaks.append(rule.rule)
    assert leaks == []
    return found


def test_helpers_and_viewers_open_their_own_pages_alone(
    app: Flask, client: PageClient, event: Event, without_tokens: None
) -> None:
    """What helpers may not, viewers may not either: see the table of capabilities below."""
    client.sign_in(member(event, Role.HELPER))
    assert endpoints_open_to(app, client) == HELPERS

    client.sign_in(member(event, Role.VIEWER))
    assert endpoints_open_to(app, client, HELPERS) == VIEWERS


def test_only_owners_lead_the_team_and_who_manages_does_all_the_rest(app: Flask) -> None:
    capabilities = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "capability", "")
        for rule in our_rules(app)
        if getattr(app.view_functions[rule.endpoint], "guard", "") == "organiser"
    }

    assert {name for name, what in capabilities.items() if what == "lead"} == OWNERS_ALONE
    assert {name for name, what in capabilities.items() if what == "figures"} == VIEWERS
    assert {name for name, what in capabilities.items() if what == "desk"} == HELPERS - VIEWERS


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (Role.ORGANISER, ["Overview", "People", "Scheduling", "Health", "Mailings", "Settings"]),
        (Role.HELPER, ["Overview", "People", "Grid", "Repair"]),
        (Role.VIEWER, ["Overview"]),
    ],
)
def test_the_navigation_shows_what_one_may_open(
    client: PageClient, event: Event, role: Role, places: list[str]
) -> None:
    page = client.sign_in(member(event, role)).get("/e/kittila/organise/")

    assert page.texts("//header//nav//a") == places
    linked = {str(link) for link in page.find("//main//a/@href") if "/organise/" in str(link)}
    leaving = {"/e/kittila/organise/team/leave"}
    assert (linked == leaving) == (role in (Role.HELPER, Role.VIEWER))


def test_a_helper_finds_no_button_that_would_refuse_them(client: PageClient, event: Event) -> None:
    client.sign_in(member(event, Role.HELPER))

    for path in ("people", "people/1", "grid", "repair"):
        page = client.get(f"/e/kittila/organise/{path}")
        links = {str(link) for link in page.find("//main//a/@href | //main//form/@action")}
        for link in {link.partition("?")[0] for link in links if "/organise/" in link}:
            answer = client.http.get(link)
            assert REFUSED not in answer.get_data(as_text=True), f"{path} leads to {link}"


def test_a_viewer_sees_numbers_and_no_name(client: PageClient, event: Event) -> None:
    page = client.sign_in(member(event, Role.VIEWER)).get("/e/kittila/organise/")

    assert page.heading == "The event in figures"
    assert page.texts("//main//dt")[0] == "People taking part"
    assert "Niskala" not in page.text
    refused = client.get("/e/kittila/organise/people", status=403)
    assert "Your role at this event is: Viewer." in refused.text
