"""Private words planted everywhere come out nowhere: every page, feed, export, search and count.

It walks whatever routes there are, so that a new page is tried by itself. `Zyx` begins every word
that somebody must not see.
"""

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from flask import Flask
from werkzeug.routing import Rule

from matchmaker.accounts.models import User
from matchmaker.agenda.services import publish_run
from matchmaker.clock import stopped_at
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.followup.models import MeetingOutcome, MeetingWord
from matchmaker.followup.queries import begun_meetings
from matchmaker.followup.services import say
from matchmaker.messages.services import queue_mail
from matchmaker.questions.models import Answer, Question, Wording
from matchmaker.registration.audience import Audience, Field
from matchmaker.registration.consents import OPTIONAL, set_consents
from matchmaker.registration.models import Handover, Participant, Status
from matchmaker.registration.models_profile import Unsaved
from matchmaker.registration.services_privacy import save_own_words, set_audiences
from matchmaker.wishes.models import Request
from tests.architecture.test_routes import our_rules
from tests.conftest import empty_database
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_item,
    make_participant,
    make_user,
    make_wish,
)
from tests.factories.runs import make_run
from tests.pages.client import PageClient

FOR_ORGANISERS = ("ZyxTitle", "ZyxAbout", "zyxlink", "ZyxOffer", "ZyxText", "ZyxAnswer")
FOR_PEOPLE_MET = ("zyxmail", "90123456")
OWN = ("ZyxDraft", "zyxheir", "ZyxNote", "ZyxToPaula", "ZyxOfMia", "ZyxCame")
NOT_SHOWN = ("ZyxHanna", "ZyxPending")
ELSEWHERE = ("ZyxElsewhere", "ZyxAsked")
EVERYTHING = (*FOR_ORGANISERS, *FOR_PEOPLE_MET, *OWN, *NOT_SHOWN, *ELSEWHERE)
TOKEN = re.compile(r'(name="csrf_token"[^>]*value="|"X-CSRFToken": ")[^"]+')
# Signed or drawn anew each time.
SEALED = re.compile(r"[\w.-]{40,}")
UNSTEADY = ("Set-Cookie", "Date", "Content-Length", "Expires")
# Sent last of all: after them somebody is signed out, or not in the event any more.
LEAVING = ("withdraw", "erase", "sign-out", "hand-over", "take-over", "password", "sign-in")
SENT = {"level": "must", "verdict": "want", "note": "Bears?", "kind": "offer", "name": "Vera"}
# Another secret each time it is opened; words are looked for on it all the same.
EVER_NEW = "/account/two-factor/app"
TYPED_INTO = ("q", "name", "organisation", "title", "text", "typed")


class World(NamedTuple):
    """Paula has secrets; Vera may see her, Mia meets her; Ulla runs another event."""

    event: Event
    paula: Participant
    vera: Participant
    mia: Participant
    ulla: User
    olli: User


@pytest.fixture
def world(context: object) -> Iterator[World]:
    with a_world() as world:
        yield world


@contextmanager
def a_world() -> Iterator[World]:
    olli, ulla = make_user("Olli Organiser"), make_user("Ulla Ulkopuolinen", creates_events=True)
    event = make_event(organiser=olli)
    paula = make_participant(event, "Paula", user=make_user(email="zyxmail@example.org"))
    vera, mia = make_participant(event, "Vera"), make_participant(event, "Mia")
    make_participant(event, "ZyxHanna", listed=False)
    make_participant(event, "ZyxPending", status=Status.PENDING)
    make_item(vera, "need", "Counting bears")
    with stopped_at(FIRST_SLOT):
        _plant(event, paula, mia)
        _plant_elsewhere(ulla)
        publish_run(event, make_run(event, (paula, mia, 0, 0)), None)
        db.session.commit()
        yield World(event, paula, vera, mia, ulla, olli)


def _plant(event: Event, paula: Participant, mia: Participant) -> None:
    make_item(paula, "offer", "ZyxOffer counting bears", text="ZyxText")
    save_own_words(
        paula,
        job_title="ZyxTitle",
        phone="+358 90123456",
        link="https://zyxlink.example",
        about="ZyxAbout",
        about_language="en",
        about_texts={"fi": "ZyxAbout suomeksi"},
    )
    private = (Field.JOB_TITLE, Field.ABOUT, Field.LINK, Field.ITEMS)
    set_audiences(paula, dict.fromkeys(private, Audience.ORGANISERS))
    set_consents(paula, dict.fromkeys(OPTIONAL, True))
    question = Question(event_id=event.id, key="diet", kind="text", position=1)
    wording = Wording(question=question, label={"en": "What do you eat?"})
    db.session.add_all([question, wording])
    db.session.flush()
    db.session.add_all(
        [
            Answer(
                question_id=question.id,
                participant_id=paula.id,
                wording_id=wording.id,
                value="ZyxAnswer",
            ),
            Unsaved(participant_id=paula.id, step=1, typed={"name": ["ZyxDraft"]}),
            Handover(participant_id=paula.id, email="zyxheir@example.org", email_key="zyxheir@x"),
            Request(event_id=event.id, asker_id=paula.id, answerer_id=mia.id, note="ZyxNote"),
            MeetingWord(person_id=paula.id, other_id=mia.id, note="ZyxOfMia", said=""),
            MeetingOutcome(person_id=paula.id, other_id=mia.id, months=0, line="ZyxCame"),
        ]
    )
    queue_mail(
        user=paula.user,
        address=paula.user.email,
        subject="ZyxToPaula",
        text="ZyxToPaula",
        event_id=event.id,
    )


def _plant_elsewhere(ulla: User) -> None:
    kokkola = make_event("kokkola", organiser=ulla)
    there, other = make_participant(kokkola, "ZyxElsewhere"), make_participant(kokkola, "Uno")
    make_item(there, "offer", "ZyxElsewhere counting bears")
    db.session.add(
        Request(event_id=kokkola.id, asker_id=there.id, answerer_id=other.id, note="ZyxAsked")
    )


def addresses(app: Flask, slugs: tuple[str, ...], ids: tuple[int, ...]) -> list[str]:
    """Every address that can be read, of these events, with each of these numbers in it."""
    return [
        path
        for rule in our_rules(app)
        if "GET" in (rule.methods or ())
        for slug in (slugs if "<slug>" in rule.rule else ("",))
        for number in (ids if "<int:" in rule.rule else (0,))
        for path in [_filled(rule, slug, number)]
    ]


def _filled(rule: Rule, slug: str, number: int) -> str:
    numbered = re.sub(r"<int:\w+>", str(number), rule.rule.replace("<slug>", slug))
    return re.sub(r"<[^>]*kind>", "offer", re.sub(r"<(?:path:)?(?!kind)[^>]*>", "x", numbered))


def read(client: PageClient, path: str) -> str:
    with client.http.get(path) as response:
        told = [f"{name}: {value}" for name, value in response.headers if name not in UNSTEADY]
        return TOKEN.sub(r"\1", "\n".join([*told, response.data.decode(errors="replace")]))


def read_all(client: PageClient, paths: list[str]) -> dict[str, str]:
    return {path: read(client, path) for path in paths}


def told(pages: dict[str, str], *words: str) -> list[str]:
    """Every word that comes out, with the address that tells it."""
    return [
        f"{path} tells {word}" for path, text in pages.items() for word in words if word in text
    ]


def test_strangers_learn_nothing_of_anybody(app: Flask, client: PageClient, world: World) -> None:
    pages = read_all(client, addresses(app, ("kittila", "kokkola"), (world.paula.id,)))

    assert told(pages, *EVERYTHING, "Paula", "Vera") == []


def test_whoever_runs_another_event_learns_nothing_of_this_one(
    app: Flask, client: PageClient, world: World
) -> None:
    paths = addresses(app, ("kittila", "kokkola"), (world.paula.id,))

    pages = read_all(client.sign_in(world.ulla), paths)

    here = [word for word in EVERYTHING if word not in ELSEWHERE]
    assert told(pages, *here, "Paula", "Vera") == []


def test_participants_learn_what_is_for_participants_and_no_no(
    app: Flask, client: PageClient, world: World
) -> None:
    """Twice, before and after Paula says "no" of her who reads: nothing at all is different."""
    feed = f"/feeds/{world.paula.feed_token}"
    hidden = world.paula.id + 3
    paths = addresses(app, ("kittila",), (world.paula.id, hidden))
    client.sign_in(world.vera.user)

    before = read_all(client, paths)
    make_wish(world.paula, world.vera, "no")
    after = read_all(client, paths)

    assert told(before, *EVERYTHING, feed) == []
    assert [path for path in paths if before[path] != after[path]] == [EVER_NEW]


def send_all(app: Flask, client: PageClient, number: int) -> dict[str, str]:
    """What every address that changes something answers, and says on the page that comes next."""
    token, answered = client.token("/"), {}
    paths = {
        _filled(rule, "kittila", number)
        for rule in our_rules(app)
        if "POST" in (rule.methods or ())
    }
    for path in sorted(paths, key=lambda path: (any(word in path for word in LEAVING), path)):
        with client.http.post(path, data={"csrf_token": token, **SENT}) as response:
            told = [f"{name}: {value}" for name, value in response.headers if name not in UNSTEADY]
            answered[path] = "\n".join([*told, response.data.decode(errors="replace")])
        with client.http.session_transaction() as session:
            answered[path] += str(session.pop("_flashes", ""))
    return answered


def test_no_answer_to_what_strangers_send_tells_of_anybody(
    app: Flask, client: PageClient, world: World
) -> None:
    sent = send_all(app, client, world.paula.id)

    assert told(sent, *EVERYTHING, "Paula") == []
    assert len(sent) > 100


def test_no_answer_to_what_is_sent_tells_more_than_the_pages_do_or_of_a_no(
    app: Flask, context: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vera sends the same in two worlds that are alike but for Paula's "no" of her."""

    def answers(*levels: str) -> dict[str, str]:
        monkeypatch.setattr("tests.factories.events._numbers", itertools.count(1))
        with a_world() as world:
            for level in levels:
                make_wish(world.paula, world.vera, level)
            sent = send_all(app, PageClient(app).sign_in(world.vera.user), world.paula.id)
        empty_database()
        return {path: SEALED.sub("", TOKEN.sub(r"\1", text)) for path, text in sent.items()}

    before, after = answers(), answers("no")

    assert told(before, *EVERYTHING) == []
    assert "Location: /e/kittila/people/1" in before["/e/kittila/people/1/wish"]
    assert [path for path in before if before[path] != after[path]] == []


def test_people_met_learn_what_is_for_them_and_no_more(
    app: Flask, client: PageClient, world: World
) -> None:
    """Twice, before and after Paula says that Mia did not come: nothing at all is different."""
    client.sign_in(world.mia.user)
    paths = addresses(app, ("kittila",), (world.paula.id,))

    pages = read_all(client, paths)
    say(begun_meetings([world.paula])[0], "absent")
    db.session.commit()
    after = read_all(client, paths)

    assert [path for path in paths if pages[path] != after[path]] == [EVER_NEW]
    others = [word for word in OWN if word != "ZyxNote"]
    assert told(pages, *FOR_ORGANISERS, *others, *NOT_SHOWN, *ELSEWHERE) == []
    assert f"/e/kittila/people/{world.paula.id} tells zyxmail" in told(pages, *FOR_PEOPLE_MET)


def test_everything_planted_is_there_for_those_it_is_for(client: PageClient, world: World) -> None:
    """Otherwise its absence elsewhere would prove nothing."""
    own = read(client.sign_in(world.paula.user), "/account/data.json")
    organisers = read(client.sign_in(world.olli), "/e/kittila/organise/people")
    outcomes = read(client, "/e/kittila/organise/after/outcomes.csv")
    elsewhere = read(client.sign_in(world.ulla), "/e/kokkola/organise/people")

    assert [word for word in (*FOR_ORGANISERS, *FOR_PEOPLE_MET, *OWN) if word not in own] == []
    assert [word for word in NOT_SHOWN if word not in organisers] == []
    assert "ZyxElsewhere" in elsewhere
    assert "ZyxCame" in outcomes


def test_no_search_answers_to_a_hidden_word(app: Flask, client: PageClient, world: World) -> None:
    """It answers as to a word that nobody ever wrote, in hits, counts and suggestions."""
    client.sign_in(world.vera.user)

    def answers(paths: list[str], typed: str) -> dict[str, str]:
        asked = "&".join(f"{name}={typed}" for name in TYPED_INTO)
        return {path: read(client, f"{path}?{asked}").replace(typed, "") for path in paths}

    paths = [path for path in addresses(app, ("kittila",), (0,)) if "/0" not in path]
    unknown, common = answers(paths, "ZyxQwerty"), answers(paths, "Organisation")
    searches = [path for path in paths if common[path] != unknown[path] and path != EVER_NEW]
    known = [
        f"{path} knows {word}"
        for word in ("ZyxOffer", "ZyxAbout", "ZyxHanna", "zyxmail", "ZyxElsewhere")
        for path, answer in answers(searches, word).items()
        if answer != unknown[path]
    ]

    assert known == []
    assert {"/e/kittila/people", "/organisations/search"} <= set(searches)
