"""Why two people meet or not: any pair, from a page, in sentences with names and figures."""

from dataclasses import replace

import pytest
from flask import Flask

from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.arrange import arrange
from matchmaker.matching.codec import from_json
from matchmaker.matching.explaining import Why, explain
from matchmaker.matching.models import Run
from matchmaker.matching.services import claim, finish, request_run
from matchmaker.matching.snapshot import Settings, Settled, Snapshot
from matchmaker.registration.models import Participant, Status
from tests.factories.events import make_event, make_participant, make_user, make_wish
from tests.matching.small import block, event, people, person, tables, wishes
from tests.pages.client import PageClient

ONE_TABLE = {"blocks": (block("10:00", 1),), "points": tables(1)}


def _asked(snapshot: Snapshot, one: str, other: str) -> Why:
    meetings = [
        Settled(m.pair.a, m.pair.b, m.slot.start, m.point) for m in arrange(snapshot).meetings
    ]
    return explain(snapshot, meetings, one, other)


def test_a_pair_that_does_not_meet_is_told_what_it_would_push_out_and_cost() -> None:
    said = (*wishes("a>b", level="must"), *wishes("c>d"))
    why = _asked(
        event(*people("a b c d"), settings=Settings(consent="wishes"), wishes=said, **ONE_TABLE),
        "d",
        "c",
    )

    assert why.obstacle is not None
    assert why.exchange is not None
    assert (why.obstacle.why, why.barrier) == ("tables_full", None)
    assert [(pair.a, pair.b) for pair in why.exchange.pushed_out] == [("a", "b")]
    assert (why.exchange.simple, why.exchange.proved, why.exchange.is_proved) == (18, 18, True)


def test_a_pair_that_meets_is_told_what_would_come_instead() -> None:
    said = (*wishes("a>b", level="must"), *wishes("c>d"))
    why = _asked(
        event(*people("a b c d"), settings=Settings(consent="wishes"), wishes=said, **ONE_TABLE),
        "a",
        "b",
    )

    assert (why.obstacle, why.barrier) == (None, None)
    assert why.exchange is not None
    assert [(pair.a, pair.b) for pair in why.exchange.brought_in] == [("c", "d")]


@pytest.mark.parametrize(
    ("one", "other", "barrier"),
    [
        (person("a"), None, "not_there"),
        (person("a", body="x"), person("b", body="x"), "same_person"),
        (person("a", organisation="Oy"), person("b", organisation="OY "), "same_organisation"),
        (person("a", type="SME"), person("b", type="SME"), "types"),
        (person("a", type="SME"), person("b", type="Cluster"), "not_proposed"),
    ],
)
def test_two_who_are_no_candidates_are_told_the_rule(
    one: object, other: object, barrier: str
) -> None:
    settings = Settings(consent="wishes", may_meet=frozenset({("SME", "Cluster")}))
    attending = [each for each in (one, other) if each is not None]
    snapshot = event(*attending, settings=settings, **ONE_TABLE)  # type: ignore[arg-type]

    assert explain(snapshot, [], "a", "b") == Why(barrier=barrier)  # type: ignore[arg-type]


@pytest.mark.parametrize("consent", ["accepted", "wishes", "suggest"])
def test_a_no_reads_like_silence(consent: str) -> None:
    silent = event(*people("a b"), settings=Settings(consent=consent), topics=(), **ONE_TABLE)  # type: ignore[arg-type]
    refused = replace(silent, wishes=wishes("a>b", level="no"))

    assert explain(refused, [], "a", "b") == explain(silent, [], "a", "b")


@pytest.fixture
def olli(app: Flask, context: object) -> User:
    return make_user("Olli")


@pytest.fixture
def kittila(olli: User, client: PageClient) -> Event:
    made = make_event(organiser=olli)
    client.sign_in(olli)
    return made


def _run_on(made: Event) -> Run:
    run = request_run(made, None)
    attempt = claim(run.id)
    assert attempt is not None
    finish(run.id, attempt, arrange(from_json(run.snapshot)))
    db.session.commit()
    return run


def _crowd(made: Event) -> list[Participant]:
    """Aino and Marek must meet; everybody wants Aino, who has room for one."""
    crowd = [make_participant(made, name) for name in ("Aino Niskala", "Marek Z", "Claire V")]
    crowd[0].max_meetings = 1
    make_wish(crowd[0], crowd[1], level="must")
    make_wish(crowd[2], crowd[0], level="want")
    return crowd


def test_the_page_answers_in_sentences_with_names_and_figures(
    client: PageClient, kittila: Event
) -> None:
    aino, _, claire = _crowd(kittila)
    run = _run_on(kittila)

    page = client.get(f"/e/kittila/organise/runs/{run.number}/why?a={aino.ref}&b={claire.ref}")
    (address,) = page.find("//div[@id='cost']//a/@href")
    cost = client.get(address)

    assert page.heading == "Aino Niskala and Claire V do not meet."
    assert "Aino Niskala has no room left." in page.text
    assert "Aino Niskala has 1 of at most 1 meeting." in page.text
    assert "It drops" not in page.text
    assert cost.heading == page.heading
    assert "It drops: Aino Niskala and Marek Z." in cost.text
    assert "That is proved: no agenda with this meeting loses less." in cost.text


def test_a_wish_that_did_not_fit_leads_to_its_answer(client: PageClient, kittila: Event) -> None:
    _crowd(kittila)
    run = _run_on(kittila)

    result = client.get(f"/e/kittila/organise/runs/{run.number}")
    (address,) = [link for link in result.find("//ul[@class='missed']//a/@href")]

    assert client.get(address).heading == "Aino Niskala and Claire V do not meet."


def test_who_was_not_in_the_run_is_answered_for_too(client: PageClient, kittila: Event) -> None:
    aino, marek, _claire = _crowd(kittila)
    waiting = make_participant(kittila, "Wanda", status=Status.PENDING)
    run = _run_on(kittila)
    late = make_participant(kittila, "Lars")
    marek.status = Status.WITHDRAWN
    db.session.commit()
    page = f"/e/kittila/organise/runs/{run.number}/why"

    told = client.get(f"{page}?a={aino.ref}&b={waiting.ref}")
    both = client.get(f"{page}?a={late.ref}&b={waiting.ref}").text

    assert told.heading == "One of the two was not in the event when this run began."
    assert "Wanda waits for your approval." in told.text
    assert "Lars came in after this run began; the next one plans with them." in both
    assert "Wanda waits" in both
    assert client.get(f"{page}?a={aino.ref}&b={marek.ref}").heading.endswith("meet.")


def test_the_same_person_twice_and_strangers_are_refused_at_the_field(
    client: PageClient, kittila: Event
) -> None:
    aino, *_ = _crowd(kittila)
    run = _run_on(kittila)
    page = f"/e/kittila/organise/runs/{run.number}/why"

    twice = client.get(f"{page}?a={aino.ref}&b={aino.ref}", status=422)
    stranger = client.get(f"{page}?a={aino.ref}&b=nobody", status=422)

    assert "That is the same person twice. Choose another one." in twice.text
    assert "Not a valid choice." in stranger.text


def test_an_organiser_who_takes_part_asks_somebody_else_about_their_own_meetings(
    client: PageClient, kittila: Event, olli: User
) -> None:
    """What stands in the way of one's own meeting could tell of a "no"."""
    aino, marek, _ = _crowd(kittila)
    me = make_participant(kittila, "Olli", user=olli)
    make_wish(marek, me, level="no")
    run = _run_on(kittila)
    page = f"/e/kittila/organise/runs/{run.number}/why"

    offered = client.get(page).find("//select[@name='a']/option/@value")
    refused = client.get(f"{page}?a={me.ref}&b={marek.ref}", status=422)

    assert aino.ref in offered
    assert me.ref not in offered
    assert "brought together" not in refused.text
