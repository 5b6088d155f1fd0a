"""A "no" is never visible to its target: in no page, count, header, redirect, mail or query.

Each case plays the same story twice, once where Marek says nothing and once where he says "no" of
Aino, and compares everything Aino gets to see.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from matchmaker import clock
from matchmaker.agenda.services import publish_run
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import Request, RequestState
from matchmaker.wishes.queries import find_between
from matchmaker.wishes.services import clear_wish, send_request, set_wish
from matchmaker.wishes.services_answers import accept_request
from matchmaker.wishes.services_expiry import remind_and_expire
from tests.conftest import empty_database
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_item,
    make_organisation,
    make_participant,
    make_user,
    make_wish,
)
from tests.factories.runs import make_run
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

TOKEN = re.compile(rb'(name="csrf_token" value="|"X-CSRFToken": ")[^"]+')
LINK = re.compile(r"/r/\S+")  # signed with the time of day
UNSTEADY = {"Set-Cookie", "Date"}

Seen = list[tuple[int, list[tuple[str, str]], bytes, int]]
Story = Callable[["Scene"], None]


class Scene:
    """Aino, who looks, and Marek, who may say "no"; the ids are the same in each."""

    def __init__(self, app: Flask, *, refuses: bool) -> None:
        self.app, self.refuses = app, refuses
        self.event = make_event(phase=Phase.WISHES)
        self.aino = self.person("Aino Niskala", "aino@example.org")
        self.marek = self.person("Marek Zieliński", "marek@example.org")
        self.claire = self.person("Claire Vidal", "claire@example.org")
        make_item(self.aino, "need", "Dry tailings treatment")
        make_item(self.marek, "offer", "Dry tailings treatment")
        self.client = PageClient(app).sign_in(self.aino.user)
        self.token = self.client.token(f"/e/{self.event.slug}/people")
        self.seen: Seen = []

    def person(self, name: str, address: str) -> Participant:
        person = make_participant(
            self.event,
            name,
            user=make_user(name, email=address),
            organisation=make_organisation(f"{name} Oy"),
        )
        person.ref = name.split()[-1]
        db.session.commit()
        return person

    def marek_may_refuse(self) -> None:
        if self.refuses:
            make_wish(self.marek, self.aino, "no")

    def request(self, asker: Participant, answerer: Participant, state: RequestState) -> None:
        """As if it had been sent, and answered, before the story begins."""
        row = Request(
            event_id=self.event.id, asker_id=asker.id, answerer_id=answerer.id, state=state
        )
        db.session.add(row)
        db.session.commit()

    def look_everywhere(self) -> None:
        people = f"/e/{self.event.slug}/people"
        for path in (
            people,
            f"{people}?q=zielinski",
            f"{people}?type=SME&kind=offer",
            f"{people}/{self.marek.id}",
            f"/e/{self.event.slug}/requests",
        ):
            self._remember(path)

    def look(self, path: str) -> None:
        self._remember(path)

    def look_at_the_request(self) -> None:
        self._remember(self.request_path("").rstrip("/"))

    def press(self, path: str, **values: str) -> None:
        """Send a form as a page would, and once more as htmx would."""
        for headers in ({}, {"HX-Request": "true"}):
            self._remember(path, data={"csrf_token": self.token, **values}, headers=headers)

    def marek_path(self, verb: str) -> str:
        return f"/e/{self.event.slug}/people/{self.marek.id}/{verb}"

    def request_path(self, verb: str) -> str:
        asked = db.session.query(Request.id).filter_by(asker_id=self.aino.id).scalar()
        return f"/e/{self.event.slug}/requests/{asked}/{verb}"

    def _remember(self, path: str, *, data=None, headers=None) -> None:
        db.session.rollback()
        db.session.expire_all()
        with counted_queries() as statements:
            response = self.client.http.open(
                path, method="POST" if data else "GET", data=data, headers=headers
            )
        body = TOKEN.sub(rb"\1", response.data)
        kept = [(name, value) for name, value in response.headers if name not in UNSTEADY]
        kept = [(name, value) for name, value in kept if name != "Content-Length"]
        self.seen.append((response.status_code, kept, body, len(statements)))


@pytest.fixture
def steady() -> Iterator[None]:
    with clock.stopped_at(FIRST_SLOT):
        yield


def only_look(scene: Scene) -> None:
    scene.marek_may_refuse()
    scene.look_everywhere()


def wish(scene: Scene) -> None:
    scene.marek_may_refuse()
    scene.press(scene.marek_path("wish"), level="must")
    scene.look_everywhere()
    scene.press(scene.marek_path("wish"), level="")
    scene.look_everywhere()


def ask(scene: Scene) -> None:
    scene.marek_may_refuse()
    scene.press(scene.marek_path("request"), note="About tailings")
    scene.look_everywhere()


def ask_and_withdraw(scene: Scene) -> None:
    ask(scene)
    scene.press(scene.request_path("withdraw"))
    scene.look_everywhere()
    scene.press(scene.marek_path("request"), note="Again")
    scene.look_everywhere()


def refused_while_it_waits(scene: Scene) -> None:
    scene.press(scene.marek_path("request"), note="About tailings")
    scene.marek_may_refuse()
    scene.look_everywhere()


def refused_after_accepting(scene: Scene) -> None:
    scene.request(scene.aino, scene.marek, RequestState.ACCEPTED)
    scene.marek_may_refuse()
    scene.look_everywhere()


def refused_after_declining(scene: Scene) -> None:
    scene.request(scene.aino, scene.marek, RequestState.DECLINED)
    scene.marek_may_refuse()
    scene.look_everywhere()
    scene.press(scene.marek_path("request"), note="Please")


def refused_after_being_accepted(scene: Scene) -> None:
    scene.request(scene.marek, scene.aino, RequestState.ACCEPTED)
    scene.marek_may_refuse()
    scene.look_everywhere()


def at_the_limit(scene: Scene) -> None:
    for n in range(9):
        other = scene.person(f"Person {n}", f"person{n}@example.org")
        scene.request(scene.aino, other, RequestState.PENDING)
    scene.marek_may_refuse()
    scene.press(scene.marek_path("request"), note="The tenth")
    scene.press(f"/e/{scene.event.slug}/people/{scene.claire.id}/request", note="One too many")
    scene.look_everywhere()


def ask_about_something_and_change_it(scene: Scene) -> None:
    scene.marek_may_refuse()
    about = str(db.session.query(Item.id).filter_by(kind="offer").scalar())
    scene.press(scene.marek_path("request"), note="About tailings", about=about)
    scene.look_at_the_request()
    scene.press(scene.request_path("edit"), note="About dry tailings", about="")
    scene.look_at_the_request()


def wait_until_it_expires(scene: Scene) -> None:
    scene.marek_may_refuse()
    scene.press(scene.marek_path("request"), note="About tailings")
    for days in (6, 7):
        with clock.stopped_at(FIRST_SLOT + timedelta(days=days)):
            remind_and_expire()
            scene.look_at_the_request()
            scene.look_everywhere()
    scene.press(scene.marek_path("request"), note="Again")
    scene.look_at_the_request()


def where_meetings_are_placed_at_once(scene: Scene) -> None:
    scene.event.placement = "at once"
    db.session.commit()
    ask(scene)
    scene.look_at_the_request()


def refused_after_being_placed(scene: Scene) -> None:
    scene.event.placement = "at once"
    with clock.stopped_at(FIRST_SLOT - timedelta(days=1)), force_locale("en"):
        request = send_request(scene.aino, scene.marek)
        accept_request(scene.marek, find_between(scene.marek, request.id))
        if scene.refuses:
            set_wish(scene.marek, scene.aino, "no")
        else:
            clear_wish(scene.marek, scene.aino)
    db.session.commit()
    scene.look_at_the_request()
    scene.look_everywhere()


def after_publishing(scene: Scene) -> None:
    scene.event.phase = Phase.PUBLISHED
    db.session.commit()
    ask(scene)


def a_free_time(scene: Scene) -> None:
    """Marek is free when Aino is, and is offered and asked whatever he said of her."""
    scene.event.phase = Phase.PUBLISHED
    with clock.stopped_at(FIRST_SLOT - timedelta(days=1)):
        publish_run(scene.event, make_run(scene.event), None)
        db.session.commit()
        scene.marek_may_refuse()
        for placement in ("run", "at once"):
            scene.event.placement = placement
            db.session.commit()
            for slot in scene.event.slots[:2]:
                path = f"/e/{scene.event.slug}/agenda/free/{slot.id}"
                scene.look(path)
                scene.press(f"{path}/people/{scene.marek.id}")
                scene.look(path)
        scene.look_everywhere()


STORIES: tuple[Story, ...] = (
    only_look,
    wish,
    ask,
    ask_and_withdraw,
    refused_while_it_waits,
    refused_after_accepting,
    refused_after_declining,
    refused_after_being_accepted,
    at_the_limit,
    after_publishing,
    ask_about_something_and_change_it,
    wait_until_it_expires,
    where_meetings_are_placed_at_once,
    refused_after_being_placed,
    a_free_time,
)


def told(app: Flask, story: Story, *, refuses: bool) -> tuple[Seen, list[str]]:
    """What Aino saw, and which mails went to her."""
    with app.app_context():
        empty_database()
        scene = Scene(app, refuses=refuses)
        story(scene)
        db.session.rollback()
        mails = db.session.query(Mail).filter_by(user_id=scene.aino.user_id)
        to_aino = [LINK.sub("/r/…", row.text) for row in mails]
        db.session.remove()
        return scene.seen, to_aino


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_no_is_invisible_to_its_target(app: Flask, steady: None, story: Story) -> None:
    without = told(app, story, refuses=False)
    refused = told(app, story, refuses=True)

    assert refused == without
    assert {status for status, *_ in refused[0]} <= {200, 302, 403}


def test_the_comparison_sees_what_does_show(app: Flask, steady: None) -> None:
    def wished(scene: Scene) -> None:
        if scene.refuses:
            make_wish(scene.marek, scene.aino, "want")
        scene.look_everywhere()

    assert told(app, wished, refuses=True) != told(app, wished, refuses=False)


def test_a_no_looks_like_a_wish_taken_back(app: Flask, steady: None) -> None:
    def tale(last_word: str) -> Story:
        def story(scene: Scene) -> None:
            send_request(scene.marek, scene.aino, "About tailings")
            db.session.commit()
            scene.look_everywhere()
            if last_word:
                set_wish(scene.marek, scene.aino, last_word)
            else:
                clear_wish(scene.marek, scene.aino)
            db.session.commit()
            scene.look_everywhere()

        return story

    assert told(app, tale("no"), refuses=False) == told(app, tale(""), refuses=False)
