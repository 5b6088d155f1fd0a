"""Signing in by a passkey, in a browser with an authenticator of its own making."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from matchmaker.accounts.models import User
from matchmaker.accounts.queries_two_factor import passkeys_of
from matchmaker.accounts.services import issue_link
from matchmaker.extensions import db
from tests.factories.events import make_event, make_user
from tests.pages.visitor import Visitor

HOME = "/account/two-factor"

# The library that compresses answers leaves files it has read for the collector to close.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture
def url(app: Flask) -> Iterator[str]:
    """The site under a name: browsers bind no passkey to the bare number of an address."""
    config = app.extensions["matchmaker.config"]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    url = f"http://localhost:{server.port}"
    app.extensions["matchmaker.config"] = replace(config, base_url=url)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield url
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["matchmaker.config"] = config


@pytest.fixture
def visitor(url: str, browser: Browser, seen: set[int]) -> Iterator[Visitor]:
    visitor = Visitor(browser, url, 360, seen)
    yield visitor
    visitor.leave()


def give_device(visitor: Visitor) -> None:
    """A phone that holds keys and knows its owner's finger."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def kept_of(user_id: int) -> list[tuple[str, int]]:
    """Name and count of each passkey, read without keeping others from writing."""
    found = passkeys_of(db.session.get_one(User, user_id))
    kept = [(key.name, key.sign_count) for key in found]
    db.session.rollback()
    return kept


def test_a_passkey_is_made_and_signs_in_alone(
    app: Flask, context: object, visitor: Visitor
) -> None:
    olli = make_user("Olli Organiser", email="olli@niskala.example")
    event = make_event(organiser=olli)
    event.two_factor_required = True
    link = issue_link(olli, next_path="/e/kittila/organise/people")
    db.session.commit()
    olli_id = olli.id
    db.session.rollback()
    give_device(visitor)

    visitor.open(link)
    visitor.press("Continue")
    assert visitor.page.inner_text("h1") == "Set up a second step", "the event asks it of its team"
    visitor.page.get_by_label("A name for this passkey").fill("My phone")
    visitor.press("Make a passkey")
    assert visitor.page.inner_text("h1") == "Keep these recovery codes"
    visitor.page.get_by_role("link", name="I have kept them").click()
    assert visitor.page.url.endswith("/e/kittila/organise/people")

    visitor.open(HOME)
    assert "My phone" in visitor.page.inner_text("main")
    visitor.page.context.clear_cookies()
    visitor.open("/sign-in?next=/e/kittila/organise/people")
    visitor.press("Sign in with a passkey")
    assert visitor.page.url.endswith("/e/kittila/organise/people")

    assert kept_of(olli_id) == [("My phone", 2)]
    visitor.open(HOME)
    visitor.press("Remove")
    visitor.open("/account")
    visitor.press("Sign out")
    visitor.press("Sign in with a passkey")
    assert "This passkey is not known here" in visitor.page.inner_text("body")
    assert visitor.page.url.endswith("/sign-in")
