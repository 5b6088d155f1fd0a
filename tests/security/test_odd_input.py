"""Every route answers every odd request with a page of ours: no value makes the server fail."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.routing import Rule

from matchmaker.extensions import db
from matchmaker.wishes.models import Request
from tests.factories.events import make_event, make_item, make_participant, make_user, make_wish
from tests.factories.questions import make_question
from tests.factories.runs import make_run
from tests.pages.client import Page, PageClient

METHODS = ("OPTIONS", "ODD")
NUMBERS = ("0", "2147483648", "9" * 30)
WORDS = ("a%00b", "%ED%A0%80", "%0D%0Ax", "x" * 3000)
ARGUMENTS = ("q", "page", "next", "status", "type", "more", "organisation", "back", "topic", "kind")
ARGUMENT_VALUES = ("%00", "9" * 25, "%ED%A0%80")
TYPED = ("🦌\0\u202e" + "\ufdfa" * 160, "9" * 25, "x" * 20_000)
FORMS = (
    "/account",
    "/account/password",
    "/account/two-factor/app",
    "/e/kittila/register/you",
    "/e/kittila/register/offers-and-needs",
    "/e/kittila/register/availability",
    "/e/kittila/people/2",
    "/e/kittila/organise/people",
    "/e/kittila/organise/scheduling",
    "/e/kittila/organise/settings",
    "/e/kittila/organise/team",
    "/e/kittila/organise/texts",
    "/e/kittila/organise/look",
    "/e/kittila/organise/questions/1",
    "/events/import",
)
# PostgreSQL is strict about text and lengths; only a number can be too large for SQLite's driver.
ODD_FOR = {"sqlite": (NUMBERS[-1],), "postgresql": (*NUMBERS, *WORDS)}
TYPED_INTO = [("sqlite", TYPED[1]), *(("postgresql", typed) for typed in TYPED)]
# Whoever withdraws takes no further part, and whoever signs out is nobody.
LAST = ("accounts.sign_out", "registration.confirm_withdrawal")


@pytest.fixture
def client(app: Flask, context: object) -> Iterator[PageClient]:
    """Signed in as an organiser who takes part, so that every page opens; no form asks a token."""
    organiser = make_user("Olli Organiser", creates_events=True)
    event = make_event(organiser=organiser)
    aino = make_participant(event, "Aino", user=organiser)
    marek = make_participant(event, "Marek")
    make_item(aino, "offer", "Ore sorting")
    make_wish(marek, aino, "must")
    db.session.add(Request(event_id=event.id, asker_id=marek.id, answerer_id=aino.id))
    make_run(event, (aino, marek, 0, 0))
    make_question(event, "How many?", "number")
    app.config["WTF_CSRF_ENABLED"] = False
    yield PageClient(app).sign_in(organiser)
    app.config["WTF_CSRF_ENABLED"] = True


def rules(app: Flask) -> list[Rule]:
    found = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in LAST]
    return found + [rule for rule in app.url_map.iter_rules() if rule.endpoint in LAST]


def address(rule: Rule, odd: str = "", at: int = -1) -> str:
    """An address of the rule; the value at the place `at` is the odd one."""
    places = re.findall(r"<(?:\w+(?:\([^)]*\))?:)?\w+>", rule.rule)
    path = rule.rule
    for number, place in enumerate(places):
        plain = "kittila" if "slug" in place else "1" if "int:" in place else "offer"
        path = path.replace(place, odd if number == at else plain, 1)
    return path


def odd_addresses(rule: Rule, odd_ones: tuple[str, ...], turn: int) -> list[str]:
    """One guard reads the events' names on all routes, so each route gets but one odd name."""
    places = re.findall(r"<([^>]+)>", rule.rule)
    return [
        address(rule, odd, at)
        for at, place in enumerate(places)
        for odd in ([WORDS[turn % len(WORDS)]] if place == "slug" else odd_ones)
        if (odd in NUMBERS) == ("int:" in place)
    ]


def failures(client: PageClient, method: str, paths: list[str]) -> list[str]:
    return [path[:90] for path in paths if status(client, method, path) >= 500]


def status(client: PageClient, method: str, path: str) -> int:
    with client.http.open(path, method=method) as response:
        return response.status_code


@pytest.mark.both_databases
def test_odd_addresses(app: Flask, client: PageClient) -> None:
    odd_ones = ODD_FOR[db.engine.dialect.name]

    failed = [
        failure
        for turn, rule in enumerate(rules(app))
        for method in ("GET", "POST")
        if method in (rule.methods or ())
        for failure in failures(client, method, odd_addresses(rule, odd_ones, turn))
    ]

    assert failed == []


@pytest.mark.parametrize(
    ("app", "method", "values"),
    [("sqlite", "HEAD", ARGUMENT_VALUES[1:2]), ("postgresql", "GET", ARGUMENT_VALUES)],
    indirect=["app"],
    ids=["sqlite", "postgresql"],
)
def test_odd_arguments(
    app: Flask, client: PageClient, method: str, values: tuple[str, ...]
) -> None:
    queries = ["&".join(f"{name}={value}" for name in ARGUMENTS) for value in values]

    failed = [
        failure
        for rule in rules(app)
        if "GET" in (rule.methods or ())
        for failure in failures(client, method, [f"{address(rule)}?{query}" for query in queries])
    ]

    assert failed == []


def test_odd_methods(app: Flask, client: PageClient) -> None:
    failed = [
        failure
        for rule in rules(app)
        for method in METHODS
        for failure in failures(client, method, [address(rule)])
    ]

    assert failed == []


@pytest.mark.parametrize(
    ("app", "typed"), TYPED_INTO, indirect=["app"], ids=lambda text: quote(text[:10])
)
def test_odd_words_in_every_field(client: PageClient, typed: str) -> None:
    every_field = {
        (form["action"], name): form["fields"]
        for path in FORMS
        for form in forms_on(client, path)
        for name in form["fields"]
    }

    failed = [
        f"{action}: {name}"
        for (action, name), fields in every_field.items()
        if client.http.post(action, data={**fields, name: typed}).status_code >= 500
    ]

    assert failed == []


def forms_on(client: PageClient, path: str) -> list[dict[str, Any]]:
    """The forms of a page that change something, each with its fields as the page fills them."""
    page = Page(client.http.get(path))
    assert page.status == 200, f"{path} has no form to send"
    return [
        {
            "action": form.get("action") or path,
            "fields": {field.get("name"): field.get("value") or "" for field in fields_of(form)},
        }
        for form in page.find("//form[@method='post']")
    ]


def fields_of(form: Any) -> list[Any]:
    fields = form.xpath(".//*[self::input or self::select or self::textarea or self::button]")
    return [field for field in fields if field.get("name") not in (None, "csrf_token")]
