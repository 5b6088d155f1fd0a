"""The agenda on the phone reads without a network and is gone once one signs out; and on paper."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from werkzeug.serving import BaseWSGIServer, make_server

from matchmaker.agenda.services import publish_run
from matchmaker.clock import stopped_at
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_item,
    make_participant,
    make_session,
)
from tests.factories.runs import make_run
from tests.pages.client import PageClient

AGENDA = "/e/kittila/agenda"
GONE = "async () => !(await caches.has('agenda'))"
POINT = 96 / 72
SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"
DRAWN = "document.querySelector('.card-code')?.naturalWidth > 0"
COLOUR = "element => getComputedStyle(element).backgroundColor"
# The compression reads static files to their end and leaves closing them to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
KEPT = "async path => (await caches.match(path))?.status === 200"
MOVED = "async path => (await (await caches.match(path)).text()).includes('14:00')"
WITHIN = 10


class Network:
    """A site in this process whose network can be cut and mended."""

    def __init__(self, app: Flask) -> None:
        self.app, self.port = app, 0
        self.server: BaseWSGIServer | None = None
        self.mend()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def mend(self) -> None:
        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def cut(self) -> None:
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


@pytest.fixture
def network(app: Flask) -> Iterator[Network]:
    network = Network(app)
    yield network
    network.cut()


@pytest.fixture
def people(context: object) -> list[Participant]:
    """Aino meets Marek; the one who comes after her on the same phone is Carla."""
    event = make_event()
    people = [make_participant(event, name) for name in ("Aino Niskala", "Marek", "Carla Rossi")]
    publish(people, slot=1)
    return people


def publish(people: list[Participant], slot: int) -> None:
    aino, marek, _carla = people
    publish_run(aino.event, make_run(aino.event, (aino, marek, slot, 0)), None)
    db.session.commit()


@contextmanager
def phone_of(browser: Browser, network: Network, person: Participant) -> Iterator[BrowserContext]:
    """A phone on which the person is signed in."""
    client = PageClient(network.app).sign_in(person.user)
    cookie = client.http.get_cookie("matchmaker")
    assert cookie is not None
    phone = browser.new_context(viewport={"width": 360, "height": 740}, timezone_id="Europe/Lisbon")
    phone.add_cookies([{"name": "matchmaker", "value": cookie.value, "url": network.url}])
    yield phone
    phone.close()


def open_and_keep(page: Page, network: Network) -> None:
    page.goto(network.url + AGENDA)
    for path in (AGENDA, f"{AGENDA}/card", f"{AGENDA}/card.svg"):
        wait_until(page, KEPT, path)


def wait_until(page: Page, answers: str, path: str = "") -> None:
    """Ask again until the promise holds: `wait_for_function` takes any promise for a yes."""
    deadline = monotonic() + WITHIN
    while not page.evaluate(answers, path):
        assert monotonic() < deadline, f"Not within {WITHIN} seconds for {path!r}: {answers}"
        page.wait_for_timeout(50)


def test_an_agenda_once_opened_reads_without_a_network_and_says_of_when_it_is(
    browser: Browser, network: Network, people: list[Participant]
) -> None:
    with phone_of(browser, network, people[0]) as phone:
        page = phone.new_page()
        with stopped_at(FIRST_SLOT - timedelta(hours=2)):
            open_and_keep(page, network)
        note = page.locator("[data-when-kept]")
        expect(note).to_be_hidden()

        network.cut()
        page.goto(network.url + AGENDA)
        expect(note).to_have_text(
            "No network: this is your agenda as it was on Wednesday 28 April, 11:00."
        )
        expect(page.get_by_role("heading", name="Meeting: Marek")).to_be_visible()
        styled = page.locator(".page-head--deep").evaluate(
            "e => getComputedStyle(e).backgroundColor"
        )
        page.get_by_role("link", name="Show my code").click()
        page.wait_for_function(DRAWN)
        expect(note).to_be_visible()

        network.mend()
        publish(people, slot=3)
        page.goto(network.url + AGENDA)
        expect(note).to_be_hidden()
        wait_until(page, MOVED, AGENDA)
        network.cut()
        page.goto(network.url + AGENDA)
        moved = page.locator(".moment--meeting .moment-time")

        expect(moved).to_contain_text("14:00")
        expect(moved.locator(".moment-also")).to_have_text("12:00")
        expect(page.locator("[data-viewer-zone]")).to_have_text(
            "The second time of each entry is yours, in Lisbon."
        )
    assert styled != "rgba(0, 0, 0, 0)"


def test_nothing_is_left_of_it_for_the_next_person_on_the_same_phone(
    browser: Browser, network: Network, people: list[Participant]
) -> None:
    with phone_of(browser, network, people[0]) as phone:
        page = phone.new_page()
        open_and_keep(page, network)

        page.get_by_role("button", name="Sign out").click()
        wait_until(page, GONE)
        network.cut()
        with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
            page.goto(network.url + AGENDA)


def test_three_days_and_ten_meetings_print_on_one_sheet(
    browser: Browser, network: Network, context: object
) -> None:
    event = make_event(slots=12)
    aino = make_participant(event, "Aino Niskala")
    others = [make_participant(event, f"Somebody {n} of a Long Name") for n in range(10)]
    for other in others:
        make_item(other, "offer", "Dry tailings treatment for small mines in the north")
        make_item(other, "need", "A partner to reprocess an old tailings pond, with its water")
    for number in range(20):
        start = FIRST_SLOT + timedelta(days=number % 3 - 1, hours=4 + number // 3)
        title = f"Round table {number}: what the clusters of the north do together"
        make_session(event, title, start, start + timedelta(minutes=45), room="Main hall")
    places = [(aino, other, slot, 0) for slot, other in enumerate(others)]
    publish_run(event, make_run(event, *places), None)
    db.session.commit()

    with phone_of(browser, network, aino) as phone:
        page = phone.new_page()
        page.goto(network.url + AGENDA)
        sheets = re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4"))
        page.emulate_media(media="print")
        size = page.locator(".moment-why summary").first.evaluate(SIZE)

    assert len(sheets) == 1
    assert size >= 8 * POINT
