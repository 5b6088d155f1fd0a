"""The agenda on the phone reads without a network, says so, and is gone once one signs out."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from werkzeug.serving import BaseWSGIServer, make_server

from matchmaker.agenda.services import publish_run
from matchmaker.clock import stopped_at
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from tests.factories.events import FIRST_SLOT, make_event, make_participant
from tests.factories.runs import make_run
from tests.pages.client import PageClient

AGENDA = "/e/kittila/agenda"
ANY_KEPT = "caches.has('agenda')"
COLOUR = "element => getComputedStyle(element).backgroundColor"
# The compression reads static files to their end and leaves closing them to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
KEPT = "async path => (await caches.match(path))?.status === 200"


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
        page.wait_for_function(KEPT, arg=path)


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
        code = page.locator(".card-code").evaluate("image => image.decode().then(() => 1)")
        expect(note).to_be_visible()

        network.mend()
        publish(people, slot=3)
        page.goto(network.url + AGENDA)
        expect(note).to_be_hidden()
        page.wait_for_function(
            "async path => (await (await caches.match(path)).text()).includes('14:00')", arg=AGENDA
        )
        network.cut()
        page.goto(network.url + AGENDA)
        moved = page.locator(".moment--meeting .moment-time")

        expect(moved).to_contain_text("14:00")
        expect(moved.locator(".moment-also")).to_have_text("12:00")
        expect(page.locator("[data-viewer-zone]")).to_have_text(
            "The second time of each entry is yours, in Lisbon."
        )
    assert styled != "rgba(0, 0, 0, 0)"
    assert code == 1


def test_nothing_is_left_of_it_for_the_next_person_on_the_same_phone(
    browser: Browser, network: Network, people: list[Participant]
) -> None:
    with phone_of(browser, network, people[0]) as phone:
        page = phone.new_page()
        open_and_keep(page, network)

        page.get_by_role("button", name="Sign out").click()
        page.wait_for_function(f"{ANY_KEPT}.then(kept => !kept)")
        network.cut()
        with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
            page.goto(network.url + AGENDA)
