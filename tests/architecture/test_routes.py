"""Every route has exactly one guard, a typed address in kebab case, and refuses outsiders."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from matchmaker.events.phases import Phase
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import PageClient

GUARDS = {
    "anyone",
    "signed_in",
    "creates_events",
    "visitor",
    "registrant",
    "participant",
    "organiser",
    "secret_link",
}
PUBLIC_GUARDS = {"anyone", "visitor", "secret_link"}


def our_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def unguarded(app: Flask) -> list[str]:
    return [
        rule.endpoint
        for rule in our_rules(app)
        if getattr(app.view_functions[rule.endpoint], "guard", None) not in GUARDS
    ]


def test_every_route_has_a_guard(app: Flask) -> None:
    assert unguarded(app) == []


def test_a_route_without_a_guard_is_found() -> None:
    app = Flask("bare")
    app.add_url_rule("/open", "open", lambda: "open")

    assert unguarded(app) == ["open"]


def test_addresses_are_kebab_case(app: Flask) -> None:
    odd = [
        rule.rule
        for rule in our_rules(app)
        if re.search(r"[A-Z_ ]", re.sub(r"<[^>]+>", "", rule.rule))
    ]

    assert odd == []


def test_event_routes_name_the_event_and_guard_it(app: Flask) -> None:
    of_events = {"visitor", "registrant", "participant", "organiser"}

    wrong = [
        rule.rule
        for rule in our_rules(app)
        if rule.rule.startswith("/e/") and app.view_functions[rule.endpoint].guard not in of_events  # type: ignore[attr-defined]
    ]

    assert wrong == []


def test_organisers_pages_are_guarded_as_such(app: Flask) -> None:
    wrong = [
        rule.rule
        for rule in our_rules(app)
        if "/organise/" in rule.rule and app.view_functions[rule.endpoint].guard != "organiser"  # type: ignore[attr-defined]
    ]

    assert wrong == []


def address(rule: Rule, slug: str) -> str:
    """An address the rule matches, of the event `slug`."""
    values = {"slug": slug, "token": "x" * 20}
    return re.sub(
        r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>",
        lambda match: "1" if match[1] == "int" else values.get(match[2], "x"),
        rule.rule,
    )


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_strangers_see_no_guarded_page(app: Flask, client: PageClient, method: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        make_participant(make_event())

    open_to_strangers = [
        rule.rule
        for rule in our_rules(app)
        if method in (rule.methods or ())
        and app.view_functions[rule.endpoint].guard not in PUBLIC_GUARDS  # type: ignore[attr-defined]
        and not is_refusal(client, address(rule, "kittila"), method)
    ]

    app.config["WTF_CSRF_ENABLED"] = True
    assert open_to_strangers == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_participant_of_another_event_sees_nothing(
    app: Flask, client: PageClient, method: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        organiser = make_user("Olli Organiser")
        make_participant(make_event(phase=Phase.PUBLISHED), "Aino Niskala")
        other = make_event("kokkola", organiser=organiser)
        outsider = make_participant(other, "Ulla Ulkopuolinen")
        client.sign_in(outsider.user)

    leaks = []
    for rule in our_rules(app):
        guard = app.view_functions[rule.endpoint].guard  # type: ignore[attr-defined]
        if guard in {"participant", "organiser"} and method in (rule.methods or ()):
            path = address(rule, "kittila")
            response = client.http.open(path, method=method)
            if response.status_code != 404 or "Niskala" in response.get_data(as_text=True):
                leaks.append(f"{path} answered {response.status_code}")

    app.config["WTF_CSRF_ENABLED"] = True
    assert leaks == []


def is_refusal(client: PageClient, path: str, method: str) -> bool:
    response = client.http.open(path, method=method)
    to_sign_in = response.status_code == 302 and "/sign-in" in response.headers["Location"]
    return to_sign_in or response.status_code == 404
