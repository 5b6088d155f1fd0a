"""Answering from the mail: opening changes nothing, one button does, and nobody is signed in."""

import re

import pytest
from flask import Flask

from matchmaker import clock
from matchmaker.clock import now
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Status
from matchmaker.wishes.links import GOOD_FOR, link_to
from matchmaker.wishes.models import Request, RequestState
from matchmaker.wishes.queries import find_between, levels_of
from matchmaker.wishes.services import send_request, withdraw_request
from tests.factories.events import make_item
from tests.pages.client import Page, PageClient, reload
from tests.query_counter import counted_queries
from tests.wishes.conftest import Trio


@pytest.fixture
def asked(trio: Trio) -> Request:
    request = send_request(trio.aino, trio.marek, "About ö-sorting 🪨")
    db.session.commit()
    return request


@pytest.fixture
def stranger(app: Flask) -> PageClient:
    return PageClient(app)


def mailed(address: str) -> str:
    """The link in the newest mail to the address."""
    newest = db.session.query(Mail).filter_by(address=address).order_by(Mail.id.desc()).first()
    return str(re.search(r"/r/\S+", newest.text)[0])  # type: ignore[index, union-attr]


def test_opening_the_link_changes_nothing_and_shows_this_request_alone(
    trio: Trio, asked: Request, stranger: PageClient
) -> None:
    make_item(trio.aino, "offer", "Something else entirely")
    link = mailed(trio.marek.user.email)

    with counted_queries() as statements:
        page = stranger.get(link)
        stranger.http.head(link)

    assert page.heading == "Aino Niskala asks to meet you"
    assert page.texts("//blockquote") == ["About ö-sorting 🪨"]
    assert "Something else" not in page.text
    assert trio.aino.user.email not in page.text
    assert [text for text in statements if text.startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert reload(asked).state == RequestState.PENDING


def test_accepting_twice_is_accepting_once_and_signs_nobody_in(
    trio: Trio, asked: Request, stranger: PageClient
) -> None:
    link = mailed(trio.marek.user.email)
    token = stranger.token(link)

    for _click in range(2):
        answer = stranger.http.post(f"{link}/accept", data={"csrf_token": token})
        assert (answer.status_code, answer.headers["Location"]) == (302, link)

    assert reload(asked).state == RequestState.ACCEPTED
    assert levels_of(trio.marek) == {trio.aino.id: "want"}
    page = stranger.get(link)
    assert page.heading == "You and Aino Niskala agreed to meet"
    assert page.find("//form[contains(@action, '/r/')]") == []
    assert stranger.http.get("/e/kittila/requests").status_code == 302
    assert stranger.http.get("/account").status_code == 302


def test_declining_with_a_reason(trio: Trio, asked: Request, stranger: PageClient) -> None:
    link = mailed(trio.marek.user.email)
    page = stranger.submit(f"{link}/decline", on=link, status=422, reason="x" * 501)
    assert page.texts("//textarea") == ["x" * 501]

    stranger.submit(f"{link}/decline", on=link, reason="My days are full")

    assert (reload(asked).state, asked.reason) == (RequestState.DECLINED, "My days are full")
    theirs = stranger.get(mailed(trio.aino.user.email))
    assert theirs.texts("//blockquote")[-1] == "My days are full"


def test_proposing_and_choosing_a_time(trio: Trio, asked: Request, stranger: PageClient) -> None:
    link, slot = mailed(trio.marek.user.email), trio.event.slots[1]
    stranger.submit(f"{link}/propose", on=link, times=[str(slot.id)])
    theirs = mailed(trio.aino.user.email)
    assert "13:20" in stranger.get(theirs).text

    stranger.submit(f"{theirs}/refuse-times", on=theirs)
    stranger.submit(f"{link}/propose", on=link, times=[str(slot.id)])
    stranger.submit(f"{theirs}/choose", on=theirs, time=str(slot.id))

    assert (reload(asked).state, asked.slot_id) == (RequestState.ACCEPTED, slot.id)


def test_the_askers_link_does_not_answer_for_the_other(
    trio: Trio, asked: Request, stranger: PageClient
) -> None:
    link, own = mailed(trio.marek.user.email), link_to(asked, trio.aino)
    own = own[own.index("/r/") :]

    stranger.submit(f"{own}/accept", on=link, status=404)
    stranger.submit(f"{link}/refuse-times", on=link, status=404)

    assert reload(asked).state == RequestState.PENDING


def test_after_a_withdrawal_the_link_says_so(
    trio: Trio, asked: Request, stranger: PageClient
) -> None:
    link = mailed(trio.marek.user.email)
    token = stranger.token(link)
    withdraw_request(trio.aino, find_between(trio.aino, asked.id))
    db.session.commit()

    page = stranger.get(link, status=410)
    answer = Page(stranger.http.post(f"{link}/accept", data={"csrf_token": token}))

    assert page.heading == "This request is withdrawn"
    assert answer.status == 409
    assert reload(asked).state == RequestState.WITHDRAWN
    with clock.stopped_at(now() + GOOD_FOR / 60):
        send_request(trio.aino, trio.marek)
        db.session.commit()
    stranger.get(link, status=404)
    assert stranger.get(mailed(trio.marek.user.email)).heading == "Aino Niskala asks to meet you"


@pytest.mark.parametrize("change", ["cut", "turned", "sign-in", "left", "draft"])
def test_a_link_that_is_not_ours_leads_nowhere(
    trio: Trio, asked: Request, stranger: PageClient, change: str
) -> None:
    link = mailed(trio.marek.user.email)
    paths = {"cut": link[:-1], "turned": link[::-1], "sign-in": link.replace("/r/", "/sign-in/")}
    if change == "left":
        trio.marek.status = Status.WITHDRAWN
    elif change == "draft":
        trio.event.phase = "draft"
    db.session.commit()

    answer = stranger.http.get(paths.get(change, link))

    assert answer.status_code == 404
    assert "Aino" not in answer.get_data(as_text=True)
