"""What fingers do: choosing by typing, typing that is kept without a button, and swiping."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from matchmaker.extensions import db
from matchmaker.people.models import Mark
from matchmaker.registration.models_profile import Unsaved
from matchmaker.wishes.models import Wish
from tests.factories.events import (
    make_event,
    make_item,
    make_organisation,
    make_participant,
    make_user,
)
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
    with a_phone(browser, client) as page:
        page.goto(YOU)
        yield page


@contextmanager
def a_phone(browser: Browser, client: PageClient) -> Iterator[Page]:
    db.session.rollback()  # SQLite has one writer: the test may not be it
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, service_workers="block"
    )

    def answer(route: Route) -> None:
        asked = route.request
        address = urlsplit(asked.url)
        with client.http.open(
            f"{address.path}?{address.query}",
            method=asked.method,
            data=asked.post_data_buffer,
            follow_redirects=True,
            headers={k: v for k, v in asked.headers.items() if k in ("content-type", "accept")},
        ) as found:
            kind = found.headers.get("Content-Type", "text/plain")
            route.fulfill(status=found.status_code, body=found.data, content_type=kind)

    page = context.new_page()
    page.route("**/*", answer)
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


def test_a_swipe_to_the_right_is_want_to_the_left_skip_and_up_scrolls(
    browser: Browser, app: Flask
) -> None:
    event = make_event()
    sara = make_participant(event, "Sara")
    make_item(sara, "need", "Dry tailings treatment")
    for name in ("Aino", "Bertta", "Cecilia"):
        make_item(make_participant(event, name), "offer", "Dry tailings treatment")
    name = "[data-swipe] .person-name"

    with a_phone(browser, PageClient(app).sign_in(sara.user)) as page:
        page.goto(f"{HOST}/e/kittila/people/recommended")
        expect(page.locator(name)).to_have_text("Aino")
        swipe(page, across=160)
        expect(page.locator(name)).to_have_text("Bertta")
        swipe(page, across=-160)
        expect(page.locator(name)).to_have_text("Cecilia")
        swipe(page, across=100, along=-200)
        expect(page.locator(name)).to_have_text("Cecilia")

    people = {person.id: person.name for person in db.session.query(type(sara))}
    assert [(people[each.other_id], each.level) for each in db.session.query(Wish)] == [
        ("Aino", "want")
    ]
    assert [people[each.other_id] for each in db.session.query(Mark)] == ["Bertta"]


def swipe(page: Page, *, across: int, along: int = 0) -> None:
    """A finger put on the words of the card, drawn and lifted, as the device tells it."""
    box = page.locator("[data-swipe] .reason").first.bounding_box()
    assert box
    x, y = 180 - across / 2, box["y"] + 8
    finger = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": x + across, "y": y + along}]),
        ("touchEnd", []),
    ):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
