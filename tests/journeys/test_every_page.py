"""Every page there is, full, empty and with errors, narrow and enlarged; new routes are tried too.

The browser asks the application itself, without a server between them.
"""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route
from sqlalchemy import select
from werkzeug.test import TestResponse

from matchmaker.accounts.models import User
from matchmaker.agenda.services import publish_run
from matchmaker.agenda.services_disruptions import Happening, tell
from matchmaker.agenda.services_draft import put
from matchmaker.clock import stopped_at
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.mailings.occasions import Occasion
from matchmaker.mailings.services import start_mailing
from matchmaker.registration.models import Participant
from matchmaker.registration.services_privacy import save_own_words
from matchmaker.wishes.models import Request
from tests.accounts.visits import mailed_link
from tests.architecture.test_routes import our_rules
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_item,
    make_participant,
    make_session,
    make_user,
    make_wish,
)
from tests.factories.runs import make_run
from tests.journeys.states import (
    ACTED,
    ORGANISE,
    SAARA,
    SETUP,
    changes_shown,
    further_pages,
    make_states,
)
from tests.pages.client import PageClient
from tests.pages.visitor import AXE
from tests.security.test_nothing_leaks import addresses

HOST = "http://site.test"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikation"
TAGS = re.compile(r'<(\w+)(?:[^>]* class="([^"]*)")?')
# Contrast is computed from the tokens for every pair of colours, and looked at on both ways.
RULES = "{resultTypes: ['violations'], rules: {'color-contrast': {enabled: false}}}"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MOVES = """[...document.querySelectorAll('body *')].some(element =>
    getComputedStyle(element).transitionDuration.split(', ').some(each => parseFloat(each) > 0.01))
    || document.getAnimations().length > 0"""
UNBOUNDED = """[...document.querySelectorAll('main .button:not(.button--link), main .field-input')]
    .filter(element => getComputedStyle(element).borderTopStyle === 'none')
    .map(element => element.outerHTML)"""


class Kept(NamedTuple):
    body: bytes
    kind: str


class Window:
    """A narrow window whose pages and files come from the application, each fetched once."""

    def __init__(self, browser: Browser, app: Flask) -> None:
        self.app, self.client, self.kept = app, PageClient(app), dict[str, Kept]()
        self.page: Page = browser.new_context(
            viewport={"width": 320, "height": 700},
            reduced_motion="reduce",
            forced_colors="active",
            service_workers="block",
        ).new_page()
        self.page.route("**/*", self._answer)
        self.seen: set[str] = set()
        self.wrong: list[str] = []

    def look(self, path: str, html: bytes) -> None:
        """Note what is wrong with a page; one made like another is looked at once."""
        make = str(TAGS.findall(html.decode()))
        if make in self.seen:
            return
        self.seen.add(make)
        self.kept[path] = Kept(html, "text/html; charset=utf-8")
        self.page.goto(f"{HOST}{path}")
        self.wrong += [f"{path} {finding}" for finding in self._findings()]

    def _findings(self) -> Iterator[str]:
        if self.page.evaluate(SIDEWAYS) > 0:
            yield "scrolls sideways at 320 px"
        if self.page.evaluate(MOVES):
            yield "moves for somebody who wants no motion"
        for element in self.page.evaluate(UNBOUNDED):
            yield f"has no border in forced colours: {element}"
        self.page.evaluate(AXE.read_text())
        for finding in self.page.evaluate(f"axe.run(document, {RULES})")["violations"]:
            yield f"{finding['id']} at {finding['nodes'][0]['target']}"
        self.page.set_viewport_size({"width": 640, "height": 700})
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")
        if self.page.evaluate(SIDEWAYS) > 0:
            yield "scrolls sideways at twice the size"
        self.page.set_viewport_size({"width": 320, "height": 700})

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path not in self.kept:
            with self.client.http.get(path) as response:
                self.kept[path] = Kept(response.data, response.headers["Content-Type"])
        route.fulfill(body=self.kept[path].body, content_type=self.kept[path].kind)

    def look_at_all(self, slug: str, number: int) -> None:
        """Every address that answers with a page to whoever is signed in."""
        for path in addresses(self.app, (slug,), (number,)):
            with self.client.http.get(path) as response:
                if response.status_code < 300 and b"<main" in response.data:
                    self.look(path, response.data)

    def look_at_states(self, event: Event) -> None:
        """What stands between two addresses; the last change of the set-up can be undone."""
        token = self.client.token("/account")
        new_type = {"csrf_token": token, "name": "Start-up", "seen": "0"}
        self.client.http.post(f"{SETUP}/types/new", data=new_type)
        for path in further_pages(event):
            self._look_at_answer(path, self.client.http.get(path))
        for path, sent in changes_shown(event):
            answer = self.client.http.post(path, data={"csrf_token": token, **sent})
            self._look_at_answer(path, answer)

    def _look_at_answer(self, path: str, answer: TestResponse) -> None:
        """A page, whatever it says; nothing else is an answer here."""
        if answer.status_code not in (200, 409, 422):
            self.wrong.append(f"{path} answers {answer.status_code}")
        self.look(path, answer.data)

    def look_at_acting_for(self, participant_id: int) -> None:
        there = f"/e/kittila/organise/people/{participant_id}"
        self.client.submit(f"{there}/act-for", on=there)
        for page in ACTED:
            path = f"/e/kittila/{page}"
            self._look_at_answer(path, self.client.http.get(path))

    def look_at_two_steps(self, saara: User) -> None:
        """Who is not an owner sees the team; an app and a passkey are there; the second step."""
        self.client.sign_in(saara)
        pages = ["/account/two-factor", "/account/two-factor/confirm", f"{ORGANISE}/team"]
        for path in pages:
            self._look_at_answer(path, self.client.http.get(path))
        self.client.submit("/sign-out", on="/account")
        self.client.submit(mailed_link(saara))
        step = "/sign-in/second-step"
        self._look_at_answer(step, self.client.http.get(step))

    def look_at_refused_forms(self, slug: str) -> None:
        """What comes back where a form is sent empty."""
        token = self.client.token("/account")
        for rule in our_rules(self.app):
            if "POST" not in (rule.methods or ()) or "<" in rule.rule.replace("<slug>", ""):
                continue
            path = rule.rule.replace("<slug>", slug)
            response = self.client.http.post(path, data={"csrf_token": token})
            if response.status_code == 422 and b"<main" in response.data:
                self.look(path, response.data)


@pytest.fixture
def window(browser: Browser, app: Flask) -> Iterator[Window]:
    window = Window(browser, app)
    yield window
    window.page.context.close()


@pytest.fixture
def olli(context: object) -> Iterator[User]:
    """Organises a full event in which he takes part, and an empty one."""
    olli = make_user("Olli Organiser", creates_events=True)
    event = make_event(organiser=olli)
    me = make_participant(event, f"Olli {LONG}", user=olli)
    others = [make_participant(event, f"{name} {LONG}") for name in ("Aino", "Marek", "Claire")]
    for person in (me, *others):
        make_item(person, "offer", LONG, text=f"{LONG} {LONG}")
        make_item(person, "need", f"Need of {LONG}")
        save_own_words(person, job_title=LONG, phone="", link="", about=LONG)
    make_wish(me, others[0], "must")
    make_session(event, LONG, FIRST_SLOT - timedelta(hours=3), FIRST_SLOT - timedelta(hours=2))
    for other in others[:2]:
        db.session.add(Request(event_id=event.id, asker_id=other.id, answerer_id=me.id, note=LONG))
    empty = make_event("kokkola", organiser=olli, slots=1, points=0)
    make_participant(empty, "Olli", user=olli)
    with stopped_at(FIRST_SLOT - timedelta(hours=1)):
        publish_run(event, make_run(event, (me, others[0], 0, 0), (me, others[1], 1, 0)), None)
        the_organiser_is_at_work(event, olli, me, others)
    with stopped_at(FIRST_SLOT):
        make_states(event, empty, olli, LONG)
        db.session.commit()
        yield olli


def the_organiser_is_at_work(
    event: Event, olli: User, me: Participant, others: list[Participant]
) -> None:
    """Mailings, a second run, a draft on the grid and something to repair."""
    for occasion in (Occasion.PRACTICAL, Occasion.REMIND_WISHES):
        start_mailing(event, olli, occasion)
    make_run(event, (me, others[0], 1, 1), (others[1], others[2], 2, 0))
    tell(event, olli, Happening("gone", others[1], None, None, None))
    pair = min(me.id, others[0].id), max(me.id, others[0].id)
    another = make_user("Oona Organiser")
    put(event, another, pair, (event.slots[3].id, event.points[1].id), revision=0)


@pytest.mark.skipif(
    not os.environ.get("MATCHMAKER_EVERY_PAGE"),
    reason="Set MATCHMAKER_EVERY_PAGE to look at every page: half a minute, before a release.",
)
def test_every_page_fits_and_is_accessible(window: Window, olli: User) -> None:
    window.look_at_all("kittila", 1)
    window.client.sign_in(olli)
    window.look_at_all("kittila", 2)
    window.look_at_all("kokkola", 9)
    assert len(window.seen) > len(our_rules(window.app)) / 3
    window.look_at_states(db.session.scalars(select(Event).filter_by(slug="kittila")).one())
    window.look_at_acting_for(2)
    window.look_at_two_steps(db.session.scalars(select(User).filter_by(email=SAARA)).one())
    window.client.sign_in(olli)
    window.look_at_refused_forms("kittila")

    assert not window.wrong, "\n".join(window.wrong)
