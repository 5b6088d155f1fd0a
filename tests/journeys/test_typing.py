"""Choosing by typing with the keyboard alone, and what is typed kept without a button."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from matchmaker.extensions import db
from matchmaker.registration.models_profile import Unsaved
from tests.factories.events import make_event, make_organisation, make_user
from tests.pages.client import PageClient

pytestmark = pytest.mark.usefixtures("context")

HOST = "http://matchmaker.example"
YOU = f"{HOST}/e/kittila/register/you"


@pytest.fixture
def page(browser: Browser, app: Flask) -> Iterator[Page]:
    """A phone whose requests the application answers; somebody is about to register."""
    make_event()
    for name in ("Arctic Industry Cluster", "Arctic Water"):
        make_organisation(name, kind="cluster")
    client = PageClient(app).sign_in(make_user())
    db.session.rollback()  # SQLite has one writer: the test may not be it
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")

    def answer(route: Route) -> None:
        asked = route.request
        address = urlsplit(asked.url)
        with client.http.open(
            f"{address.path}?{address.query}",
            method=asked.method,
            data=asked.post_data_buffer,
            headers={k: v for k, v in asked.headers.items() if k in ("content-type", "accept")},
        ) as found:
            kind = found.headers.get("Content-Type", "text/plain")
            route.fulfill(status=found.status_code, body=found.data, content_type=kind)

    page = context.new_page()
    page.route("**/*", answer)
    page.goto(YOU)
    yield page
    page.unroute_all(behavior="wait")
    context.close()


def test_typing_finds_and_keeps_by_keyboard_alone(page: Page) -> None:
    organisation = page.get_by_role("combobox", name="Organisation", exact=True)
    organisation.press_sequentially("Artic")
    expect(organisation).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    active = organisation.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(organisation).to_have_attribute("aria-expanded", "false")
    organisation.press_sequentially(" Indus")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(organisation).to_have_value("Arctic Industry Cluster")

    page.locator("details.panel summary").first.click()
    page.get_by_role("combobox", name="Region").press_sequentially("lappl")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Region")).to_have_value("Lapland · FI1D7")
    expect(page.get_by_role("combobox", name="Country")).to_have_value("Finland")
    page.get_by_role("combobox", name="Country").fill("Saksa")
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Country")).to_have_value("Germany")
    expect(page.get_by_role("combobox", name="Region")).to_have_value("")

    expect(page.get_by_role("status").filter(has_text="What you typed is kept")).to_be_visible()
    kept = db.session.query(Unsaved).one().typed
    assert (kept["organisation"], kept["country"], kept["region"]) == (
        ["Arctic Industry Cluster"],
        ["DE"],
        [""],
    )
